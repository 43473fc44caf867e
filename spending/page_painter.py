"""Paints one page of a PDF as a picture: `python -m spending.page_painter <file> <place> <picture>`.

A process of its own, so that a page built to exhaust whoever draws it takes nothing with it: the system
limits its memory and time, and the site only waits. `place` counts from 1; the picture is WebP.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

WIDTH = 1_240  # pixels: an A4 page at 150 dots to the inch
TALLEST = 3_000  # pixels
MEMORY = 1_500 * 1024 * 1024  # bytes
SECONDS = 15  # of work
MISUSED, NO_PAGE = 2, 3  # exit codes


def paint(file: Path, place: int, picture: Path) -> int:
    """Write the picture of a page; NO_PAGE if the file has no such page."""
    import pypdfium2 as pdfium  # behind the limits: this is what they are for

    document = pdfium.PdfDocument(file)
    if not 1 <= place <= len(document):
        return NO_PAGE
    page = document[place - 1]
    width, height = page.get_size()
    scale = min(WIDTH / width, TALLEST / height)
    page.render(scale=scale, grayscale=True).to_pil().save(picture, "WEBP", quality=80)
    return 0


def limit() -> None:
    """Let the system end this process when it takes more than a page of a book can need."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def main(arguments: list[str]) -> int:
    if len(arguments) != 3 or not arguments[1].isdecimal():
        return MISUSED
    limit()
    return paint(Path(arguments[0]), int(arguments[1]), Path(arguments[2]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
