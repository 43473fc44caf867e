"""Contracts by the million: loading them beside a bare COPY, and asking ten times as many the same.

`python -m benchmarks.many_purchases` asks the database at DATABASE_URL alone, and prints what each took.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test import Client

from .asked_words import Asked, lines, mixture, percentile
from .clocks import Took, took
from .generate import write_csv as write_book
from .generate_purchases import ROWS_OF_A_SUPPLIER, write_csv
from .loading import PURCHASES, against_copy, in_a_process, load_book
from .stage import held_against, say, set_up, stage, visitors

MOST_MEMORY = 400  # million bytes
YEARS = range(2558, 2568)
TIMES_ROWS = 5  # of the rows asked for, how many contracts the longer record holds
TIMES_FEWER = 10
AS_FAST = 1.5
TIMES = 7  # an answer is measured
LINES_OF_THE_BOOK = 5_000
CONTRACTS_OF_ONE = 1_000  # of the supplier that is asked for, whatever the others won
DATA = "/api/v1"
DEEP = 10_000  # pages behind the first
MOST_OF_A_SEARCH = 100  # milliseconds, of 95 in 100


def loaded(rows: int) -> None:
    """A year of contracts: the load beside a bare COPY, and its memory."""
    with stage(), tempfile.TemporaryDirectory() as folder:
        first = write_csv(Path(folder) / "2567-egp-contract.csv", rows)
        say(f"A year of {rows:,} contracts, {first.stat().st_size / 1e6:,.0f} MB")
        found = against_copy(PURCHASES, [first])
        held_against("most memory", found.memory / 1e6, MOST_MEMORY, "MB")


def asked(rows: int) -> None:
    """Ten years of contracts, and ten of ten times as many: the same pages, data and searches of both."""
    most = rows * TIMES_ROWS
    with visitors(), stage(), tempfile.TemporaryDirectory() as folder:
        load_book(write_book(Path(folder) / "book.csv", LINES_OF_THE_BOOK))  # of agencies that buy
        few, many = (measured(Path(folder), number) for number in (most // TIMES_FEWER, most))
    compare(few, many, most // TIMES_FEWER, most)


class Measured(NamedTuple):
    """What it took: each answer by its name, the first page of data and one far behind it, each search on
    its page and in the API.
    """

    answers: dict[str, Took]
    first: Took
    deep: Took
    searches: dict[str, dict[Asked, Took]]


def compare(few: Measured, many: Measured, fewer: int, more: int) -> None:
    """Print both, and hold them against the bars: the ratios by what they took of the processors."""
    say(f"Answers over {fewer:,} contracts and over {more:,}, in milliseconds of processor")
    for what, long in many.answers.items():
        short, growth = few.answers[what], _growth(few, many, what)
        say(f"  {what:40} {short.processor:9.1f} {long.processor:9.1f}   {growth:6.2f} ×")
    slowest = max(many.answers, key=lambda what: _growth(few, many, what))
    held_against(f"slowest to grow: {slowest}", _growth(few, many, slowest), AS_FAST)
    say_deep(many)
    for number, found in ((fewer, few), (more, many)):
        say(f"Among {number:,}")
        say_searches(found)


def _growth(few: Measured, many: Measured, what: str) -> float:
    return many.answers[what].processor / few.answers[what].processor


def say_deep(found: Measured) -> None:
    """Print what a deep page takes beside the first."""
    deep, first = found.deep.processor, found.first.processor
    say(f"Page {DEEP:,} of the data, {deep:.1f} ms of processor, beside the first, {first:.1f} ms")
    held_against("a deep page / the first", deep / first, AS_FAST)


def say_searches(found: Measured) -> None:
    """Print what searches take, by kind of question, of the page and of the API."""
    for face, searches in found.searches.items():
        processor = {asked: one.processor for asked, one in searches.items()}
        wall = {asked: one.wall for asked, one in searches.items()}
        say(f"Searches by the {face}, in milliseconds of processor")
        for line in lines(processor):
            say(line)
        say(
            f"  of {len(searches)}: the median {percentile(processor, 50):.1f} ms of processor, "
            f"{percentile(wall, 50):.1f} on the wall"
        )
        held_against(f"{face}: 95 of 100, processor", percentile(processor, 95), MOST_OF_A_SEARCH, "ms")
        held_against(f"{face}: 95 of 100, on the wall", percentile(wall, 95), MOST_OF_A_SEARCH, "ms")


def measured(folder: Path, contracts: int) -> Measured:
    """Load ten years, which replace those before, and ask."""
    of_a_year = contracts // len(YEARS)
    for year in YEARS:
        path = folder / f"{year}-egp-contract.csv"
        write_csv(path, of_a_year, year=year - 543, seed=year, suppliers=contracts // ROWS_OF_A_SUPPLIER)
        in_a_process(PURCHASES.source, [path])
        path.unlink()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return answered()


def answered() -> Measured:
    """Ask what is loaded. One process of the database answers each statement, so that its time is known."""
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
    first, deep = f"{DATA}/contracts/?limit=100", _deep(f"{DATA}/contracts/?limit=100")
    faces = {"page": "/search/?q=", "API": f"{DATA}/search/?q="}
    return Measured(
        {what: took(getting(address), TIMES) for what, address in addresses_asked().items()},
        took(getting(first), TIMES),
        took(getting(deep), TIMES),
        {
            face: {asked: took(getting(begin + quote(asked.text))) for asked in mixture()}
            for face, begin in faces.items()
        },
    )


def _deep(address: str) -> str:
    """The address of a page far behind the first one: with a cursor behind a row that stands there."""
    from spending.keyset import Place, written
    from spending.models import Contract
    from spending.resources import RESOURCES
    from spending.shapes import order_of

    resource = RESOURCES["contracts"]
    asked = QueryDict(urlsplit(address).query)
    order = order_of(resource, "", resource.filter({name: asked[name] for name in asked if name != "limit"}))
    behind = Contract.objects.current().order_by("-pk").values_list("edition", "pk")
    edition, key = behind[min(behind.count() // 2, DEEP * 100)]
    return f"{address}&{urlencode({'cursor': written(Place(order, edition, key))})}"


def getting(address: str) -> Callable[[], Any]:
    """A visit that nobody has made before: answers kept are forgotten."""
    client = Client()

    def get() -> None:
        cache.clear()
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        assert response.status_code == 200, (address, response.status_code, body[:300])

    return get


def addresses_asked() -> dict[str, str]:
    """What visitors ask, by its name: pages, breakdowns, first pages of the data."""
    from spending.fiscal import buddhist
    from spending.models import Buyer, Project, SupplierTotal
    from spending.models.procurement_totals import ALL_YEARS
    from spending.purchases import purchase_years

    of_all = SupplierTotal.objects.filter(fiscal_year=ALL_YEARS).select_related("supplier")
    won = (
        of_all.filter(lines__gte=CONTRACTS_OF_ONE).order_by("lines").first()
        or of_all.order_by("-lines").first()
    )
    buyer = Buyer.objects.exclude(agency=None).select_related("agency").order_by("pk").first()
    project = Project.objects.current().order_by("-number").first()
    if won is None or buyer is None or buyer.agency is None or project is None:
        raise SystemExit("The generated contracts name no supplier, no agency or no project.")
    data, year = DATA, buddhist(purchase_years()[0])
    return {
        "year": f"/procurement/{year}/",
        "year, one province": f"/procurement/{year}/?province=ขอนแก่น",
        "year, one department": f"/procurement/{year}/?buyer={buyer.code}",
        "list of projects": f"/procurement/{year}/projects/",
        "project": f"/projects/{project.number}/",
        "supplier": f"/suppliers/{won.supplier.code}/",
        "list of suppliers": "/suppliers/",
        "agency": f"/agencies/{buyer.agency.code}/",
        "province": "/provinces/40/",
        "contracts by method": f"{data}/contracts/breakdown?by=method&year={year}",
        "contracts by province, all years": f"{data}/contracts/breakdown?by=province",
        "contracts by district, all years": f"{data}/contracts/breakdown?by=district",
        "projects by method, one district": f"{data}/projects/breakdown?by=method&district=ขอนแก่น/เมือง",
        "contracts by supplier": f"{data}/contracts/breakdown?by=supplier&year={year}&limit=20",
        "projects by department": f"{data}/projects/breakdown?by=buyer&year={year}",
        "projects by method over years": f"{data}/projects/series?by=method",
        "projects, first page of data": f"{data}/projects/?year={year}",
        "contracts, first page of data": f"{data}/contracts/?year={year}",
        "contracts of a supplier": f"{data}/contracts/?supplier={won.supplier.code}",
    }


def main() -> None:
    """Ask the site's own database, and print what each answer took."""
    set_up()
    with visitors():
        found = answered()
    for what, one in found.answers.items():
        say(f"  {what:40} {one.processor:9.1f} ms of processor {one.wall:9.1f} on the wall")
    say_deep(found)
    say_searches(found)


if __name__ == "__main__":
    main()
