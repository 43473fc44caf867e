"""One contract for the virus scanner: clamd where it is installed, and always what stands in for it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from complaints.examining import examine
from complaints.models import Attachment
from complaints.scanning import ScanError, is_harmful

from . import evidence_files as files
from .scanners import EICAR, LARGEST, SCANNERS
from .test_examining import given


@pytest.fixture(params=sorted(SCANNERS), scope="module")
def scanner(request: pytest.FixtureRequest) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="scan") as folder:  # short: the path of a socket has its limit
        starts: Any = SCANNERS[request.param]
        with starts(Path(folder)) as address:
            yield address


HARMLESS = {"jpg": files.jpg(), "empty": b"", "large": b"road".ljust(LARGEST - 1)}


@pytest.mark.parametrize("content", HARMLESS.values(), ids=HARMLESS)
def test_harmless_file_is_harmless(scanner: str, content: bytes) -> None:
    assert not is_harmful(content, scanner)


@pytest.mark.parametrize("before", [b"", b"\x89PNG\r\n\x1a\n", b"\x00" * 300_000], ids=["raw", "png", "deep"])
def test_test_virus_is_found(scanner: str, before: bytes) -> None:
    assert is_harmful(before + EICAR, scanner)


def test_file_that_is_too_large_for_it_is_not_called_clean(scanner: str) -> None:
    with pytest.raises(ScanError):
        is_harmful(bytes(LARGEST + 200_000) + EICAR, scanner)


def test_many_files_one_after_the_other(scanner: str) -> None:
    assert [is_harmful(EICAR * (number % 2), scanner) for number in range(20)] == [False, True] * 10


@pytest.mark.django_db
@pytest.mark.parametrize(("virus", "state"), [(b"", "clean"), (EICAR, "infected")])
def test_evidence_is_called_what_the_scanner_says(
    scanner: str, settings: Any, virus: bytes, state: str
) -> None:
    settings.CLAMD_ADDRESS = scanner
    file = given(files.png() + virus, "png")

    examine(file.pk)

    file.refresh_from_db()
    assert file.state == Attachment.State(state)
