"""A worker with a flaw, for the proofs: it dies at a point of its work that the environment names.

`CRASH_FOLDER` keeps a mark for each delivery, so that each dies once; those named in `poison` die each time.
`CLOCK_SHIFT` says by how many seconds its clock is wrong.
"""

from __future__ import annotations

import datetime
import os
import sys
import time
from pathlib import Path
from typing import Any

POINTS = ("before the claim", "after the claim", "after the post", "after the record")


def main() -> None:
    """Become a worker of Celery, with the flaw built in."""
    sys.argv = ["celery", *sys.argv[1:]]
    shift = float(os.environ.get("CLOCK_SHIFT", "0"))
    if shift:
        shift_clock(shift)
    import django

    django.setup()
    if "CRASH_FOLDER" in os.environ:
        build_in(Path(os.environ["CRASH_FOLDER"]))
    from celery.bin.celery import main as celery

    celery()


def shift_clock(seconds: float) -> None:
    """Let whatever is imported from now on see a clock that is wrong by so much."""
    now, true = time.time, datetime.datetime

    class Kind(type):
        """What is a moment elsewhere is one here."""

        def __instancecheck__(cls, other: Any) -> bool:
            return isinstance(other, true)

        def __subclasscheck__(cls, other: Any) -> bool:
            return issubclass(other, true)

    class Shifted(true, metaclass=Kind):
        """Moments of the wrong clock; otherwise the same as ever."""

        def __new__(cls, *parts: Any, **named: Any) -> Any:
            return true(*parts, **named)

        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            return true.fromtimestamp(time.time(), tz)

        @classmethod
        def utcnow(cls) -> datetime.datetime:
            return cls.now(datetime.UTC).replace(tzinfo=None)

    time.time = lambda: now() + seconds
    time.time_ns = lambda: int(time.time() * 1e9)
    datetime.datetime = Shifted


def build_in(folder: Path) -> None:
    """Let the work die where the mark of a delivery is not set yet."""
    from complaints import delivery
    from complaints.channels.webhook import Webhook
    from complaints.models import Dispatch

    claim, send, mark_sent, deliver = Dispatch.claim, Webhook.send, Dispatch.mark_sent, delivery.deliver

    def claiming(self: Any) -> int:
        die(folder, self.pk, 0)
        attempt = claim(self)
        if attempt:
            die(folder, self.pk, 1)
        return attempt

    def sending(self: Any, letter: Any, means: Any) -> Any:
        receipt = send(self, letter, means)
        die(folder, Dispatch.objects.only("pk").get(number=letter.number).pk, 2)
        return receipt

    def recording(self: Any, attempt: int, receipt: str) -> bool:
        return mark_sent(self, attempt, receipt)

    def delivering(pk: int) -> bool:
        done = deliver(pk)
        if done:
            die(folder, pk, 3)
        return done

    Dispatch.claim, Webhook.send = claiming, sending  # type: ignore[method-assign]
    Dispatch.mark_sent, delivery.deliver = recording, delivering  # type: ignore[method-assign]


def die(folder: Path, pk: int, point: int) -> None:
    """End this process as SIGKILL would, if it is this delivery's turn to die here."""
    if (folder / f"poison-{pk}").exists() and point == 1:
        os._exit(9)
    if (folder / "each").exists() and pk % len(POINTS) == point:
        try:
            (folder / f"died-{pk}").touch(exist_ok=False)
        except FileExistsError:
            return
        os._exit(9)


if __name__ == "__main__":
    main()
