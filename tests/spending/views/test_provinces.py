"""The map of provinces and the page of each: one source at a time, the map the same as its table."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from importers.records import Body
from tests.factories import disbursement, head, loaded
from tests.past_projects import past_project, published_projects
from tests.purchases import bought, contract, part, project
from tests.spending.test_boundaries import geojson, written
from tests.spending.years import WEEK

MAP = "/en/provinces/"
KHON_KAEN = "/en/provinces/40/"
PAO = Body("องค์การบริหารส่วนจังหวัดขอนแก่น", "751CH", "pao", "75")


def page(client: Client, address: str = MAP) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()[:500]
    return response.content.decode()


@pytest.fixture
def published(db: None, tmp_path: Path) -> None:
    """Central money in two provinces, one of them with an own budget and a group, projects and purchases."""
    held = [
        disbursement(
            Body(name, f"{code}00", ""),
            cut="central_to_province",
            province_code=code,
            after_transfer=None,
            allotted=Decimal(given),
            disbursed=Decimal(paid),
            line=line,
        )
        for line, (name, code, given, paid) in enumerate(
            [("ขอนแก่น", "40", "1000", "250"), ("เลย", "42", "300", "300")], start=7
        )
    ]
    own = [
        disbursement(Body("จังหวัดขอนแก่น", "70102", "province", "70"), cut="province", line=20),
        disbursement(Body("กลุ่มจังหวัดทดสอบ", "70100", "province", "70"), cut="province", line=21),
    ]
    administration = disbursement(PAO, cut="pao", line=30)
    loaded(head("2569", fiscal_year=2026, as_of=WEEK), *held, *own, administration, folder=tmp_path)
    published_projects(
        past_project(1, "800.00", "100.00"),
        past_project(1, None, "400.00", paid_province="ส่วนกลาง"),
        folder=tmp_path,
    )
    bought(part(), project(1, province="ขอนแก่น"), contract(1, province="ขอนแก่น"), folder=tmp_path)


@pytest.mark.usefixtures("published")
def test_map_has_a_tile_for_each_province_that_leads_to_its_page(client: Client) -> None:
    html = page(client)

    picture = html[html.index('class="provinces"') : html.index("</svg></div>")]
    assert picture.count("<a href=") == 77
    assert 'aria-label="Khon Kaen: 1,000 baht"' in picture
    assert 'aria-label="Bangkok: no figure published"' in picture
    assert f'href="{KHON_KAEN}"' in picture


@pytest.mark.usefixtures("published")
def test_table_says_the_same_as_the_map(client: Client) -> None:
    html = page(client)

    table = html[html.index('class="map-table"') :]
    row = re.search(r'<tr class="(k\d)"><th scope="row">.{0,300}?Khon Kaen', table, re.DOTALL)
    tile = re.search(r'class="(k\d)" aria-label="Khon Kaen', html)
    assert row is not None
    assert tile is not None
    assert row[1] == tile[1]
    assert '<data value="1300.00">' in table


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?show=share", "Khon Kaen: 25.0%"),
        ("?show=paid", "Khon Kaen: 250 baht"),
        ("?source=own", "Khon Kaen: 1,000 baht"),
        ("?source=projects&show=count", "Khon Kaen: 1"),
        ("?source=projects&show=paid", "Khon Kaen: 100 baht"),
        ("?source=purchases", "Khon Kaen: 1,000 baht"),
    ],
)
def test_reader_chooses_the_source_and_the_figure(client: Client, query: str, said: str) -> None:
    assert f'aria-label="{said}"' in page(client, f"{MAP}{query}")


@pytest.mark.usefixtures("published")
def test_money_in_no_province_is_told_and_counted(client: Client) -> None:
    own, projects = page(client, f"{MAP}?source=own"), page(client, f"{MAP}?source=projects")

    assert "Groups of provinces" in own
    assert "Centrally, or without a province" in projects
    assert '<data value="500.00">' in projects


@pytest.mark.usefixtures("published")
def test_map_per_person_is_not_made_up(client: Client) -> None:
    assert "No published count of the people of each province is loaded here" in page(client)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "query", ["?source=nobody", "?show=people", "?show=count", "?year=2500", "?colour=red", "?as_of=now"]
)
def test_address_that_cannot_be_read_is_told(client: Client, query: str) -> None:
    assert client.get(f"{MAP}{query}").status_code == 400


@pytest.mark.usefixtures("published")
def test_borders_that_an_operator_gave_draw_the_map(client: Client, tmp_path: Path) -> None:
    from spending.models import Province

    codes = list(Province.objects.values_list("code", flat=True))
    call_command("load_boundaries", written(tmp_path, geojson(codes)), source="Test Survey, CC-BY")

    html = page(client)

    picture = html[html.index('class="provinces outlines"') : html.index("</svg></div>")]
    assert picture.count("<path d=") == 77
    assert "Borders: Test Survey, CC-BY." in html


@pytest.mark.usefixtures("published")
def test_province_says_what_each_source_says_of_it(client: Client) -> None:
    html = page(client, KHON_KAEN)

    money = html[html.index('id="money"') : html.index('id="local"')]
    for amount in ("1000.00", "250.00", "800.00", "900.00"):
        assert f'<data value="{amount}">' in money or amount == "900.00"
    assert "1 of 2" in money
    assert "never add one to another" in money


@pytest.mark.usefixtures("published")
def test_province_shows_its_administration_projects_and_purchases(client: Client) -> None:
    html = page(client, KHON_KAEN)

    assert 'href="/en/agencies/751CH/"' in html
    assert 'href="/en/budget/2561/projects/1500848018500001/"' in html
    assert "/en/budget/2561/projects/?province=ขอนแก่น" in html
    assert 'href="/en/projects/67119000001/"' in html


@pytest.mark.usefixtures("published")
def test_province_keeps_to_the_year_that_is_asked_for(client: Client) -> None:
    html = page(client, f"{KHON_KAEN}?year=2561")

    assert 'id="projects"' in html
    assert 'id="purchases"' not in html


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ขอนแก่น", "Khon Kaen", "khon kaen"])
def test_name_of_a_province_moves_to_its_code(client: Client, name: str) -> None:
    response = client.get(f"/en/provinces/{name}/")

    assert response.status_code == 301
    assert response["Location"] == KHON_KAEN


@pytest.mark.django_db
def test_code_of_no_province_is_told(client: Client) -> None:
    response = client.get("/en/provinces/28/")

    assert response.status_code == 404
    assert "There is no province with the code 28" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", [MAP, KHON_KAEN])
def test_pages_stand_where_nothing_is_published(client: Client, address: str) -> None:
    page(client, address)


@pytest.mark.usefixtures("published")
def test_day_before_the_figures_has_none(client: Client) -> None:
    assert "Nothing of this is published here yet" in page(client, f"{MAP}?as_of=2020-01-01")
