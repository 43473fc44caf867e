"""Contracting processes of any publisher in the Open Contracting Data Standard, 1.0 and 1.1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..errors import FileError, Reason, RecordError, gettext_noop
from ..organisations import is_organisation, named_and_unnamed
from ..persons import is_person_like
from ..reading import letters_of, too_deep_in
from ..records import Entry, Head, Note, OpenContractRecord, OpenProcessRecord, Refusal
from .base import Expect, Source
from .ocds_merging import LAST_YEAR, Release, day_in, merged, processes
from .ocds_parties import Names, covered, supplier_names, unnamed_in
from .ocds_reading import documents, unpacked
from .package_names import slug, words

FINEST = Decimal("0.000001")  # of an amount, in its currency
NO_NUMBER = gettext_noop("The amount is no number. Write digits alone, with a point before decimals.")
_NUMBER = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,30})?", re.ASCII)
SAYS_NOTHING = {"ocid", "id", "language"}  # members that tell nothing of a process
UNDATED = date(2015, 7, 29)  # the day on which OCDS 1.0 came out: nothing in the standard is older


class OcdsPackages(Source):
    """What publishers anywhere bought, in the Open Contracting Data Standard (OCDS), versions 1.0 and 1.1.

    Release packages, record packages, single, compiled and versioned releases, and files with one of
    these on each line; plain, in gzip or in a ZIP; UTF-8, or ISO-8859-1 where it is no UTF-8. A process
    is what its releases come to, laid over each other by their dates as the standard says; a record's
    compiled release is taken where it has one, else the newest of each value of its versioned one. A
    record that only links to its releases elsewhere is refused: nothing is fetched. A part is the
    publisher and the file. Lines count the releases (or records) of the file, from 1.

    Of a process its id (`ocid`), publisher, buyer, title, method, state, budget and value are kept, of
    each award and contract its value, day and suppliers. Amounts stay in their currency and are never
    added to those of the Thai state; an amount without a currency refuses its process, a zero without
    one counts as none. Of persons nothing is read: no contact points, no tenderers; a supplier is named
    only where its name says that it is an organisation, others are counted, and neither their names nor
    their ids are left in a title or number. An amount finer than a millionth of its currency is rounded
    to it, and noted, as is a date that cannot be read. A process that says nothing but its id is refused. Two
    publishers' files of one name are two parts.
    """

    name = "ocds"
    dataset = "ocds"
    title = "การจัดซื้อจัดจ้างตามมาตรฐาน OCDS ของผู้เผยแพร่อื่น"
    title_en = "Purchases in OCDS of other publishers"
    publisher = "ผู้เผยแพร่ตามที่ระบุในแต่ละไฟล์"
    licence = "ตามที่ผู้เผยแพร่แต่ละรายกำหนด"
    address = "https://data.open-contracting.org/"
    cadence = "เมื่อผู้ดูแลนำเข้า"
    suffixes = (".json", ".jsonl", ".ndjson", ".zip", ".gz")
    expects = Expect(rows=range(1, 50_000_000), refused=Decimal("0.01"))
    keeps_file = False

    def entries(self, path: Path) -> Iterator[Entry]:
        with unpacked(path) as plain_file:
            try:
                yield from _entries(path, plain_file)
            except RecursionError as error:  # less deep than JSON may be, deeper than releases are compared
                raise too_deep_in(plain_file, encoding=letters_of(plain_file)) from error


def _entries(path: Path, plain_file: Path) -> Iterator[Entry]:
    found = list(processes(documents(plain_file)))
    if not any(isinstance(one, Release) for one in found):
        raise FileError(_nothing(found))
    publisher = next((one.publisher for one in found if isinstance(one, Release) and one.publisher), "")
    yield Head(f"{slug(publisher or 'unnamed')}-{slug(_named(path))}", None, _newest(found))
    yield from [one for one in found if isinstance(one, Refusal)]
    releases = [one for one in found if isinstance(one, Release)]
    for release in releases:
        yield from _unread(release.values.get("date"), release.line, "date")
    for release in merged(releases):
        try:
            yield from list(_read(release))
        except RecordError as error:
            yield Refusal(release.line, error.column, error.value, error.reason)


def _named(path: Path) -> str:
    """The name of a file without the endings of its kind: `package_1.1` of `package_1.1.json.gz`."""
    name = path.name
    while Path(name).suffix.lower() in OcdsPackages.suffixes:
        name = Path(name).stem
    return name


def _nothing(found: list[Release | Refusal]) -> Reason:
    refusal = next((one.reason for one in found if isinstance(one, Refusal)), None)
    if refusal is not None:
        return Reason(
            gettext_noop("No process of this file can be read. The first one: %(reason)s"), reason=refusal
        )
    return Reason(gettext_noop("The file holds no release and no record of OCDS."))


def _newest(found: list[Release | Refusal]) -> date:
    days = [one.day for one in found if isinstance(one, Release) and one.day is not None]
    return max(days, default=UNDATED)


def _read(release: Release) -> Iterator[OpenProcessRecord | OpenContractRecord | Note]:
    """The process, its awards and its contracts. Raises RecordError before anything wrong is yielded."""
    values, line = release.values, release.line
    ocid = _ocid(values)
    if {name for name, value in values.items() if value not in (None, "", [], {})} <= SAYS_NOTHING:
        sentence = gettext_noop(
            "The process says nothing but its id. Load a file that holds its releases, or its compiled "
            "release."
        )
        raise RecordError("ocid", ocid[:60], Reason(sentence))
    unnamed = unnamed_in(values)
    tender, buyer = _object(values, "tender"), _object(values, "buyer")
    currency, tendered = money_of(_object(tender, "value", "tender/value"), "tender/value")
    other, budgeted = money_of(
        _object(_object(_object(values, "planning"), "budget"), "amount", "planning/budget/amount"),
        "planning/budget",
    )
    yield from _rounded(_object(tender, "value"), tendered, line, "tender/value")
    if currency and other and other != currency:
        yield Note("another_currency", line, f"{budgeted} {other}", "planning/budget")
        budgeted = None
    yield OpenProcessRecord(
        line=line,
        ocid=ocid,
        publisher=release.publisher[:255],
        title=covered(words(tender, "title"), unnamed),
        buyer=_body(words(buyer, "name") or words(_object(tender, "procuringEntity"), "name")),
        method=(words(tender, "procurementMethodDetails") or words(tender, "procurementMethod"))[:120],
        status=words(tender, "status")[:80],
        released_on=day_of(values.get("date"), "date"),
        currency=currency or (other if budgeted is not None else ""),
        budgeted=budgeted,
        tendered=tendered,
    )
    for stage, member, day in (("award", "awards", "date"), ("contract", "contracts", "dateSigned")):
        yield from _decisions(release, stage, member, day, unnamed)


def _decisions(
    release: Release, stage: str, member: str, day: str, unnamed: Names
) -> Iterator[OpenContractRecord | Note]:
    """The awards, or the contracts, of a release. A contract's suppliers are those of its award."""
    awards = {str(one.get("id", "")): one for one in _list(release.values, "awards")}
    for number, one in enumerate(_list(release.values, member), start=1):
        own = one.get("suppliers") or awards.get(str(one.get("awardID", "")), {}).get("suppliers")
        names, others = named_and_unnamed(supplier_names(own, release.values))
        value = _object(one, "value", f"{member}/{number - 1}/value")
        place = f"{member}/{number - 1}/value"  # as a JSON pointer counts
        currency, amount = money_of(value, place)
        yield from _rounded(value, amount, release.line, place)
        yield from _unread(one.get(day), release.line, f"{member}/{number - 1}/{day}")
        yield OpenContractRecord(
            line=release.line,
            ocid=_ocid(release.values),
            publisher=release.publisher[:255],
            stage=stage,
            number=_number(one, number, unnamed),
            title=covered(words(one, "title"), unnamed),
            suppliers=names,
            unnamed=others,
            status=words(one, "status")[:80],
            decided_on=day_of(one.get(day), f"{member}/{number - 1}/{day}"),
            currency=currency,
            amount=amount,
        )


