"""Hostile input, counted by the numbers of the security plan; `make secure` prints the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from tests.complaints.conftest import shipped_desks

__all__ = ["shipped_desks"]

SUBJECTS = {
    "S1": "files made to do harm",
    "S2": "files that tell of their maker",
    "S3": "scripts in every text",
    "S4": "formulas in exports",
    "S5": "addresses that lead inside",
    "S6": "guessed access keys",
    "S7": "pages and acts past a role",
    "S8": "fields that nobody may set",
    "S9": "posts from other sites, redirects",
    "S10": "guesses, used codes and chosen sessions at the door of the workbench",
    "S11": "more at once, and in an hour, than people can send",
    "S12": "messages to the API that make no sense",
    "S13": "signatures that do not fit",
    "S15": "sealed values with other keys, or damaged",
    "S16": "answers without their headers",
    "S17": "lines and headers smuggled in",
    "S18": "code and dependencies that nobody looked at",
    "S19": "changes of the log",
    "S20": "texts that cost much",
    "S21": "destinations chosen by the citizen",
}
tried: Counter[str] = Counter()
through: Counter[str] = Counter()
Count = Callable[..., None]


@pytest.fixture
def count() -> Count:
    """Write down one bad input of a number of the plan, and whether it got through."""

    def counted(number: str, *, got_through: bool, what: str = "") -> None:
        assert number in SUBJECTS
        tried[number] += 1
        through[number] += got_through
        assert not got_through, f"{number}: {what}"

    return counted


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The list: number of the plan, what was tried how often, what got through."""
    if not tried:
        return
    terminalreporter.section("bad inputs")
    for number, subject in SUBJECTS.items():
        terminalreporter.write_line(
            f"{number:4} {tried[number]:6} tried {through[number]:3} through  {subject}"
        )
    total = f"{tried.total()} tried, {through.total()} through"
    terminalreporter.write_line(f"{'':4} {total}")
