"""Why no copy is made of a file. The exit status of the child carries the reason; see `REASONS`."""

from __future__ import annotations


class Refusal(Exception):
    """Raised if no copy is made of a file."""

    status = 3


class Damaged(Refusal):
    """Raised if a file is damaged, or is not what it says."""


class Locked(Refusal):
    """Raised if a file is locked with a password."""

    status = 4


class TooManyPoints(Refusal):
    """Raised if a picture has more points than are drawn anew."""

    status = 5


class Harmful(Refusal):
    """Raised if a file holds something that could act when it is opened."""

    status = 6


class TooMuch(Refusal):
    """Raised if a file unpacks to too much."""

    status = 7
