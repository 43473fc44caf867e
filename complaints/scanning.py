"""Asks a virus scanner (clamd), where one runs, what it thinks of a file. Nothing is written to a disk."""

from __future__ import annotations

from io import BytesIO

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket

SECONDS = 30


class ScanError(Exception):
    """Raised if the scanner cannot be asked, or does not take the file; says why."""


def is_harmful(content: bytes, address: str) -> bool:
    """Whether the scanner finds something; `address` is `host:port` or a socket's path. Raises ScanError."""
    try:
        said = _scanner(address).instream(BytesIO(content))
    except (ClamdError, OSError, ValueError) as error:
        raise ScanError(f"The virus scanner did not answer ({type(error).__name__}).") from error
    status = said.get("stream", ("ERROR",))[0]
    if status not in ("OK", "FOUND"):
        raise ScanError("The virus scanner did not take the file.")
    return bool(status == "FOUND")


def _scanner(address: str) -> ClamdNetworkSocket | ClamdUnixSocket:
    if address.startswith("/"):
        return ClamdUnixSocket(path=address, timeout=SECONDS)
    host, _, port = address.rpartition(":")
    return ClamdNetworkSocket(host=host.strip("[]"), port=int(port), timeout=SECONDS)
