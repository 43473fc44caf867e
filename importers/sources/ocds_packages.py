"""Contracting processes of any publisher in the Open Contracting Data Standard, 1.0 and 1.1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..errors import FileError, Reason, RecordError, gettext_noop
from ..organisations import named_and_unnamed
from ..reading import TOO_DEEP
from ..records import Entry, Head, Note, OpenContractRecord, OpenProcessRecord, Refusal
from .base import Expect, Source
from .ocds_merging import Release, merged, processes
from .ocds_parties import Names, covered, supplier_names, unnamed_in
from .ocds_reading import documents, unpacked
from .package_names import objects, slug, words

FINEST = Decimal("0.000001")  # of an amount, in its currency
_NUMBER = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,30})?", re.ASCII)
UNDATED = date(2015, 7, 29)  # the day on which OCDS 1.0 came out: nothing in the standard is older


class OcdsPackages(Source):
    """What publishers anywhere bought, in the Open Contracting Data Standard (OCDS), versions 1.0 and 1.1.

    Release packages, record packages, single, compiled and versioned releases, and files with one of
    these on each line; plain, in gzip or in a ZIP; UTF-8, or ISO-8859-1 where it is no UTF-8. A process
    is what its releases come to, laid over each other by their dates as the standard says; a record's
    compiled release is taken where it has one, else the newest of each value of its versioned one. A
    record that only links to its releases elsewhere is refused: nothing is fetched. A part is the
    publisher and the file.

    Of a process its id (`ocid`), publisher, buyer, title, method, state, budget and value are kept, of
    each award and contract its value, day and suppliers. Amounts stay in their currency and are never
    added to those of the Thai state; an amount without a currency refuses its process, a zero without
    one counts as none. Of persons nothing is read: no contact points, no tenderers; a supplier is named
    only where its name says that it is an organisation, others are counted, and neither their names nor
    their ids are left in a title or number. An amount finer than a millionth of its currency is rounded
    to it, and noted.
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
        try:
            yield from _entries(path)
        except RecursionError as error:  # less deep than JSON may be, deeper than releases can be compared
            raise FileError(Reason(TOO_DEEP)) from error


def _entries(path: Path) -> Iterator[Entry]:
    with unpacked(path) as plain_file:
        found = list(processes(documents(plain_file)))
    if not any(isinstance(one, Release) for one in found):
        raise FileError(_nothing(found))
    publisher = next((one.publisher for one in found if isinstance(one, Release) and one.publisher), "")
    yield Head(f"{slug(publisher or 'unnamed')}-{slug(path.name.split('.')[0])}", None, _newest(found))
    yield from [one for one in found if isinstance(one, Refusal)]
    for release in merged(one for one in found if isinstance(one, Release)):
        try:
            yield from list(_read(release))
        except RecordError as error:
            yield Refusal(release.line, error.column, error.value, error.reason)


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
    unnamed = unnamed_in(values)
    tender, buyer = _object(values, "tender"), _object(values, "buyer")
    currency, tendered = money_of(_object(tender, "value"), "tender/value")
    other, budgeted = money_of(
        _object(_object(_object(values, "planning"), "budget"), "amount"), "planning/budget"
    )
    yield from _rounded(_object(tender, "value"), tendered, line, "tender/value")
    if currency and other and other != currency:
        yield Note("another_currency", line, f"{budgeted} {other}", "planning/budget")
        budgeted = None
    yield OpenProcessRecord(
        line=line,
        ocid=_ocid(values),
        publisher=release.publisher[:255],
        title=covered(words(tender, "title"), unnamed),
        buyer=words(buyer, "name") or words(_object(tender, "procuringEntity"), "name"),
        method=(words(tender, "procurementMethodDetails") or words(tender, "procurementMethod"))[:120],
        status=words(tender, "status")[:80],
        released_on=release.day,
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
    awards = {str(one.get("id", "")): one for one in objects(release.values, "awards")}
    for number, one in enumerate(objects(release.values, member), start=1):
        own = one.get("suppliers") or awards.get(str(one.get("awardID", "")), {}).get("suppliers")
        names, others = named_and_unnamed(supplier_names(own, release.values))
        value = _object(one, "value")
        currency, amount = money_of(value, f"{member}/value")
        yield from _rounded(value, amount, release.line, f"{member}/value")
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
            decided_on=day_of(one.get(day)),
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
        raise RecordError(member, str(amount)[:60], Reason(gettext_noop("The amount is no number.")))
    if abs(Decimal(amount)) >= 10**18:
        raise RecordError(
            member, str(amount)[:60], Reason(gettext_noop("The amount is larger than any real one."))
        )
    exact = Decimal(amount).quantize(FINEST)
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        sentence = gettext_noop("The amount has no currency of three letters.")
        raise RecordError(member, currency[:60], Reason(sentence))
    return currency, exact


def day_of(value: Any) -> date | None:
    """The day of a date as OCDS writes it, `2015-12-30T00:00:00-06:00`; None for anything else."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _ocid(values: Mapping[str, Any]) -> str:
    ocid = words(values, "ocid")
    if not ocid or len(ocid) > 255:
        raise RecordError("ocid", ocid[:60], Reason(gettext_noop("The process has no id (ocid).")))
    return ocid


def _object(values: Mapping[str, Any], member: str) -> Mapping[str, Any]:
    found = values.get(member)
    return found if isinstance(found, dict) else {}
