"""Flags come and go with editions; reasons stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from spending.flags.raising import refresh
from spending.flags.reasons import public_reason
from spending.flags.register import RULES
from spending.models import Dismissal, Edition, Flag, FlagRun
from tests.purchases import bought, contract, part, project

pytestmark = pytest.mark.django_db


@pytest.fixture
def flag(tmp_path: Path) -> Flag:
    """One question to one purchase."""
    bought(part(), project(1, "600000"), contract(1, "600000"), folder=tmp_path)
    return Flag.objects.get()


def test_flag_stands_when_its_edition_is_published(flag: Flag) -> None:
    assert (flag.rule, flag.version, flag.edition.is_current) == ("specific-method", 1, True)
    assert flag.supplier is not None
    assert FlagRun.objects.get().versions == " ".join(rule.name for rule in RULES.values())


def test_asking_again_changes_nothing(flag: Flag) -> None:
    assert refresh() == 1

    assert Flag.objects.get().pk == flag.pk


def test_supplier_is_named_only_where_it_is_alone(tmp_path: Path) -> None:
    other = {"tax_id": "0305560001659", "supplier": "บริษัท อื่น จำกัด"}

    bought(part(), project(1, "600000"), contract(1), contract(1, line=3, **other), folder=tmp_path)

    assert Flag.objects.get().supplier is None


def test_flags_go_with_the_edition_that_is_replaced(flag: Flag, tmp_path: Path) -> None:
    bought(part(), project(1, "500000"), contract(1), folder=tmp_path)

    assert list(Flag.objects.all()) == []


def test_flags_of_another_part_stay(flag: Flag, tmp_path: Path) -> None:
    bought(part("2567", 2024), project(9, "1", fiscal_year=2024), folder=tmp_path)

    assert Flag.objects.get().pk == flag.pk


def test_a_row_that_counts_elsewhere_is_not_asked_twice(flag: Flag, tmp_path: Path) -> None:
    bought(part("2568-extract"), project(1, "600000"), folder=tmp_path)

    assert Flag.objects.get().edition_id == flag.edition_id


def test_held_edition_raises_no_flag_until_it_is_released(flag: Flag) -> None:
    Edition.objects.update(is_current=False)
    assert refresh() == 0

    Edition.objects.update(is_current=True)
    assert refresh() == 1


def test_command_asks_again(flag: Flag, capsys: pytest.CaptureFixture[str]) -> None:
    Flag.objects.all().delete()

    call_command("raise_flags", again=True)

    assert "1 flags" in capsys.readouterr().out


def test_settled_question_has_a_public_reason_that_later_editions_keep(flag: Flag, tmp_path: Path) -> None:
    flag.dismiss(by="clerk", reason="Only one maker exists, letter 12/2568.")

    bought(part(), project(1, "600000"), contract(1), project(2, "5"), folder=tmp_path)

    again = Flag.objects.get()
    assert again.pk != flag.pk
    assert again.dismissal is not None
    assert again.dismissal.reason == "Only one maker exists, letter 12/2568."


def test_question_is_open_again_when_a_figure_changed_and_the_reason_stays(
    flag: Flag, tmp_path: Path
) -> None:
    flag.dismiss(by="clerk", reason="Only one maker exists.")

    bought(part(), project(1, "700000"), contract(1), folder=tmp_path)

    assert Flag.objects.get().dismissal is None
    assert Dismissal.objects.get().evidence["agreed_price"] == "600000.00"


def test_reason_can_be_taken_back_and_stays(flag: Flag) -> None:
    said = flag.dismiss(by="clerk", reason="Only one maker exists.")

    said.take_back(by="clerk", reason="There are two.")

    flag.refresh_from_db()
    assert flag.dismissal is None
    assert Dismissal.objects.get().withdrawn_reason == "There are two."
    FlagRun.objects.update(versions="")
    refresh()
    assert Flag.objects.get().dismissal is None


@pytest.mark.parametrize("reason", ["", "  "])
def test_no_question_is_settled_without_a_reason(flag: Flag, reason: str) -> None:
    with pytest.raises(ValueError, match="settled"):
        flag.dismiss(by="clerk", reason=reason)


def test_settled_question_is_not_settled_twice(flag: Flag) -> None:
    said = flag.dismiss(by="clerk", reason="Only one maker exists.")
    said.take_back(by="clerk", reason="There are two.")

    with pytest.raises(ValueError, match="taken back"):
        said.take_back(by="clerk", reason="Again.")


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "ตกลงกับนางสาวสมหญิง ทดสอบ แล้ว",
        "ตามหนังสือของ นาย สมมุติ ทดสอบ",
        "Agreed with Mr. Example",
        "3619900123456",
    ],
)
def test_public_reason_names_no_person(reason: str) -> None:
    with pytest.raises(ValueError, match=r"reason|เหตุผล"):
        public_reason(reason)


def test_public_reason_may_name_offices_and_companies() -> None:
    reason = "ตามหนังสือนายอำเภอเมือง ที่ 12/2568 บริษัท ตัวอย่าง จำกัด 0105559000018"

    assert public_reason(f" {reason} ") == reason
