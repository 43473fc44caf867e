"""`make bench`, or `python -m benchmarks [names] [--rows N]`: measure, and print ratios."""

from __future__ import annotations

import signal
import sys
from argparse import ArgumentParser
from collections.abc import Callable

from .stage import say, set_up


def main() -> None:
    """Run the measurements that are named, or all."""
    measurements = register()
    parser = ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", help=f"of {', '.join(measurements)}; all unless named")
    parser.add_argument("--rows", type=int, default=1_000_000, help="lines of the large generated book")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the database goes away too
    unknown = [name for name in given.names if name not in measurements]
    if unknown:
        parser.error(f"There is no measurement {', '.join(unknown)}; there are {', '.join(measurements)}.")
    for name in given.names or measurements:
        measurements[name](given.rows)
        say()


def register() -> dict[str, Callable[[int], None]]:
    """The measurements by name, in the order in which they run."""
    set_up()
    from . import (
        beside_datasette,
        casework,
        filing,
        loading,
        long_book,
        many_purchases,
        pages,
        replacing,
        searching,
    )

    return {
        "loading": lambda rows: loading.published_book(),
        "pages": pages.run,
        "long_book": long_book.run,
        "searching": searching.run,
        "filing": filing.run,
        "casework": casework.run,
        "datasette": beside_datasette.run,
        "memory": loading.memory,
        "purchases": many_purchases.loaded,
        "replacing": replacing.replaced,
        "many_purchases": many_purchases.asked,
    }


if __name__ == "__main__":
    main()
