"""The embedded PostgreSQL for a machine that has none: start, stop, address."""

import hashlib
import os
import tempfile
from pathlib import Path

LONGEST_SOCKET = 100
"""Bytes a socket's path may have on every system (Linux allows 107, macOS 103)."""


def socket_folder(data: Path) -> Path:
    """The folder of the server's socket: beside the data, or a short one where that path is too long."""
    beside = data.with_name(data.name + "-socket")
    if len(os.fsencode(beside / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
        return beside
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"taxes-{os.getuid()}-{name}"


def address(data: Path) -> dict[str, str]:
    """Where the server of this data folder answers, as libpq's `host`, `port`, `user`, `dbname`. Starts nothing."""
    return {"host": str(socket_folder(data)), "port": "5432", "user": "postgres", "dbname": "postgres"}
