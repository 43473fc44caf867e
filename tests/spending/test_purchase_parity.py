"""What a year's purchases come to: on the page, in the API, and by the dump and the documents alone."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import duckdb
import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as amount
from hypothesis import strategies as st

from spending.dumps import signing
from spending.dumps.verifying import verify
from spending.dumps.writing import publish
from spending.models import Agency, Project
from tests.purchases import COMPANY_ID, bought, by_person, contract, part, project
from tests.spending.test_parity import got, in_the_dump

pytestmark = pytest.mark.django_db
IN_THE_DUMP = in_the_dump("projects")
OF_CONTRACTS = {"budget": "amount", "recorded_on": "signed_on"}
ELSEWHERE = {"method": "", "buyer": "เทศบาล ก", "province": "", "district": ""}
MEASURES = {"projects": ("budget", "reference_price", "agreed_price"), "contracts": ("amount",)}
COMMON = {
    "ministry": st.sampled_from(("07", "15")),
    "agency": st.sampled_from(("07003", "15008")),
    "buyer": st.sampled_from(("กรมตัวอย่าง", "เทศบาล ก")),
    "method": st.sampled_from(("เฉพาะเจาะจง", "-")),
    "type": st.sampled_from(("ซื้อ", "จ้างก่อสร้าง")),
    "province": st.sampled_from(("นนทบุรี", "-")),
    "district": st.sampled_from(("นนทบุรี/ปากเกร็ด", "-")),
    "min": st.sampled_from(("0.01", "33.30")),
    "max": st.sampled_from(("33.33", "900.05")),
    "from": st.sampled_from(("2025-01-01", "2025-01-17")),
    "until": st.sampled_from(("2025-01-17", "2025-01-18")),
}
QUERIES = st.one_of(
    st.tuples(st.just("projects"), st.fixed_dictionaries({}, optional=COMMON)),
    st.tuples(
        st.just("contracts"),
        st.fixed_dictionaries(
            {},
            optional=COMMON
            | {
                "supplier": st.sampled_from((COMPANY_ID, "ร้านเล็ก", "-")),
                "winner": st.sampled_from(("numbered", "unnumbered", "person")),
            },
        ),
    ),
)


@pytest.fixture
def dump(db: None, tmp_path: Path) -> Path:
    """Two years in three editions that overlap, buyers with and without an agency."""
    ministry = Agency.objects.create(code="07", name="กระทรวงตัวอย่าง", kind=Agency.Kind.MINISTRY)
    Agency.objects.create(code="15", name="กระทรวงอื่น", kind=Agency.Kind.MINISTRY)
    for code, name in (("07003", "กรมตัวอย่าง"), ("15008", "กรมอื่น")):
        Agency.objects.create(code=code, name=name, kind=Agency.Kind.AGENCY, ministry=ministry)
    small = {"winner_kind": "unnumbered", "tax_id": "", "supplier": "ร้านเล็ก"}
    bought(
        part(),
        project(1, "1000.10", reference_price=Decimal("999.99"), agreed_price=Decimal("900.05")),
        project(2, "0.07", **ELSEWHERE),
        project(3, None, kind="จ้างก่อสร้าง"),
        *(project(number, "33.33", agreed_price=Decimal("33.30")) for number in range(4, 14)),
        contract(1, "900.05"),
        by_person(2, amount="0.07", **ELSEWHERE),
        contract(3, None, kind="จ้างก่อสร้าง"),
        *(contract(number, "33.30", **small) for number in range(4, 14)),
        folder=tmp_path,
    )
    again = project(1, "1000.10"), contract(1, "900.05"), project(20, "7.77"), contract(20, "7.77")
    bought(part("2568-2"), *again, folder=tmp_path)
    bought(part("2567", 2024), project(30, "0.10", fiscal_year=2024), folder=tmp_path)
    return publish(tmp_path / "dumps", signing.new_key())


@given(asked=QUERIES)
@amount(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_dump_answers_every_parameter_as_the_site_does(
    dump: Path, asked: tuple[str, dict[str, str]]
) -> None:
    resource, query = asked
    conditions = " AND ".join([IN_THE_DUMP[name] for name in ("year", *query)])
    if resource == "contracts":
        conditions = re.sub("|".join(OF_CONTRACTS), lambda found: OF_CONTRACTS[found[0]], conditions)
    sums = ", ".join(f"coalesce(sum({measure}), 0)" for measure in MEASURES[resource])
    statement = f"SELECT count(*), {sums} FROM '{dump}/editions/*/{resource}.parquet' WHERE {conditions}"

    with duckdb.connect() as database:
        found = database.execute(statement, {"year": "2568", **query}).fetchall()[0]

    assert found == _of_the_site(resource, query)


def _of_the_site(resource: str, query: Mapping[str, str]) -> tuple[Any, ...]:
    address = f"/api/v1/{resource}/breakdown?{urlencode({**query, 'year': '2568', 'by': 'year'})}"
    sums = [
        json.loads(got(f"{address}&measure={measure}"), parse_float=Decimal) for measure in MEASURES[resource]
    ]
    return (sums[0]["lines"], *(one["total"] for one in sums))


def _told(dump: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[tuple[Any, ...]]]:
    """What the documented statements about purchases answer, in their order."""
    documents = (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")
    _of_lines, *statements = re.findall(r"^```sql\n(.*?)^```$", documents, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(dump)
    with duckdb.connect() as database:
        return [database.execute(one).fetchall() for one in statements]


def test_documented_statements_answer_what_the_page_of_a_year_shows(
    dump: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    years, contracts, buyers, of_tables, of_manifest = _told(dump, monkeypatch)

    page = client.get("/en/procurement/2568/").content.decode()
    way = page.partition('<ol class="ladder"')[2].partition("</ol>")[0]
    (year, number, *money) = years[1]
    assert [row[0] for row in years] == [2567, 2568]
    assert (year, f"{number} purchases") == (
        2568,
        f"{Project.objects.filter(counted=True).count() - 1} purchases",
    )
    assert f"{number} purchases" in page
    assert re.findall(r'<data value="([^"]+)"', way) == [str(one) for one in (*money, contracts[0][2])]
    assert buyers[0][2:] == (money[2] - Decimal("0.07"), number - 1)
    assert [row[1] for row in of_tables] == [row[2] for row in years]
    assert [row[1:] for row in of_manifest] == [(row[2], row[2], True) for row in years]


def test_every_figure_of_the_page_is_added_up_anew(dump: Path) -> None:
    assert verify(dump).problems == []

    (path,) = dump.glob("editions/egp_contracts-2568-2-*/projects.csv")
    path.write_text(path.read_text(encoding="utf-8").replace(",7.77", ",7.78"), encoding="utf-8")

    told = "\n".join(verify(dump).problems)
    for where in ("fiscal_year': '2025'", "'buyer_code': 'กรมตัวอย่าง'", "'province': 'นนทบุรี'", "'kind': 'ซื้อ'"):
        assert re.search(
            f"projects {{.*{where}}}: agreed_price adds up to .*, /procurement/2568/ shows", told
        )


def test_a_row_that_is_missing_is_missed_by_number(dump: Path) -> None:
    (path,) = dump.glob("editions/egp_contracts-2568-2-*/contracts.csv")
    header = path.read_text(encoding="utf-8").splitlines()[0]
    path.write_text(header + "\n", encoding="utf-8")

    told = verify(dump).problems

    assert "contracts {'fiscal_year': '2025'}: rows adds up to 13, /procurement/2568/ shows 14" in told


def test_amounts_on_the_way_are_shown_exact(client: Client, tmp_path: Path) -> None:
    bought(part(), project(1, "1047157887.24"), folder=tmp_path)

    assert "1,047,157,887.24 baht" in _text(client.get("/en/procurement/2568/"))
    assert "1,047,157,887.24 บาท" in _text(client.get("/procurement/2568/"))


def _text(page: Any) -> str:
    way = page.content.decode().partition('<ol class="ladder"')[2].partition("</ol>")[0]
    return re.sub(r"<[^>]*>", " ", way)
