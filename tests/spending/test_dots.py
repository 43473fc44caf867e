from decimal import Decimal

from spending.dots import MOST_DOTS, Body, dots


def body(name: str, share: str, *, own: bool = False) -> Body:
    return Body(name, Decimal(share), own=own)


def test_each_body_is_a_dot_at_its_share() -> None:
    wide, _narrow = dots("paid", [body("a", "0"), body("b", "0.5", own=True), body("c", "1")]).lines

    places = {dot.body.name: dot.x for dot in wide.dots}
    assert places["a"] < places["b"] < places["c"]
    assert all(0 < dot.x < wide.width for dot in wide.dots)


def test_bodies_of_the_same_share_are_piled_up_with_the_own_one_at_the_bottom() -> None:
    wide, _narrow = dots("paid", [body("a", "0.5"), body("b", "0.5", own=True)]).lines

    first, second = sorted(wide.dots, key=lambda dot: -dot.y)
    assert first.body.own
    assert first.x == second.x


def test_shares_beyond_the_whole_stand_at_its_end() -> None:
    wide, _narrow = dots("paid", [body("a", "1.3"), body("b", "1")]).lines

    assert len({dot.x for dot in wide.dots}) == 1


def test_very_many_bodies_are_columns_that_count_them_all() -> None:
    many = [body(str(n), str(Decimal(n) / 1000)) for n in range(MOST_DOTS + 1)]

    for line in dots("paid", many).lines:
        assert line.dots == ()
        assert sum(pile.count for pile in line.piles) == len(many)