def _number(one: Mapping[str, Any], place: int, unnamed: Names) -> str:
    """The id of an award or contract; its place in the process where it has none, or one that names a
    person.
    """
    published = str(one.get("id") or place)
    return published[:255] if covered(published, unnamed) == published else f"#{place}"


def _rounded(value: Mapping[str, Any], amount: Decimal | None, line: int, member: str) -> Iterator[Note]:
    """A note of an amount that is published finer than a millionth of its currency."""
    published = str(value.get("amount")).strip()
    if amount is not None and amount != Decimal(published):
        yield Note("amount_rounded", line, published[:60], member)


def _unread(day: Any, line: int, member: str) -> Iterator[Note]:
    """A note of a date that cannot be read."""
    if day not in (None, "") and day_in(day) is None:
        yield Note("unreadable_day", line, str(day)[:60], member)


def money_of(value: Mapping[str, Any], member: str) -> tuple[str, Decimal | None]:
    """Currency and amount, to the millionth; ("", None) where none is published. Raises RecordError.

    A plain number in quotation marks is taken for what it says.
    """
    amount, currency = value.get("amount"), words(value, "currency").upper()
    if isinstance(amount, str) and _NUMBER.fullmatch(amount.strip()):
        amount = Decimal(amount.strip())
    if amount is None or amount == "" or (amount == 0 and not currency):
        return "", None
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal):
        raise RecordError(member, str(amount)[:60], Reason(NO_NUMBER))
    if abs(Decimal(amount)) >= 10**18:
        sentence = gettext_noop(
            "The amount is larger than any real one. Look for digits that have run together."
        )
        raise RecordError(member, str(amount)[:60], Reason(sentence))
    exact = Decimal(amount).quantize(FINEST)
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        sentence = gettext_noop("The amount has no currency of three letters. Write its code, as in THB.")
        raise RecordError(member, currency[:60], Reason(sentence))
    return currency, exact


