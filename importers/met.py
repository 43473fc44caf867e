"""What was met before in a long file, remembered in few bytes."""

from __future__ import annotations

from array import array
from collections.abc import Hashable

FIRST_SLOTS = 1 << 10


class Met:
    """Values met so far, about 16 bytes each, where a set of them would take ten times as much.

    A value is known by the 64 bits of its hash: among a million values two are taken for one once in thirty
    million files.
    """

    def __init__(self, *, lines: bool = False) -> None:
        self._slots = array("q", bytes(8 * FIRST_SLOTS))  # 0 where nothing is; a power of two long
        self._lines = array("I", bytes(4 * FIRST_SLOTS)) if lines else None
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, value: Hashable) -> bool:
        return self._slots[self._place(_number(value))] != 0

    def again(self, value: Hashable) -> bool:
        """Whether the value was met before; from now on it was."""
        number = _number(value)
        at = self._place(number)
        if self._slots[at]:
            return True
        self._slots[at] = number
        self._count += 1
        if 2 * self._count > len(self._slots):
            self._grow()
        return False

    def first(self, value: Hashable, line: int) -> int | None:
        """The line with which the value was met first; None if that is now. Only where `lines` are kept."""
        if self._lines is None:
            raise TypeError("this does not keep lines")
        if not self.again(value):
            self._lines[self._place(_number(value))] = line
            return None
        return self._lines[self._place(_number(value))]

    def _place(self, number: int) -> int:
        """The slot where a number is, or the empty one where it would be put."""
        slots = self._slots
        last = len(slots) - 1
        at = number & last
        while (found := slots[at]) != 0 and found != number:
            at = (at + 1) & last
        return at

    def _grow(self) -> None:
        """Twice the slots, so that half of them stay empty and a value is found in a step or two."""
        old = self._slots
        self._slots = array("q", bytes(16 * len(old)))
        if self._lines is None:
            for number in filter(None, old):
                self._slots[self._place(number)] = number
            return
        lines, self._lines = self._lines, array("I", bytes(8 * len(old)))
        for at, number in enumerate(old):
            if number:
                place = self._place(number)
                self._slots[place], self._lines[place] = number, lines[at]


def _number(value: Hashable) -> int:
    return hash((value,)) or 1  # a tuple's hash is scattered, a number's is the number
