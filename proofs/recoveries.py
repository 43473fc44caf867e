"""The faults R22 and R23: a restored backup, uploads that are cut."""

from __future__ import annotations

import csv
import os
import random
import socket
import struct
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from .faults import Fault, Told, begin, meanwhile, must
from .programs import ROOT, python, wait_for
from .stage import SAID, Posted, Stage, receipt_on

UPLOAD = 45 * 1024 * 1024  # bytes of a file; with its form less than a complaint may have
SLOW = """
CREATE FUNCTION proof_slow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_sleep(20); RETURN NEW; END $$;
CREATE TRIGGER proof_slow BEFORE INSERT ON complaints_attachment FOR EACH ROW EXECUTE FUNCTION proof_slow();
"""
KEEP = "import django; django.setup(); from complaints import tasks; tasks.keep()"

# A backup is restored


def restored(stage: Stage, count: int) -> Told:
    begin(stage)
    before = stage.post_many(count // 2)
    stage.drain(120)
    stage.behave("error")
    waiting = stage.post_many(5)
    backup = stage.folder / f"{stage.database}.dump"
    postgres(stage, "pg_dump", "--format=custom", "--file", str(backup), stage.database)
    stage.behave("")
    after = stage.post_many(count - count // 2)
    must(stage.drain(180, rests=True) <= 180, "what came after the backup did not arrive")
    stage.close_but("agency")
    stage.server.do(f"DROP DATABASE {stage.database} WITH (FORCE)")
    stage.server.do(f"CREATE DATABASE {stage.database}")
    postgres(stage, "pg_restore", "--exit-on-error", "--dbname", stage.database, str(backup))
    stage.start_web()
    stage.start_workers()
    stage.start_beat()
    drained = stage.drain(180, rests=True)
    wanted = {one.reference for one in after}
    named = reconciled(stage)
    must(
        named == wanted,
        f"{len(named & wanted)} of {len(wanted)} complaints are named, {len(named - wanted)} more",
    )
    new = stage.post_many(3)
    must(stage.drain(60) <= 60, "the restored site delivers nothing")
    said = f"{len(named)} came after the backup, each named by the agency's list"
    return Told([*before, *waiting, *after, *new], drained, said, listed=len(named))


def postgres(stage: Stage, name: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs, on the server of this run. Raises RuntimeError."""
    from config import embedded

    command = [str(embedded.programs() / name), "-h", stage.server.host, "-U", "postgres", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])


def reconciled(stage: Stage) -> set[str]:
    """References that `manage.py reconcile` names as unknown here, from the list of what the agency has."""
    listed = stage.folder / f"{stage.database}.csv"
    with listed.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["number", "reference", "register"])
        rows.writerows([one["number"], one["reference"], place] for place, one in enumerate(stage.letters()))
    command = python("manage.py", "reconcile", str(listed))
    done = subprocess.run(
        command, cwd=ROOT, env=stage.environment(), capture_output=True, text=True, check=False
    )
    must(done.returncode == 1, f"the two sides seem to agree: {done.stderr[-500:]}")
    lines = [line for line in done.stdout.splitlines() if line.startswith("not here: ")]
    return {line.removeprefix("not here: ").partition(",")[0] for line in lines}


# Uploads are cut


def upload_cut(stage: Stage, count: int) -> Told:
    folder = stage.folder / f"temporary-{stage.database}"
    folder.mkdir()
    stage.start_agency()
    stage.start_web(environment={"TMPDIR": str(folder)})
    stage.start_workers()
    stage.start_beat()
    bodies = [Upload() for _ in range(count)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda upload: upload.cut(stage.web), bodies[count // 3 :]))
    with ThreadPoolExecutor(4) as pool:  # the server dies while these are on their way
        dying = [pool.submit(upload.cut, stage.web, 8.0) for upload in bodies[: count // 3]]
        time.sleep(2)
        stage.kill("web")
        for one in dying:
            one.result()
    leave_an_orphan(stage, folder)
    must(not list(folder.iterdir()), "a part of an upload was left on the disk")
    with ThreadPoolExecutor(2) as pool:  # every other citizen tries again, with the same form
        posted = list(pool.map(lambda upload: upload.send(stage.web), bodies[::2]))
    drained = stage.drain(300)
    files = evidence(stage)
    for path in files:
        os.utime(path, (time.time() - 90_000, time.time() - 90_000))
    stage.start("keep", "-c", KEEP).finish(60)
    known = {name for row in stage.ask(NAMES) for name in row if name}
    left = {f"evidence/{path.name}" for path in evidence(stage)}
    must(len(files) > len(left), "the upload that died at the last moment left nothing to remove")
    must(left == known, f"{len(left - known)} files without a row, {len(known - left)} rows without a file")
    must(not list(folder.iterdir()), "a part of an upload was left on the disk")
    return Told(
        posted, drained, f"{count} cut, {len(posted)} sent again; {len(files) - len(left)} orphans removed"
    )


NAMES = "SELECT original, cleaned FROM complaints_attachment"


def evidence(stage: Stage) -> list[Path]:
    """The sealed files."""
    folder = stage.folder / "files" / "evidence"
    return [path for path in folder.glob("*") if path.is_file()] if folder.exists() else []


def leave_an_orphan(stage: Stage, folder: Path) -> None:
    """The worst moment: the file is kept, its row is not yet, and the server dies."""
    stage.start_web(environment={"TMPDIR": str(folder)})
    stage.ask(SLOW)
    before = len(evidence(stage))
    sending = meanwhile(lambda: Upload(1024).cut(stage.web, 8.0, whole=True))
    wait_for(lambda: len(evidence(stage)) > before, 30, "No file was kept.")
    stage.kill("web")
    sending.join(20)
    stage.ask("DROP FUNCTION proof_slow CASCADE")
    stage.start_web(environment={"TMPDIR": str(folder)})


class Upload:
    """A complaint with a large picture."""

    def __init__(self, size: int = UPLOAD) -> None:
        from complaints.forms import new_token

        self.edge, self.size = uuid4().hex, size
        fields = SAID | {"token": new_token()}
        head = "".join(
            f'--{self.edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        )
        head += f'--{self.edge}\r\nContent-Disposition: form-data; name="evidence"; filename="a.png"\r\n'
        self.head = f"{head}Content-Type: image/png\r\n\r\n".encode() + b"\x89PNG\r\n\x1a\n"
        self.tail = f"\r\n--{self.edge}--\r\n".encode()

    def request(self) -> bytes:
        """The head of the request."""
        length = len(self.head) + self.size + len(self.tail)
        return (
            "POST /complaints/new/ HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: null\r\nConnection: close\r\n"
            f"Content-Type: multipart/form-data; boundary={self.edge}\r\nContent-Length: {length}\r\n\r\n"
        ).encode()

    def cut(self, port: int, wait: float = 0.0, *, whole: bool = False) -> None:
        """Begin, and cut the line in the middle, as a tunnel does; `wait` seconds later at most."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=10) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            line.sendall(self.request() + self.head)
            line.sendall(bytes(self.size if whole else random.randrange(self.size)))
            if whole:
                line.sendall(self.tail)
            line.settimeout(wait or 0.2)
            line.recv(1)

    def send(self, port: int) -> Posted:
        """Send it whole, and read the receipt."""
        posted, began = Posted(tries=1), time.monotonic()
        with socket.create_connection(("127.0.0.1", port), timeout=90) as line:
            line.sendall(self.request() + self.head)
            line.sendall(bytes(self.size))
            line.sendall(self.tail)
            answer = b"".join(iter(lambda: line.recv(65_536), b""))
        posted.slowest = time.monotonic() - began
        posted.broken = int(answer[9:10] == b"5" or not answer)
        posted.reference, posted.key = receipt_on(answer.decode(errors="replace"))
        return posted


RECOVERIES = (
    Fault("R22", "last backup restored", 200, 180, restored),
    Fault("R23", "uploads of 45 MB cut, sent again or given up", 30, 300, upload_cut),
)
