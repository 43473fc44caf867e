"""Every page that shows facts answers for a day, says so, and leads on to pages of the same day."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from spending.as_known import keeping
from tests.factories import head, loaded
from tests.purchases import COMPANY_ID, bought, contract, part, project
from tests.spending.views.conftest import interior
from tests.spending.years import load_week, total

DAY = "2026-07-10"
SAID = "As it was known on 10 July 2026."
PAGES = (
    "/en/",
    "/en/budget/2565/",
    "/en/budget/2565/lines/",
    "/en/budget/2565/lines/2022.3.9.1/",
    "/en/agencies/",
    "/en/agencies/?q=15",
    "/en/agencies/15008/",
    "/en/disbursements/2569/",
    "/en/procurement/2568/",
    "/en/procurement/2568/projects/",
    "/en/projects/67119000001/",
    "/en/suppliers/",
    f"/en/suppliers/{COMPANY_ID}/",
    "/en/search/?q=ถนน",
)


@pytest.fixture
def published(db: None, tmp_path: Path) -> None:
    loaded(head(), *interior(), folder=tmp_path)
    loaded(head("2022.3.9", as_of=date(2026, 8, 1)), *interior(road="700.00"), folder=tmp_path)
    load_week(tmp_path, date(2026, 7, 3), paid="600")
    load_week(tmp_path, date(2026, 8, 7), paid="900")
    bought(part(), project(1), contract(1), folder=tmp_path)
    total(2022, "2000")


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def asked(address: str, day: str = DAY) -> str:
    return f"{address}{'&' if '?' in address else '?'}as_of={day}"


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("address", PAGES)
def test_page_says_on_which_day_it_stands_and_leads_back_to_today(client: Client, address: str) -> None:
    html = page(client, asked(address))

    assert SAID in html
    assert SAID not in page(client, address)
    today = re.search(r'<a data-today href="([^"]+)"', html)
    assert today is not None
    assert "as_of" not in today[1]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("address", PAGES)
def test_links_to_facts_keep_the_day(client: Client, address: str) -> None:
    html = page(client, asked(address))

    links = re.findall(r'<a (?!data-today)[^>]*href="([^"]+)"', html)
    of_facts = re.compile(r"\?|/en/(budget|agencies|projects|suppliers)/(?!differences/)")
    feed = re.compile(r"/(changes|feed)\.(atom|json)(\?|$)")
    facts = [link for link in links if of_facts.match(link) and not feed.search(link)]
    assert facts
    assert [link for link in facts if link.count("as_of=") != 1] == []


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("day", ["yesterday", "2569-07-10", "2026-02-30", "20260710"])
def test_day_that_cannot_be_read_is_told(client: Client, address: str, day: str) -> None:
    response = client.get(asked(address, day))

    assert response.status_code == 400
    assert "as_of takes a day, YYYY-MM-DD" in response.content.decode()


@pytest.mark.usefixtures("published")
def test_home_answers_from_the_week_of_the_day(client: Client) -> None:
    assert "3 July 2026" in page(client, asked("/en/"))
    assert "7 August 2026" in page(client, "/en/")


@pytest.mark.usefixtures("published")
def test_body_answers_from_the_book_and_the_weeks_of_the_day(client: Client) -> None:
    then, now = page(client, asked("/en/agencies/15008/")), page(client, "/en/agencies/15008/")

    assert '<data value="600.00">' in then
    assert '<data value="700.00">' in now
    assert "up to 3 July 2026" in then
    assert "up to 7 August 2026" in now


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("address", ["/en/about/", "/en/data/", "/en/data/sources/"])
def test_page_that_no_day_changes_says_so_instead_of_ignoring_it(client: Client, address: str) -> None:
    response = client.get(asked(address))

    assert response.status_code == 400
    assert "There is no parameter as_of" in response.content.decode()


@pytest.mark.usefixtures("published")
def test_day_before_all_figures_is_told(client: Client) -> None:
    html = page(client, asked("/en/", "2001-01-01"))

    assert "No figures of the whole budget were known here on 1 January 2001" in html


@pytest.mark.usefixtures("published")
def test_newest_year_is_that_of_the_day(client: Client) -> None:
    assert client.get(asked("/en/disbursements/"))["Location"] == f"/en/disbursements/2569/?as_of={DAY}"
    assert client.get(asked("/en/procurement/"))["Location"] == f"/en/procurement/2568/?as_of={DAY}"


def test_forms_and_pictures_keep_the_day_and_other_places_do_not() -> None:
    html = (
        '<form method="get" action="/search/"><input name="q"></form>'
        '<form method="get" action="/complaints/new/"></form>'
        '<plotly-chart src="?chart=years" script="/static/plotly.js"></plotly-chart>'
        '<a href="/about/">.</a><a href="#top">.</a><a href="/budget/2565/?as_of=2020-01-01#x">.</a>'
        '<a href="/agencies/15/?year=2565#book">.</a>'
        '<a href="/en/agencies/15/changes.atom">.</a><a href="/search/feed.json?q=1">.</a>'
    )

    kept = keeping(date(2026, 7, 10), html)

    assert (
        '<form method="get" action="/search/"><input type="hidden" name="as_of" value="2026-07-10">' in kept
    )
    assert '<form method="get" action="/complaints/new/"></form>' in kept
    assert 'src="?chart=years&amp;as_of=2026-07-10" script="/static/plotly.js"' in kept
    assert '<a href="/about/">.</a><a href="#top">.</a><a href="/budget/2565/?as_of=2020-01-01#x">' in kept
    assert 'href="/agencies/15/?year=2565&amp;as_of=2026-07-10#book"' in kept
    assert '<a href="/en/agencies/15/changes.atom">.</a><a href="/search/feed.json?q=1">.</a>' in kept


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "address",
    [
        "/en/budget/2565/",
        "/en/budget/2565/lines/2022.3.9.1/",
        "/en/agencies/15008/",
        f"/en/suppliers/{COMPANY_ID}/",
        "/en/search/?q=ถนน",
    ],
)
def test_no_link_leads_to_an_address_that_refuses_the_day(client: Client, address: str) -> None:
    html = page(client, asked(address))

    kept = {link.replace("&amp;", "&") for link in re.findall(r'href="(/en/[^"#]+as_of=[^"#]+)"', html)}
    assert any("/pages/" in link for link in kept) or "/lines/2022" not in address
    assert [link for link in kept if client.get(link).status_code == 400] == []
    assert "/api/v1/docs/?as_of" not in html
    assert "/budget/differences/?as_of" not in html


@pytest.mark.usefixtures("published")
def test_printed_page_holds_its_lines_as_known_on_the_day(client: Client) -> None:
    address = "/en/budget/2565/pages/2022.3.9/12/"

    assert '<data value="600.00">' in page(client, asked(address))
    assert '<data value="700.00">' in page(client, address)


@pytest.mark.usefixtures("published")
def test_list_of_lines_offers_no_choice_that_cannot_be_lifted(client: Client) -> None:
    html = page(client, asked("/en/budget/2565/lines/?agency=15008"))

    chosen = html[html.index('class="chosen"') : html.index("</ul>", html.index('class="chosen"'))]
    assert DAY not in re.sub(r'href="[^"]*"', "", chosen)
