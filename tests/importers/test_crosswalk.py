"""Matching bodies: by code where names agree, by normalised name, never again where a person said no."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from importers import tasks
from importers.crosswalk import match_bodies, normal_form
from importers.loading import load
from importers.records import DepartmentRecord, Entry, Head
from importers.sources import Source
from spending.crosswalk import AlreadyJoined, join, suggestions, under, undo
from spending.models import (
    Agency,
    AgencyName,
    BodyMatch,
    Buyer,
    CandidateRun,
    ContractTotal,
    Edition,
    ListedBody,
)
from tests.factories import DISEASE_CONTROL, allocation, disbursement, head, loaded
from tests.purchases import DEPARTMENT, bought, contract, part, project

pytestmark = pytest.mark.django_db


class GivenDepartments(Source):
    """A list of departments that a test gives."""

    name = dataset = "egp_departments"
    title, title_en = "หน่วยงาน", "Departments"
    publisher, licence, address, cadence = "สพร.", "open", "", "yearly"
    suffixes = (".txt",)

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.given = list(entries)

    def entries(self, path: Path) -> Iterator[Entry]:
        yield from self.given


def listed_as(*departments: tuple[str, str], folder: Path) -> None:
    """Load a list of departments, each a code and a name."""
    records = [DepartmentRecord(line, *one) for line, one in enumerate(departments, start=1)]
    path = folder / f"departments{len(departments)}.txt"
    path.write_text(repr(records), encoding="utf-8")
    load(GivenDepartments([Head("list", None, date(2018, 9, 30)), *records]), path)


def test_department_is_told_with_its_line_in_the_list_of_today(client: Client, tmp_path: Path) -> None:
    loaded(head(), allocation(1), folder=tmp_path)
    listed_as(("1", "กรมหนึ่ง"), ("2", "กรมสอง"), folder=tmp_path)
    match_bodies()

    rows = {row["name"]: row for row in client.get("/api/v1/crosswalk/").json()["rows"]}

    edition = Edition.objects.get(dataset="egp_departments", is_current=True)
    told = [(rows[name]["edition"], rows[name]["file"], rows[name]["line"]) for name in ("กรมหนึ่ง", "กรมสอง")]
    assert told == [(edition.key, "departments2.txt", 1), (edition.key, "departments2.txt", 2)]
    others = [row for row in rows.values() if row["scheme"] == "bb"]
    assert others
    assert all((row["edition"], row["file"], row["line"]) == (None, None, None) for row in others)

    listed_as(("2", "กรมสอง"), ("1", "กรมหนึ่ง"), ("3", "กรมสาม"), folder=tmp_path)
    rows = {row["name"]: row for row in client.get("/api/v1/crosswalk/").json()["rows"]}
    assert [rows[name]["line"] for name in ("กรมหนึ่ง", "กรมสอง")] == [2, 1]


def an_agency(code: str = "07003", name: str = "กรมตัวอย่าง") -> Agency:
    return Agency.objects.create(code=code, name=name, kind=Agency.Kind.AGENCY)


def the_match(name: str) -> BodyMatch:
    return BodyMatch.objects.standing().get(listed__scheme="egp", listed__name=name)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("อบจ. เชียงใหม่", "องค์การบริหารส่วนจังหวัดเชียงใหม่"),
        ("อบต.อ่าวนาง", "องค์การบริหารส่วนตำบลอ่าวนาง"),
        ("ทม.หัวหิน", "เทศบาลเมืองหัวหิน"),
        ("สนง.ปลัดกระทรวง", "สำนักงานปลัดกระทรวง"),
        ("สำนักงานพัฒนา (องค์การมหาชน)", "สำนักงานพัฒนา"),
        ("องค์การกระจายเสียง(ส.ส.ท.)", "องค์การกระจายเสียง"),
    ],
)
def test_ways_to_write_one_name_have_one_normal_form(short: str, long: str) -> None:
    assert normal_form(short) == normal_form(long)


def test_names_of_two_places_stay_two() -> None:
    assert normal_form("โรงเรียนบ้านโพน (สาขาเหนือ)") != normal_form("โรงเรียนบ้านโพน")


def test_department_is_matched_by_code_where_the_names_agree(tmp_path: Path) -> None:
    agency = an_agency("15008", "กรมส่งเสริมการปกครองท้องถิ่น")

    listed_as(("1500800000", "กรมส่งเสริมปกครองท้องถิ่น"), folder=tmp_path)

    match = the_match("กรมส่งเสริมปกครองท้องถิ่น")
    assert (match.agency, match.how, match.by) == (agency, BodyMatch.How.CODE, "")
    assert match.score is not None
    assert match.score < 100


def test_equal_code_is_not_believed_where_the_name_says_otherwise(tmp_path: Path) -> None:
    an_agency("10480", "กรมทางหลวง")

    listed_as(("1048000000", "โรงเรียนบ้านโพน"), folder=tmp_path)

    assert not BodyMatch.objects.exists()


def test_buyer_is_matched_by_its_normalised_name_when_the_agency_becomes_known(tmp_path: Path) -> None:
    bought(part(), project(1, buyer="อบจ.ตัวอย่าง"), folder=tmp_path)
    agency = an_agency("7511V", "องค์การบริหารส่วนจังหวัดตัวอย่าง")

    matched = match_bodies()

    assert matched.by_name == 1
    assert Buyer.objects.get().agency == agency
    assert Buyer.objects.get().matched == "name"
    assert the_match("อบจ.ตัวอย่าง").score == 100


def test_name_of_two_agencies_waits_for_a_person(tmp_path: Path) -> None:
    an_agency("07003")
    an_agency("08003")

    bought(part(), project(1), folder=tmp_path)

    assert ListedBody.objects.waiting().get().name == DEPARTMENT


def test_code_of_a_name_that_stands_twice_in_the_list_is_no_buyer(tmp_path: Path) -> None:
    bought(part(), project(1), folder=tmp_path)

    listed_as(("1048020022", DEPARTMENT), ("1041040077", DEPARTMENT), folder=tmp_path)

    assert Buyer.objects.get().listed.code == ""
    assert ListedBody.objects.filter(name=DEPARTMENT).count() == 3


def test_matching_again_changes_nothing(tmp_path: Path) -> None:
    an_agency()
    bought(part(), project(1), folder=tmp_path)

    matched = match_bodies()

    assert (matched.met, matched.by_code, matched.by_name) == (0, 0, 0)


def test_body_of_the_report_is_joined_by_its_code(tmp_path: Path) -> None:
    loaded(Head("2569", 2026, date(2026, 7, 3)), disbursement(DISEASE_CONTROL, cut="agency"), folder=tmp_path)

    match = BodyMatch.objects.get(listed__scheme="cgd")
    assert (match.listed.code, match.agency.code, match.how) == ("21004", "21004", "code")


def test_person_joins_with_a_reason_and_purchases_follow(tmp_path: Path) -> None:
    bought(part(), project(1), contract(1), folder=tmp_path)
    agency = an_agency("20005", "สำนักงานคณะกรรมการการอาชีวศึกษา")
    listed = ListedBody.objects.get(name=DEPARTMENT)

    join(listed, agency, by="somchai", reason="เป็นสถานศึกษาในสังกัด")

    match = the_match(DEPARTMENT)
    assert (match.how, match.by, match.reason) == ("person", "somchai", "เป็นสถานศึกษาในสังกัด")
    assert ContractTotal.objects.current().for_agency(agency).summed("amount") == 900


def test_body_that_is_joined_is_not_joined_again(tmp_path: Path) -> None:
    agency = an_agency()
    bought(part(), project(1), folder=tmp_path)

    with pytest.raises(AlreadyJoined):
        join(ListedBody.objects.get(), agency, by="somchai", reason="ซ้ำ")


def test_undone_match_stays_with_its_reason_and_is_not_repeated(tmp_path: Path) -> None:
    an_agency()
    bought(part(), project(1), folder=tmp_path)

    undo(ListedBody.objects.get(), by="somying", reason="ชื่อพ้องกัน")
    matched = match_bodies()

    match = BodyMatch.objects.get()
    assert (match.undone_by, match.undone_reason) == ("somying", "ชื่อพ้องกัน")
    assert matched.by_name == 0
    assert Buyer.objects.get().agency is None
    assert Buyer.objects.get().matched == ""


def test_suggestions_tell_likeness_of_names_and_lines_that_name_the_department(tmp_path: Path) -> None:
    college = "วิทยาลัยเกษตรและเทคโนโลยียโสธร"
    loaded(head(), allocation(1, description=f"ชุดฝึกโดรน {college} 1 ชุด"), folder=tmp_path)
    bought(part(), project(1, buyer=college), folder=tmp_path)

    first = suggestions(ListedBody.objects.get(scheme="egp"))[0]

    assert first.agency.code == "15008"
    assert first.score == 90
    assert any("1" in reason for reason in first.reasons)


def test_figures_of_a_body_that_nobody_is_are_read_under_none(tmp_path: Path) -> None:
    loaded(head(), allocation(1), folder=tmp_path)
    loaded_as = Agency.objects.get(code="15008")
    listed = ListedBody.objects.get(scheme="bb", body=loaded_as)
    other = an_agency()

    undo(listed, by="somying", reason="คนละหน่วยงาน")
    assert under() == {"bb": {loaded_as.pk: None}}
    join(listed, other, by="somying", reason="หน่วยงานนี้")

    assert under() == {}


def test_command_says_what_was_joined_and_proposed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bought(part(), project(1), folder=tmp_path)
    an_agency()

    call_command("match", seconds=10)

    said = capsys.readouterr().out
    assert "1 by name" in said
    assert "0 wait for a person" in said
    assert "candidates: 0 purchases compared, 0 proposed" in said


def test_task_matches_and_is_harmless_to_run_twice(tmp_path: Path) -> None:
    bought(part(), project(1), folder=tmp_path)
    an_agency()

    tasks.match()
    tasks.match()

    assert BodyMatch.objects.count() == 1
    assert CandidateRun.objects.get().finished_at is not None


def test_other_spelling_of_an_agency_matches_too(tmp_path: Path) -> None:
    agency = an_agency(name="กรมชื่อใหม่")
    AgencyName.objects.create(agency=agency, name=DEPARTMENT, matched="name")

    bought(part(), project(1), folder=tmp_path)

    assert Buyer.objects.get().agency == agency
