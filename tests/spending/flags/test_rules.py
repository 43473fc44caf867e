"""Each rule with purchases that it asks about and purchases that it does not. All names are made up."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from spending.flags.base import How, Rule
from spending.flags.register import BASES, RULES
from spending.models import BasisReading, Flag
from tests.purchases import DEPARTMENT, bought, by_person, contract, part, project

pytestmark = pytest.mark.django_db
OTHER_ID = "0305560001659"
BIDDING = "ประกวดราคาอิเล็กทรอนิกส์ (e-bidding)"
LATE = date(2025, 1, 18)


def asked(rule: str) -> list[str]:
    """The subjects that a rule asks about."""
    return sorted(Flag.objects.filter(rule=rule).values_list("subject", flat=True))


def number(ordinal: int) -> str:
    return f"{67119000000 + ordinal}"


def priced(ordinal: int, agreed: str, **changes: Any) -> Any:
    return project(ordinal, agreed, **changes)


class TestSpecificMethod:
    def test_asks_above_the_limit_and_says_both_figures(self, tmp_path: Path) -> None:
        bought(part(), priced(1, "500000.01"), folder=tmp_path)

        flag = Flag.objects.get(rule="specific-method")
        assert flag.subject == number(1)
        assert flag.evidence == {"agreed_price": "500000.01", "limit": "500000.00", "method": "เฉพาะเจาะจง"}

    def test_asks_consultants_hired_by_that_method_too(self, tmp_path: Path) -> None:
        bought(part(), priced(1, "600000", method="จ้างที่ปรึกษาโดยวิธีเฉพาะเจาะจง"), folder=tmp_path)

        assert asked("specific-method") == [number(1)]

    @pytest.mark.parametrize(
        "purchase",
        [
            {"agreed": "500000.00"},
            {"agreed": "900000.00", "method": BIDDING},
            {"agreed": "900000.00", "method": ""},
            {"agreed": "900000.00", "agreed_price": None},
            {"agreed": "900000.00", "recorded_on": date(2017, 8, 22), "fiscal_year": 2017},
            {"agreed": "900000.00", "recorded_on": None, "fiscal_year": 2017},
        ],
        ids=[
            "at the limit",
            "another method",
            "no method",
            "no price",
            "before the Act",
            "maybe before the Act",
        ],
    )
    def test_does_not_ask(self, tmp_path: Path, purchase: dict[str, Any]) -> None:
        bought(part(), priced(1, **purchase), folder=tmp_path)

        assert asked("specific-method") == []


class TestNearReference:
    @pytest.mark.parametrize("agreed", ["1000000.00", "990000.01"])
    def test_asks_within_one_percent(self, tmp_path: Path, agreed: str) -> None:
        bought(part(), priced(1, agreed, method=BIDDING, reference_price=Decimal(1_000_000)), folder=tmp_path)

        assert asked("near-reference") == [number(1)]

    @pytest.mark.parametrize(
        "purchase",
        [
            {"agreed": "990000.00", "method": BIDDING},
            {"agreed": "1000000.01", "method": BIDDING},
            {"agreed": "999999.00", "method": "เฉพาะเจาะจง"},
            {"agreed": "999999.00", "method": ""},
            {"agreed": "999999.00", "method": BIDDING, "reference_price": None},
        ],
        ids=["one percent below", "above", "no competition", "no method", "no reference price"],
    )
    def test_does_not_ask(self, tmp_path: Path, purchase: dict[str, Any]) -> None:
        bought(part(), priced(1, **({"reference_price": Decimal(1_000_000)} | purchase)), folder=tmp_path)

        assert asked("near-reference") == []

    def test_does_not_ask_small_purchases(self, tmp_path: Path) -> None:
        bought(part(), priced(1, "500000", method=BIDDING, reference_price=Decimal(500_000)), folder=tmp_path)

        assert asked("near-reference") == []


@pytest.mark.parametrize(
    ("rule", "field"), [("above-reference", "reference_price"), ("above-budget", "budget")]
)
class TestAbove:
    def test_asks_from_one_satang_on(self, tmp_path: Path, rule: str, field: str) -> None:
        bought(part(), project(1, "1000.00", agreed_price=Decimal("1000.01")), folder=tmp_path)

        assert asked(rule) == [number(1)]
        assert Flag.objects.get(rule=rule).evidence["above"] == "0.01"

    @pytest.mark.parametrize("agreed", ["1000.00", "999.99", None])
    def test_does_not_ask_at_or_below(
        self, tmp_path: Path, rule: str, field: str, agreed: str | None
    ) -> None:
        bought(part(), project(1, "1000.00", agreed_price=agreed and Decimal(agreed)), folder=tmp_path)

        assert asked(rule) == []

    def test_does_not_ask_where_nothing_is_published_to_compare_with(
        self, tmp_path: Path, rule: str, field: str
    ) -> None:
        given = replace(project(1, "1000.00", agreed_price=Decimal(2000)), **{field: None})

        bought(part(), given, folder=tmp_path)

        assert asked(rule) == []


class TestSplitPurchases:
    def load(self, folder: Path, second: dict[str, Any] | None = None, **winner: Any) -> None:
        days = [date(2025, 1, 6), (second or {}).pop("day", date(2025, 2, 5))]
        bought(
            part(),
            priced(1, "400000.00"),
            priced(2, **({"agreed": "499999.00"} | (second or {}))),
            contract(1, "400000.00", signed_on=days[0]),
            contract(2, "499999.00", **({"signed_on": days[1]} | winner)),
            folder=folder,
        )

    def test_asks_of_two_within_thirty_days(self, tmp_path: Path) -> None:
        self.load(tmp_path)

        flag = Flag.objects.get(rule="split-purchases")
        assert flag.subject == f"2025/{DEPARTMENT}/0105559000018"
        assert flag.evidence["numbers"] == f"{number(1)} {number(2)}"
        assert (flag.evidence["purchases"], flag.evidence["together"]) == (2, "899999.00")

    @pytest.mark.parametrize(
        "second",
        [
            {"day": date(2025, 2, 6)},
            {"agreed": "399999.99"},
            {"agreed": "500000.01"},
            {"kind": "จ้างก่อสร้าง"},
            {"method": BIDDING},
        ],
        ids=[
            "31 days later",
            "well under the limit",
            "above the limit",
            "of another type",
            "by an open call",
        ],
    )
    def test_does_not_ask(self, tmp_path: Path, second: dict[str, Any]) -> None:
        self.load(tmp_path, second)

        assert asked("split-purchases") == []

    def test_does_not_ask_of_two_suppliers(self, tmp_path: Path) -> None:
        self.load(tmp_path, tax_id=OTHER_ID, supplier="บริษัท อื่น จำกัด")

        assert asked("split-purchases") == []

    def test_does_not_ask_of_natural_persons_who_cannot_be_told_apart(self, tmp_path: Path) -> None:
        bought(
            part(),
            *(priced(one, "450000") for one in (1, 2)),
            *(by_person(one, amount="450000") for one in (1, 2)),
            folder=tmp_path,
        )

        assert asked("split-purchases") == []

    def test_does_not_ask_where_no_day_is_published(self, tmp_path: Path) -> None:
        bought(
            part(),
            *(priced(one, "450000", recorded_on=None) for one in (1, 2)),
            *(contract(one, "450000", signed_on=None) for one in (1, 2)),
            folder=tmp_path,
        )

        assert asked("split-purchases") == []

    def test_two_pieces_of_a_year_are_seen_together(self, tmp_path: Path) -> None:
        for ordinal, piece in ((1, "2568-1"), (2, "2568-2")):
            bought(part(piece), priced(ordinal, "450000"), contract(ordinal, "450000"), folder=tmp_path)

        assert asked("split-purchases") == [f"2025/{DEPARTMENT}/0105559000018"]


class TestConcentration:
    def load(self, folder: Path, first: str, others: str, count: int = 5, name: str = "2568") -> None:
        rest = [
            contract(one, others, tax_id=OTHER_ID, supplier="บริษัท อื่น จำกัด") for one in range(2, count + 1)
        ]
        bought(
            part(name),
            *(project(one) for one in range(1, count + 1)),
            contract(1, first),
            *rest,
            folder=folder,
        )

    def test_asks_from_half_of_the_money_on(self, tmp_path: Path) -> None:
        self.load(tmp_path, "8000000", "2000000")

        assert set(asked("concentration")) == {
            f"2025/{DEPARTMENT}/0105559000018",
            f"2025/{DEPARTMENT}/{OTHER_ID}",  # the other half
        }
        evidence = Flag.objects.get(rule="concentration", supplier__code="0105559000018").evidence
        assert (evidence["won"], evidence["of"], evidence["share"]) == (
            "8000000.00",
            "16000000.00",
            "0.500000",
        )

    @pytest.mark.parametrize(
        ("first", "others", "count"),
        [("2000000", "100000", 5), ("9000000", "1000000", 4)],
        ids=["little money", "few contracts"],
    )
    def test_does_not_ask_of_small_departments(
        self, tmp_path: Path, first: str, others: str, count: int
    ) -> None:
        self.load(tmp_path, first, others, count)

        assert asked("concentration") == []

    def test_does_not_ask_below_half(self, tmp_path: Path) -> None:
        self.load(tmp_path, "7999999.99", "2000000")

        assert asked("concentration") == [f"2025/{DEPARTMENT}/{OTHER_ID}"]

    def test_does_not_ask_of_an_extract(self, tmp_path: Path) -> None:
        self.load(tmp_path, "9000000", "2000000", name="2568-drones")

        assert asked("concentration") == []

    def test_never_asks_of_natural_persons(self, tmp_path: Path) -> None:
        bought(
            part(),
            *(project(one) for one in range(1, 6)),
            *(by_person(one, amount="5000000") for one in range(1, 6)),
            folder=tmp_path,
        )

        assert asked("concentration") == []


class TestSignedBeforeAnnouncement:
    def called(self, **changes: Any) -> Any:
        """A purchase after a call, announced on the day after its contract was signed."""
        return project(**({"budget": "100000.01", "method": BIDDING, "announced_on": LATE} | changes))

    def test_asks_from_one_day_on(self, tmp_path: Path) -> None:
        bought(part(), self.called(), contract(), folder=tmp_path)

        flag = Flag.objects.get(rule="signed-before-announcement")
        assert flag.subject == f"{number(1)}/1\u22152568~0105559000018"
        assert flag.evidence == {
            "signed_on": "2025-01-17",
            "announced_on": "2025-01-18",
            "days": 1,
            "method": BIDDING,
        }

    @pytest.mark.parametrize(
        "purchase",
        [
            {"announced_on": date(2025, 1, 17)},
            {"announced_on": None},
            {"method": "เฉพาะเจาะจง"},
            {"method": ""},
            {"budget": "100000.00"},
        ],
        ids=["on the day", "no day", "specific method", "no method", "small amount"],
    )
    def test_does_not_ask_where_section_66_does_not(self, tmp_path: Path, purchase: dict[str, Any]) -> None:
        bought(part(), self.called(**purchase), contract(), folder=tmp_path)

        assert asked("signed-before-announcement") == []

    def test_a_person_who_won_is_not_named(self, tmp_path: Path) -> None:
        bought(part(), self.called(), by_person(contract_no=""), folder=tmp_path)

        assert asked("signed-before-announcement") == [f"{number(1)}/-~person"]


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
class TestEveryRule:
    WORDS = re.compile(
        r"corrupt|fraud|collu|illegal|guilt|suspic|suspect|crime|cheat|bribe|irregular|wrongdo|violat|ทุจริต|โกง|ฮั้ว|ผิดกฎหมาย|น่าสงสัย",
        re.IGNORECASE,
    )

    def words(self, rule: Rule) -> list[str]:
        said = [rule.title, rule.question, rule.asks, rule.lawful, rule.unseen]
        bases = ((basis.title, basis.place, basis.reading.words) for basis in rule.basis)
        return [*said, *(part for parts in bases for part in parts)]

    @pytest.mark.parametrize("language", ["th", "en"])
    def test_uses_neutral_words_in_both_languages(self, rule: Rule, language: str) -> None:
        with translation.override(language):
            said = [translation.gettext(words) for words in self.words(rule)]

        assert [words for words in said if self.WORDS.search(words)] == []
        assert language == "en" or all(re.search("[\u0e00-\u0e7f]", words) for words in said)

    def test_asks_a_question_and_names_its_basis_and_its_days(self, rule: Rule) -> None:
        assert rule.question.endswith("?")
        assert rule.basis
        assert all(basis.place for basis in rule.basis)
        assert rule.since >= date(2014, 10, 1)
        assert rule.version >= 1

    def test_says_of_each_basis_how_far_it_was_read_and_where(self, rule: Rule) -> None:
        for basis in rule.basis:
            assert basis == BASES[basis.code]  # one code, one basis
            assert basis.address.startswith("http")
            assert basis.reading.words
            was_read = basis.reading.how is not How.NOT
            assert bool(basis.reading.address) == was_read == (basis.reading.day is not None)

    def test_has_a_module_of_its_own_name(self, rule: Rule) -> None:
        assert Path("spending/flags/rules", f"{rule.code.replace('-', '_')}.py").exists()


def test_there_are_at_least_six_rules() -> None:
    assert len(RULES) >= 6


def test_rules_and_staff_say_alike_how_far_a_basis_was_read() -> None:
    assert [one.value for one in How] == BasisReading.How.values
