"""A cut-off download goes on where it was: parts of files as RFC 9110 has them."""

from __future__ import annotations

import io

import pytest

from spending.dumps.ranges import Part, Unsatisfiable, part_of, pieces

SIZE = 100


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-9", Part(0, 9, SIZE)),
        ("bytes=90-", Part(90, 99, SIZE)),
        ("bytes=90-200", Part(90, 99, SIZE)),
        ("bytes=-5", Part(95, 99, SIZE)),
        ("bytes=-500", Part(0, 99, SIZE)),
        ("bytes=0-0", Part(0, 0, SIZE)),
    ],
)
def test_one_range_is_one_part(asked: str, part: Part) -> None:
    assert part_of(asked, SIZE) == part


@pytest.mark.parametrize(
    "asked", ["", "bytes=-", "bytes=9-1", "bytes=0-1,5-9", "lines=0-9", "bytes=a-b", "bytes=๑-๒", "0-9"]
)
def test_what_is_no_single_range_is_answered_by_the_whole_file(asked: str) -> None:
    assert part_of(asked, SIZE) is None


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_range_behind_the_end_is_refused(asked: str) -> None:
    with pytest.raises(Unsatisfiable):
        part_of(asked, SIZE)


def test_the_bytes_of_a_part_and_no_others_are_sent() -> None:
    file = io.BytesIO(bytes(range(SIZE)))

    sent = b"".join(pieces(file, Part(10, 19, SIZE)))

    assert sent == bytes(range(10, 20))
    assert file.closed
