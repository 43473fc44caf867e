"""What the pages about the API say: resources with examples, their words, where the former services went."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .downloads import FORMS
from .parameters import PARAMETERS
from .resources import RESOURCES, Resource
from .shapes import SHAPES
from .tables import Column, Kind, Row, Table

API = "/api/v1/"
HERE = "http://127.0.0.1:8000"  # the site in the documented snippets
LIBRARIES = ("pandas", "DuckDB")
LANGUAGES = {"python": "Python", "js": "JavaScript", "r": "R", "sql": "SQL"}
OF_THE_DUMP = {
    "budget_book-*": gettext_noop("a ministry's lines in the budget book"),
    "AS purchases, sum(budget)": gettext_noop("the purchases of each year"),
    "AS contracts": gettext_noop("the contracts of each year"),
    "GROUP BY buyer_code": gettext_noop("the departments that buy for most"),
    "read_csv": gettext_noop("the purchases of each year, from CSV without losing a satang"),
    "manifest.json": gettext_noop("each headline beside its sum"),
}
"""What the SQL that holds these words asks the dump."""
EXAMPLES: Mapping[str, str] = {
    "allocations": "year=2565&ministry=20",
    "commitments": "year=2566&ministry=20",
    "disbursements": "cut=agency&ministry=20",
    "project-disbursements": "year=2561&province=เชียงราย",
    "reference-totals": "year=2565",
    "projects": "year=2568",
    "contracts": "winner=numbered",
    "suppliers": "order=-amount",
    "agencies": "kind=ministry",
    "categories": "level=1",
    "editions": "dataset=budget_book",
}
"""A question of each resource that finds something; others are shown without one."""


NEEDED: Mapping[str, str] = {
    "open-processes": "&currency=MXN",
    "open-contracts": "&stage=contract&currency=MXN",
    "package-figures": "&dimension=administrator&package=al-treasury-spending&figure=amount&currency=ALL",
}
"""What a sum of a resource needs beside its dimension."""


@dataclass(frozen=True, slots=True)
class Beside:
    """An address of the API that is no list of rows of one kind: what it answers, with an example."""

    name: str
    means: str
    example: str = ""
    of_one: bool = False  # it answers for the number of one purchase (`project`), so none can be pressed

    @property
    def address(self) -> str:
        return f"{API}{self.name}/"


BESIDE = (
    Beside("search", gettext_noop("what a question finds, by kind"), "q=ถนน"),
    Beside(
        "reconciliation",
        gettext_noop("an agency's money from parliament to payment, with what lies between the counts"),
        "agency=20&year=2565",
    ),
    Beside(
        "differences",
        gettext_noop("two years or two editions line by line: renamed, moved, split, merged, gone, new"),
        "from=2565&to=2565&ministry=20",
    ),
    Beside("compare", gettext_noop("two public bodies side by side, a row for each figure"), "a=20&b=21"),
    Beside(
        "taxes", gettext_noop("one person's tax, shared out as the money of a year is"), "tax=30000&year=2569"
    ),
    Beside(
        "ocds/releases",
        gettext_noop("one purchase in the Open Contracting Data Standard, as releases"),
        of_one=True,
    ),
    Beside("ocds/records", gettext_noop("the same as a record"), of_one=True),
    Beside(
        "complaints/statistics", gettext_noop("complaints in figures: how many, what came of them, how long")
    ),
    Beside("schema", gettext_noop("the description of all this for programs, OpenAPI 3.1")),
)
"""What the API answers beside the rows of its resources."""


@dataclass(frozen=True, slots=True)
class Example:
    """An address as every program can send it, in ASCII, and its query with Thai letters to be read; "" where
    that is no other.
    """

    address: str
    readable: str


@dataclass(frozen=True, slots=True)
class Guide:
    """One resource: what a row stands for, questions to press, and every word it takes."""

    name: str
    means: str
    examples: tuple[Example, ...]
    words: Table


@dataclass(frozen=True, slots=True)
class Snippet:
    """A few lines of a program that asks the API or the dump; `title` says in which language and what."""

    title: str
    code: str


@dataclass(frozen=True, slots=True)
class Service:
    """One service of the former site's API: its name and words, the address here that answers, what is
    different.
    """

    name: str
    words: str
    address: str
    note: str = ""


SERVICES = (
    Service(
        "cgdcontract",
        "year, keyword, dept_code, project_id, budget_start, budget_end",
        "projects/?year=2568&q=โดรน&min=100000",
        gettext_noop("Departments are asked for by name (buyer); pages by next instead of offset."),
    ),
    Service(
        "cgdcontract",
        "winner_tin, contract[]",
        "contracts/?winner=numbered",
        gettext_noop("One row a contract; supplier takes the tax id. Natural persons are not named."),
    ),
    Service(
        "summary_cgdcontract",
        "year, keyword, …",
        "projects/breakdown?by=method&year=2568",
        gettext_noop("total is the sum, lines the number of projects, each counted once."),
    ),
    Service("egpdepartment", "dept_name", "projects/breakdown?by=buyer&measure=agreed_price"),
    Service("egpsubdepartment", "sub_dept_name", "projects/?fields=buyer,buyer_unit,project"),
    Service("egpwinner", "winner", "suppliers/?q=บริษัท"),
    Service("bbministry", "year, min_code", "agencies/?kind=ministry"),
    Service("bbagc", "year, agc_code", "agencies/?kind=agency&ministry=15"),
    Service(
        "bbgf_summary",
        "year, dept_id",
        "disbursements/?cut=agency&fields=body_code,body_name,economic,after_transfer,disbursed",
        gettext_noop(
            "Budget after transfers and what is paid of it, for each body; percentages are yours to make."
        ),
    ),
    Service(
        "bb_group_by_aspect",
        "year",
        "allocations/breakdown?by=plan&year=2565",
        gettext_noop("The published book has plans and no aspects (ด้าน); none is made up."),
    ),
    Service("bb_transaction_type", "year, dept_id", "allocations/breakdown?by=category&year=2565"),
    Service("gf_transaction_type", "year, dept_id", "disbursements/breakdown?by=economic"),
    Service("bb_stg", "year, dept_id", "project-disbursements/breakdown?by=strategy&measure=budgeted"),
    Service("gf_stg", "year, dept_id", "project-disbursements/breakdown?by=strategy&measure=disbursed"),
    Service(
        "gf_per_month",
        "year, dept_id",
        "reference-totals/?fields=fiscal_year_be,month,body_name,amount",
        gettext_noop(
            "Months are published for the Ministry of Interior; weeks of all bodies are in disbursements."
        ),
    ),
    Service("bbgfmisprovince", "year", "project-disbursements/breakdown?by=province"),
    Service("bbgfproject", "year", "project-disbursements/?year=2561"),
)
"""The services of the former site, as its clients name them."""

FIELDS: Mapping[str, str] = {
    "project_id": "projects.project",
    "project_name": "projects.name",
    "project_type_name": "projects.kind",
    "dept_name": "projects.buyer",
    "dept_sub_name": "projects.buyer_unit",
    "purchase_method_name": "projects.method",
    "announce_date": "projects.announced_on",
    "transaction_date": "projects.recorded_on",
    "project_money": "projects.budget",
    "price_build": "projects.reference_price",
    "sum_price_agree": "projects.agreed_price",
    "budget_year": "projects.fiscal_year_be",
    "province": "projects.province",
    "district": "projects.district",
    "subdistrict": "projects.subdistrict",
    "project_status": "projects.status",
    "winner_tin": "contracts.supplier_tax_id",
    "winner": "contracts.supplier",
    "contract_no": "contracts.contract_no",
    "contract_date": "contracts.signed_on",
    "contract_finish_date": "contracts.ends_on",
    "price_agree": "contracts.amount",
    "min_code": "agencies.ministry_code",
    "agc_code": "agencies.code",
    "total_bb": "disbursements.after_transfer",
    "total_gf": "disbursements.disbursed",
}
"""The fields of the former site's answers and the columns that hold the same here."""


