"""What was met before in a long file."""

from __future__ import annotations

import random

from importers.met import FIRST_SLOTS, Met


def test_value_is_new_once() -> None:
    met = Met()

    assert [met.again(value) for value in ("a", "b", "a", ("a", 1), ("a", 1), 0, 0)] == [
        False, False, True, False, True, False, True,
    ]  # fmt: skip


def test_nothing_is_forgotten_while_it_grows() -> None:
    met, known = Met(), set[tuple[str, int]]()
    chance = random.Random(1)
    values = [("item", chance.randrange(FIRST_SLOTS * 10)) for _ in range(FIRST_SLOTS * 20)]

    found = [met.again(value) for value in values]

    wanted = []
    for value in values:
        wanted.append(value in known)
        known.add(value)
    assert found == wanted
    assert len(met) == len(known)


def test_numbers_that_end_alike_are_found_in_few_steps() -> None:
    met = Met()

    assert not any(met.again(number * 2**20) for number in range(50_000))


def test_the_line_in_which_a_value_was_met_first_is_told_after_it_has_grown() -> None:
    met, first = Met(lines=True), dict[int, int]()
    chance = random.Random(2)

    for line in range(1, FIRST_SLOTS * 20):
        value = chance.randrange(FIRST_SLOTS * 10)
        assert met.first(value, line) == first.get(value)
        first.setdefault(value, line)
