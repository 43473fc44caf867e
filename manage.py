#!/usr/bin/env python3
"""Django's command line for this site. It keeps the embedded PostgreSQL running while a command needs one."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.core.management import execute_from_command_line

from config import embedded

WITHOUT_DATABASE = {
    "check",
    "collectstatic",
    "documents",
    "help",
    "messages",
    "version",
    "--help",
    "--version",
}


def database_for(arguments: list[str]) -> AbstractContextManager[None]:
    """The embedded server, for a command that speaks to a database and is given no `DATABASE_URL`."""
    command = arguments[1] if len(arguments) > 1 else "help"
    needs_none = command in WITHOUT_DATABASE and "--database" not in arguments
    if needs_none or "--help" in arguments or settings.EMBEDDED_DATABASE is None:
        return nullcontext()
    return embedded.serving(settings.EMBEDDED_DATABASE)


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with database_for(sys.argv):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