def guides() -> Sequence[Guide]:
    """Every resource in the reader's language."""
    return [_guide(resource) for resource in RESOURCES.values()]


def _guide(resource: Resource) -> Guide:
    return Guide(
        resource.name,
        _(resource.means),
        tuple(Example(address, _readable(address)) for address in examples(resource)),
        _words(resource.name, resource.filter.takes(), resource),
    )


def examples(resource: Resource) -> Iterable[str]:
    """Addresses to press: the first rows, a sum, a series, and each kind of file of one question."""
    asked, here = iri_to_uri(EXAMPLES.get(resource.name, "")), f"{API}{resource.name}"
    yield f"{here}/?{asked}&limit=5" if asked else f"{here}/?limit=5"
    by = resource.filter.dimensions[0].value if resource.filter.dimensions else ""
    if by:
        yield f"{here}/breakdown?by={by}{NEEDED.get(resource.name, '')}"
    if by and resource.filter.in_baht:
        yield f"{here}/series?by={by}&limit=5"
    yield from (f"{here}.{kind}?{asked}" if asked else f"{here}.{kind}" for kind in FORMS)


def beside() -> list[tuple[str, str, str]]:
    """What stands beside the rows: its name, its meaning in the reader's language, an address to press."""
    return [(one.name, _(one.means), "" if one.of_one else _pressed(one)) for one in BESIDE]


