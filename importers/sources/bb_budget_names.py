"""How the budget book names ministries, agencies, plans and categories, and what scanning makes of them.

Each function gives what a name is read as, and the repairs it took. They remember what they have read: a book
of 30,000 lines holds a few hundred names.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .. import known
from ..errors import Reason, RecordError, gettext_noop
from ..names import KnownNames, alone
from ..parsing import text
from ..records import Body

REMEMBERED = 20_000  # names of a kind; bounds the memory of a file that repeats none
CATEGORY_COLUMNS = tuple(f"CATEGORY_LV{level}" for level in range(1, 7))
LONGEST_PLAN, LONGEST_BODY = 255, 200  # letters of a name once it is read; the longest of 2565 have 93 and 79
CENTRAL_FUND = "งบกลาง"
OTHER_EXPENSES = "งบรายจ่ายอื่น"
LOCAL_GOVERNMENT = "องค์กรปกครองส่วนท้องถิ่น"
PROVINCES = "จังหวัดและกลุ่มจังหวัด"
SHARED_TOWNS = {"เทศบาลเมืองกำแพงเพชร"}  # one in Songkhla, one in Kamphaeng Phet: the heading tells which
KIND_OF_LOCAL_BODY = (("องค์การบริหารส่วนจังหวัด", "pao"), ("เทศบาล", "municipality"))

BUDGET_TYPES = KnownNames(
    dict.fromkeys(("งบบุคลากร", "งบดำเนินงาน", "งบลงทุน", "งบเงินอุดหนุน", "งบรายจ่ายอื่น"), ()),
    letter_from=10,
    digits_matter=False,
    specks_of=6,
)
TYPE_ABOVE = {  # a category of the second level that slipped into the column of the first, and the first
    "เงินเดือนและค่าจ้างประจำ": "งบบุคลากร",
    "ค่าจ้างชั่วคราว": "งบบุคลากร",
    "ค่าตอบแทนพนักงานราชการ": "งบบุคลากร",
    "ค่าตอบแทน ใช้สอยและวัสดุ": "งบดำเนินงาน",
    "ค่าสาธารณูปโภค": "งบดำเนินงาน",
    "ค่าครุภัณฑ์ ที่ดินและสิ่งก่อสร้าง": "งบลงทุน",
    "เงินอุดหนุนทั่วไป": "งบเงินอุดหนุน",
    "เงินอุดหนุนเฉพาะกิจ": "งบเงินอุดหนุน",
}

_LOST_LETTER = re.compile(r"\(cid:\d+\)|\ufffd")  # where a PDF reader could not tell which letter it saw
_VOLUME_OF_MINISTRY = re.compile(r"\s*\(\d+\)$")
_TOWN_UNDER_HEADING = re.compile(r"เทศบาล\S+ในพื้นที่จังหวัด\S+ (เทศบาล\S.*)")
SLASH = "∕"  # U+2215: `/` stands between the names of a category path
INVESTMENTS = ("ค่าครุภัณฑ์", "ค่าที่ดินและสิ่งก่อสร้าง", "ค่าที่ดิน∕สิ่งก่อสร้าง")  # headings of what is bought to last


class Repair(NamedTuple):
    """A name that was read otherwise than it is published."""

    kind: str
    published: str
    read_as: str


Repairs = tuple[Repair, ...]


class Bodies(NamedTuple):
    """The ministry and the agency of a row."""

    ministry: Body
    agency: Body
    repairs: Repairs


def legible(value: str, column: str) -> str:
    """The words of a cell, '' if it is blank. Raises RecordError if letters were lost in extraction."""
    words = text(value, column, blank="")
    if _LOST_LETTER.search(words):
        sentence = gettext_noop("Letters were lost when the PDF was read. Use a better extraction of it.")
        raise RecordError(column, value, Reason(sentence))
    return words


def required(value: str, column: str) -> str:
    """The words of a cell that must not be blank."""
    return legible(text(value, column), column)


@lru_cache(REMEMBERED)
def bodies(ministry: str, unit: str) -> Bodies:
    """The ministry, without the `(1)` of a ministry in several volumes, and the agency (หน่วยรับงบประมาณ)."""
    printed = _VOLUME_OF_MINISTRY.sub("", required(ministry, "MINISTRY"))
    above, repairs = _known(known.ministries(), "repaired_ministry", printed)
    agency, more = _agency(above, required(unit, "BUDGETARY_UNIT"))
    text(above, "MINISTRY", longest=LONGEST_BODY)
    text(agency.name, "BUDGETARY_UNIT", longest=LONGEST_BODY)
    return Bodies(Body(above, kind="ministry"), agency, repairs + more)


@lru_cache(REMEMBERED)
def plan(value: str) -> tuple[str, Repairs]:
    """The plan (แผนงาน)."""
    name, repairs = _known(known.plans(), "repaired_plan", required(value, "BUDGET_PLAN"))
    return text(name, "BUDGET_PLAN", longest=LONGEST_PLAN), repairs


@lru_cache(REMEMBERED)
def activity(output: str, project: str) -> tuple[str, str]:
    """The kind and name of the output or project; both empty for personnel and other money without one."""
    output, project = legible(output, "OUTPUT"), legible(project, "PROJECT")
    if output and project:
        sentence = gettext_noop("A line has an output or a project, not both.")
        raise RecordError("PROJECT", project, Reason(sentence))
    return ("project" if project else "output" if output else "", project or output)


@lru_cache(REMEMBERED)
def category(ministry: str, levels: tuple[str, ...]) -> tuple[tuple[str, ...], Repairs]:
    """The names of the category from the budget type down; none for the central fund, which has no types.

    Raises RecordError if the first level is no budget type by any rule, or if a level is left out.
    """
    printed = [legible(name, column) for name, column in zip(levels, CATEGORY_COLUMNS, strict=True)]
    while printed and not printed[-1]:
        printed.pop()
    if not printed and ministry == CENTRAL_FUND:
        return (), ()
    if "" in printed or not printed:
        column = CATEGORY_COLUMNS[printed.index("") if printed else 0]
        raise RecordError(column, "", Reason(gettext_noop("This level of the category is missing.")))
    path, repairs = _from_budget_type(printed)
    for name in path[1:]:
        repairs += _finer(name)[1]
    return (path[0], *(_finer(name)[0] for name in path[1:])), repairs


def _from_budget_type(printed: list[str]) -> tuple[list[str], Repairs]:
    """The names from the budget type down, whether it is mended, put above or found at a lower level."""
    first = printed[0]
    if found := BUDGET_TYPES.find(first):
        mended = (Repair("repaired_category", first, found.name),) if found.how != "same" else ()
        return [found.name, *printed[1:]], mended
    for depth, name in enumerate(printed[1:], start=1):
        if BUDGET_TYPES.find(name):
            path = printed[depth:]
            return path, (Repair("repaired_category", " / ".join(printed), " / ".join(path)),)
    second = known.categories().find(first)
    if second is None or second.name not in TYPE_ABOVE:
        sentence = gettext_noop("This is none of the five budget types.")
        raise RecordError("CATEGORY_LV1", first, Reason(sentence))
    path = [TYPE_ABOVE[second.name], *printed]
    return path, (Repair("repaired_category", first, " / ".join((path[0], second.name))),)


@lru_cache(REMEMBERED)
def is_heading_left_over(path: tuple[str, ...], description: str) -> bool:
    """Whether a description is the heading of an investment printed further up, which the extraction has put
    in the place of the item's own name; that name then stands where the category would.

    Only below `งบรายจ่ายอื่น`, whose items the book prints right below it: in the three volumes of 2565 that are
    read from print as well, each of the 67 rows of this shape is such an item.
    """
    if len(path) != 2 or path[0] != OTHER_EXPENSES or path[1] in INVESTMENTS:
        return False
    found = known.categories().find(description)
    return found is not None and found.name in INVESTMENTS


@lru_cache(REMEMBERED)
def _finer(printed: str) -> tuple[str, Repairs]:
    name, repairs = _known(known.categories(), "repaired_category", printed)
    return name.replace("/", SLASH), repairs


def town(printed: str) -> Body | None:
    """The municipality that is printed below the heading of its province; None for any other body."""
    found = _TOWN_UNDER_HEADING.fullmatch(printed)
    if found is None:
        return None
    return Body(printed if found[1] in SHARED_TOWNS else found[1], kind="municipality")


def _agency(ministry: str, printed: str) -> tuple[Body, Repairs]:
    below_heading = town(printed)
    if below_heading:
        return below_heading, ()
    name, repairs = _known(known.agencies(), "repaired_agency", printed)
    return Body(name, kind=kind_of_body(ministry, name)), repairs


def kind_of_body(ministry: str, name: str) -> str:
    if ministry == PROVINCES:
        return "province"
    if ministry == LOCAL_GOVERNMENT:
        return next((kind for start, kind in KIND_OF_LOCAL_BODY if name.startswith(start)), "agency")
    return "agency"


def _known(names: KnownNames, kind: str, printed: str) -> tuple[str, Repairs]:
    """The known name that a printed one stands for, or the printed one without an amount read into it."""
    found = names.find(printed)
    name = found.name if found else alone(printed)
    return name, (Repair(kind, printed, name),) if name != printed else ()
