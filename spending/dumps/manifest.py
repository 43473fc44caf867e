"""What a dump says of itself: its files, editions, columns, headline figures. Plain values; no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

import simplejson

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.sig"
KEY = "key.pub"
PACKAGE = "datapackage.json"
ROWS = "rows"
"""The measure of a headline that counts rows instead of adding up a column."""


@dataclass(frozen=True, slots=True)
class DumpedFile:
    """One file: where it lies in the dump, which rows it holds, its bytes and their SHA-256.

    `edition` is empty for registers, which belong to no edition. `totals` are the sums of its columns of
    money, in baht; `currencies` those of the rows of each currency, where rows name their own.
    """

    path: str
    resource: str
    edition: str
    rows: int
    bytes: int
    sha256: str
    totals: Mapping[str, Decimal] = field(default_factory=dict)
    currencies: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure that a page of the site shows: the sum of a column over the rows that hold these values, or
    (`rows`) how many such rows there are.

    `where` maps columns to values as text; "-" stands for an empty cell. `page` is the address of the page.
    """

    resource: str
    measure: str
    where: Mapping[str, str]
    amount: Decimal
    page: str

    @property
    def amount_text(self) -> str:
        """The figure as text: a count of rows as a whole number, baht with two decimals."""
        return str(int(self.amount)) if self.measure == ROWS else as_text(self.amount)


@dataclass(frozen=True, slots=True)
class Manifest:
    """A whole dump. `editions`, `columns` and `coverage` are what the site says of them, as JSON has it:
    `coverage` of each year's budget act, how much of it the published lines come to.
    """

    made_at: str
    files: tuple[DumpedFile, ...]
    headlines: tuple[Headline, ...]
    editions: tuple[Mapping[str, Any], ...] = ()
    columns: Mapping[str, Any] = field(default_factory=dict)
    coverage: tuple[Mapping[str, Any], ...] = ()

    def as_json(self) -> str:
        """The manifest as text: amounts as text with two decimals or more, so that no reader rounds them."""
        values = {
            "made_at": self.made_at,
            "unit": "baht",
            "currency": "THB",
            "editions": list(self.editions),
            "files": [_as_json(one) for one in self.files],
            "columns": dict(self.columns),
            "coverage": list(self.coverage),
            "headlines": [asdict(one) | {"amount": one.amount_text} for one in self.headlines],
        }
        return str(simplejson.dumps(values, ensure_ascii=False, indent=1)) + "\n"


def read_manifest(text: str) -> Manifest:
    """The manifest of a dump. Raises ValueError, KeyError or TypeError if the text is none."""
    values = simplejson.loads(text)
    return Manifest(
        made_at=values["made_at"],
        files=tuple(_file(one) for one in values["files"]),
        headlines=tuple(Headline(**one | {"amount": Decimal(one["amount"])}) for one in values["headlines"]),
        editions=tuple(values["editions"]),
        columns=values["columns"],
        coverage=tuple(values.get("coverage", ())),
    )


def _file(values: Mapping[str, Any]) -> DumpedFile:
    currencies = {code: _amounts(totals) for code, totals in values.get("currencies", {}).items()}
    return DumpedFile(**{**values, "totals": _amounts(values["totals"]), "currencies": currencies})


def _amounts(texts: Mapping[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(amount) for name, amount in texts.items()}


def _as_json(file: DumpedFile) -> dict[str, Any]:
    """A file as the manifest has it; the currencies only where rows name their own."""
    values = asdict(file) | {"totals": as_texts(file.totals)}
    del values["currencies"]
    currencies = {code: as_texts(totals) for code, totals in file.currencies.items()}
    return values | ({"currencies": currencies} if currencies else {})


def as_text(amount: Decimal) -> str:
    """An amount with two decimals, or with as many as it has."""
    parts: Any = amount.normalize().as_tuple()
    return f"{amount:.{max(2, -parts.exponent)}f}"


def as_texts(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: as_text(amount) for name, amount in amounts.items()}


def sums_text(files: Iterable[tuple[str, str]]) -> str:
    """The lines of `SHA256SUMS`, as `sha256sum --check` reads them, of (path, hash)."""
    return "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(files))