def _pressed(one: Beside) -> str:
    return iri_to_uri(f"{one.address}?{one.example}") if one.example else one.address


def shapes() -> Table:
    """The words that say in what shape an answer comes."""
    return _words(_("Shape of the answer"), SHAPES)


def _words(caption: str, names: Iterable[str], resource: Resource | None = None) -> Table:
    heads = (Column(_("Parameter"), Kind.NAME), Column(_("Takes")))
    return Table(caption, heads, tuple(Row((name, _takes(name, resource))) for name in names))


def _takes(name: str, resource: Resource | None) -> str:
    """What a word takes; of dimensions and amounts those of the resource."""
    if resource is not None and name == "by":
        return ", ".join(dimension.value for dimension in resource.filter.dimensions)
    if resource is not None and name == "measure":
        return ", ".join(resource.filter.measures)
    return _((PARAMETERS | SHAPES)[name].takes)


def services() -> Table:
    """Where each service of the former site is answered."""
    heads = (
        Column(_("Former service"), Kind.NAME),
        Column(_("Its parameters")),
        Column(_("Here")),
        Column(_("What is different")),
    )
    rows = [
        Row(
            (
                one.name,
                one.words,
                _copied_and_read(iri_to_uri(API + one.address)),
                _(one.note) if one.note else "",
            ),
            href=iri_to_uri(API + one.address),
        )
        for one in SERVICES
    ]
    return Table(_("Services"), heads, tuple(rows))


def _readable(address: str) -> str:
    """The query of an address with the letters that percent signs stand for; "" where there are none."""
    return "" if unquote(address) == address else unquote(address).partition("?")[2]


def _copied_and_read(address: str) -> str:
    """The address as it is sent; behind it the query as it is read, where that is another."""
    words = _readable(address)
    return f"{address} ({words})" if words else address


def fields() -> Table:
    """Which column holds what a field of the former site's answers held."""
    heads = (Column(_("Former field"), Kind.NAME), Column(_("Column here")), Column(_("Meaning")))
    return Table(_("Fields"), heads, tuple(Row((old, new, _meaning(new))) for old, new in FIELDS.items()))


def _meaning(column: str) -> str:
    resource, name = column.split(".")
    return _(RESOURCES[resource].named([name])[0].means)


def snippets(site: str) -> Sequence[Snippet]:
    """The programs of docs/api.md, asking the site at this address."""
    return [Snippet(_title(language, code), code.replace(HERE, site)) for language, code in _programs()]


@cache
def _programs() -> Sequence[tuple[str, str]]:
    page = (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")
    part = page[page.index("## In your own program") : page.index("## Numbers")]
    return re.findall(r"^```(\w+)\n(.*?)^```", part, flags=re.DOTALL | re.MULTILINE)


def _title(language: str, code: str) -> str:
    """The language of a program, with the library it uses or what it asks the dump."""
    library = next((name for name in LIBRARIES if f"import {name.lower()}" in code), "")
    asked = next((_(words) for piece, words in OF_THE_DUMP.items() if piece in code), "")
    return " · ".join(filter(None, (LANGUAGES[language], library or asked)))
