"""The shipped table of competence: which desk it proposes for what, why, and how sure that is."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from complaints import offices, roles, triage
from complaints.delivery import letter_for
from complaints.filing import file_complaint, propose
from complaints.form_pdf import Form, form_pdf
from complaints.forms import provinces
from complaints.models import CompetenceRule, Complaint, Desk, Redaction, RegionalOffice
from complaints.models.desks import Grade
from complaints.models.vocabulary import Level, Suspicion
from complaints.redacting import keep_back
from complaints.routing import Facts, NoRuleFits, Office, office_for, rule_for

from .staff import signed_in
from .test_filing import told

pytestmark = pytest.mark.django_db

TABLE = [
    # what it is about, who is involved, the desk, a word of the reason, how sure it is
    ("corruption", "politician", "nacc", "politicians", "law"),
    ("spending", "politician", "nacc", "politicians", "law"),
    ("wealth", "official", "nacc", "unusual wealth", "unconfirmed"),
    ("bidding", "official", "nacc", "bidding", "unconfirmed"),
    ("corruption", "executive", "nacc", "higher level", "unconfirmed"),
    ("corruption", "local", "nacc", "local administrations", "unconfirmed"),
    ("laundering", "unknown", "amlo", "laundered", "unconfirmed"),
    ("spending", "official", "sao", "public money", "official"),
    ("unfairness", "official", "ombudsman", "follow the law", "official"),
    ("service", "unknown", "1111", "service", "press"),
    ("corruption", "official", "pacc", "executive", "law"),
    ("corruption", "unknown", "pacc", "executive", "law"),
    ("other", "unknown", "pacc", "executive", "law"),
]


def table() -> list[CompetenceRule]:
    return list(CompetenceRule.objects.on(timezone.localdate()))


@pytest.mark.parametrize(("suspicion", "level", "desk", "because", "grade"), TABLE)
def test_table_proposes_the_desk_and_says_why(
    suspicion: str, level: str, desk: str, because: str, grade: str
) -> None:
    said = told(suspicion=suspicion, level=level, language="en", files=())

    found, rule = propose(said)
    file_complaint(said)

    row = next(row for row in table() if row.reason == rule.reason)
    assert (found.code, str(row.grade)) == (desk, grade)
    assert because in rule.reason_en
    assert Complaint.objects.get().desk_reason == rule.reason_en


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_complaint_finds_a_desk(language: str) -> None:
    for suspicion, level in product(Suspicion.values, Level.values):
        desk, rule = propose(told(suspicion=suspicion, level=level, language=language))

        assert desk.is_open
        assert rule.reason
        assert rule.reason_en


def test_each_rule_of_the_table_is_asked_for_something() -> None:
    reached = {
        propose(told(suspicion=suspicion, level=level))[1].reason
        for suspicion, level in product(Suspicion.values, Level.values)
    }

    assert reached == {row.reason for row in table()}


def test_each_entry_says_where_it_comes_from_and_since_when() -> None:
    today = timezone.localdate()
    rows: list[Any] = [*table(), *Desk.objects.all(), *RegionalOffice.objects.all()]

    assert all(row.source and row.valid_from <= today for row in rows)
    assert {row.grade for row in RegionalOffice.objects.all()} == {Grade.UNCONFIRMED}


def test_comptroller_general_is_there_to_choose_and_never_proposed() -> None:
    cgd = Desk.objects.get(code="cgd")

    assert cgd.is_open
    assert not cgd.rules.exists()


def test_amount_matters_only_where_a_rule_of_staff_says_so() -> None:
    nacc = Desk.objects.get(code="nacc")
    CompetenceRule.objects.create(
        order=5, desk=nacc, over_amount=Decimal(2_000_000), reason="จัดซื้อเกินสองล้านบาท",
        reason_en="Above two million baht.", source="ต้นแบบ E-CMIS", grade="unconfirmed",
        valid_from=timezone.localdate(),
    )  # fmt: skip
    rules = [row.as_rule() for row in table()]

    asked = [Facts("other", "official", amount) for amount in (None, Decimal(2_000_000), Decimal(2_000_001))]

    assert [rule_for(facts, rules).desk for facts in asked] == ["pacc", "pacc", "nacc"]


def test_rule_that_staff_end_is_asked_no_longer() -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    CompetenceRule.objects.filter(desk__code="sao").update(valid_until=yesterday)

    assert propose(told(suspicion="spending", level="official"))[0].code == "pacc"


def test_table_without_a_last_rule_says_so() -> None:
    with pytest.raises(NoRuleFits):
        rule_for(Facts("other", "unknown"), [])


# Regional offices


@pytest.mark.parametrize(
    ("province", "number"), [("เชียงใหม่", 5), ("สงขลา", 9), ("กรุงเทพมหานคร", None), ("", None)]
)
def test_office_is_proposed_by_the_province_as_far_as_is_known(province: str, number: int | None) -> None:
    found = offices.proposed(Desk.objects.get(code="pacc"), {"province": province})

    assert (found and f"เขต {number} " in found.name) == (number and True)
    assert found is None or not found.is_confirmed


def test_each_province_of_an_office_is_one_of_the_form() -> None:
    known = {thai for thai, _english in provinces()}

    assert all(set(row.provinces) <= known for row in RegionalOffice.objects.all())


def test_first_office_that_looks_after_a_province_is_taken() -> None:
    first, second = (Office(name, name, frozenset({"ตาก"}), True) for name in "ab")

    assert office_for("ตาก", [first, second]) == first
    assert office_for("ตราด", [first, second]) is None


def filed(province: str) -> Complaint:
    file_complaint(told(matter={"subject": "ถนน", "detail": "x", "province": province}, files=()))
    return Complaint.objects.get()


def test_letter_and_form_name_the_office_and_that_it_is_not_confirmed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written: list[str] = []
    case = filed("เชียงใหม่")
    monkeypatch.setattr(Form, "say", lambda self, text, *args, **kwargs: written.append(text))

    letter = letter_for(case.dispatches.get())
    form_pdf(letter)

    assert letter.office.startswith("สำนักงาน ป.ป.ท. เขต 5 (เชียงใหม่) (เสนอตามจังหวัดเชียงใหม่")
    assert "ยังไม่ได้รับการยืนยัน" in letter.office
    assert f"เพื่อพิจารณาส่ง  {letter.office}" in written
    assert letter.office in letter.as_json().decode()


def test_province_that_staff_keep_back_is_not_told_by_its_office() -> None:
    case = filed("เชียงใหม่")
    keep_back(case, ["เชียงใหม่"], "staff")

    letter = letter_for(case.dispatches.get())

    assert Redaction.objects.exists()
    assert "เชียงใหม่" not in letter.as_json().decode()


def test_nothing_is_said_where_nothing_is_known() -> None:
    assert letter_for(filed("กรุงเทพมหานคร").dispatches.get()).office == ""


def test_staff_read_the_office_beside_the_province_and_change_it() -> None:
    case = filed("เชียงใหม่")
    before = triage.read(case, "staff")["office"]
    office = RegionalOffice.objects.get(number=5)
    said = {
        "desk": office.desk_id, "number": 5, "name": office.name, "name_en": office.name_en,
        "provinces": "เชียงใหม่,ลำพูน", "source": "ประกาศ ป.ป.ท.", "grade": "official",
        "valid_from": office.valid_from.isoformat(), "valid_until": "",
    }  # fmt: skip

    supervisor = signed_in(roles.SUPERVISOR)
    answer = supervisor.post(f"/admin/complaints/regionaloffice/{office.pk}/change/", said)

    office.refresh_from_db()
    assert answer.status_code == 302
    assert office.provinces == ["เชียงใหม่", "ลำพูน"]
    assert "ยืนยัน" in before or "confirmed" in before
    assert "confirmed" not in triage.read(case, "staff")["office"]
