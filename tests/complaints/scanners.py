"""Virus scanners to ask: one that speaks as clamd does, and clamd itself, with one signature made by hand."""

from __future__ import annotations

import os
import shutil
import socket
import socketserver
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LARGEST = 1024 * 1024  # bytes that a scanner of these takes
START_SECONDS = 60
CLAMD = shutil.which("clamd", path=f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin") or ""
"""Installed by `.ci/install-clamd`."""


class Clamd(socketserver.StreamRequestHandler):
    """Speaks as clamd does: takes a stream in pieces, and finds the test virus."""

    def handle(self) -> None:
        self.rfile.read(len(b"nINSTREAM\n"))
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > LARGEST:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\n")
                return
        self.wfile.write(b"stream: Eicar-Signature FOUND\n" if EICAR in content else b"stream: OK\n")


@contextmanager
def double(folder: Path) -> Iterator[str]:
    """The one that speaks as clamd does. Its address."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@contextmanager
def real(folder: Path) -> Iterator[str]:
    """clamd, which knows nothing but the test virus. The path of its socket."""
    signatures = folder / "signatures"
    signatures.mkdir()
    (signatures / "test.ndb").write_text(f"Eicar-Signature:0:*:{EICAR.hex()}\n")
    place, configuration = folder / "clamd.socket", folder / "clamd.conf"
    lines = ["Foreground yes", f"DatabaseDirectory {signatures}", f"LocalSocket {place}"]
    configuration.write_text("\n".join([*lines, f"StreamMaxLength {LARGEST}", ""]))
    with (folder / "clamd.log").open("wb") as log:
        process = subprocess.Popen([CLAMD, "--config-file", str(configuration)], stdout=log, stderr=log)
    try:
        wait_until_it_answers(place, process, folder / "clamd.log")
        yield str(place)
    finally:
        process.kill()
        process.wait()


def wait_until_it_answers(place: Path, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for its PONG. Raises RuntimeError with what it said."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket(socket.AF_UNIX) as line:
            if line.connect_ex(str(place)) == 0:
                line.sendall(b"nPING\n")
                if line.recv(5) == b"PONG\n":
                    return
        time.sleep(0.1)
    raise RuntimeError(f"clamd did not start: {log.read_text(errors='replace')[-1_000:]}")


SCANNERS: dict[str, Callable[[Path], object]] = {"double": double} | ({"clamd": real} if CLAMD else {})
"""Those that this machine has."""