def day_of(value: Any, member: str) -> date | None:
    """The day of a date as OCDS writes it, `2015-12-30T00:00:00-06:00`; None for anything else. Raises
    RecordError if its year is a Buddhist one.
    """
    day = day_in(value)
    if day is not None and day.year > LAST_YEAR:
        sentence = gettext_noop("The year is no year of the Common Era. Write 2020 for 2563.")
        raise RecordError(member, str(value)[:60], Reason(sentence))
    return day


def _ocid(values: Mapping[str, Any]) -> str:
    ocid = words(values, "ocid")
    if not ocid or len(ocid) > 255:
        sentence = gettext_noop(
            "The process has no id (ocid). Each release needs one, of 255 letters at most."
        )
        raise RecordError("ocid", ocid[:60], Reason(sentence))
    return ocid


def _body(name: str) -> str:
    """A buyer as it may be stored: not one whose name begins as a natural person's does."""
    return "" if is_person_like(name) and not is_organisation(name) else name


def _object(values: Mapping[str, Any], member: str, place: str = "") -> Mapping[str, Any]:
    """An object of another; none where there is none. Raises RecordError where something else stands
    there.
    """
    found = values.get(member)
    if found is not None and not isinstance(found, dict):
        sentence = gettext_noop("An object belongs here, as in {“name”: …}. Write what stands here as one.")
        raise RecordError(place or member, str(found)[:60], Reason(sentence))
    one: Mapping[str, Any] = found or {}
    return one


def _list(values: Mapping[str, Any], member: str) -> list[Mapping[str, Any]]:
    """The objects in a list of a release. Raises RecordError where there is another thing than a list."""
    found = values.get(member)
    if found is not None and not (isinstance(found, list) and all(isinstance(one, dict) for one in found)):
        sentence = gettext_noop(
            "A list of objects belongs here, as in [{“id”: …}]. Write what stands here as one."
        )
        raise RecordError(member, str(found)[:60], Reason(sentence))
    listed: list[Mapping[str, Any]] = found or []
    return listed
