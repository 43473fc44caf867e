"""The provinces, districts and subdistricts with their codes, from the thailand-geography-json project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from ..area_records import AreaRecord
from ..errors import FileError, Reason, RecordError, gettext_noop
from ..parsing import code, text
from ..reading import open_json
from ..records import Entry, Head, Refusal
from .base import Expect, Source
from .provinces import codes_of_provinces

AS_OF = date(2023, 1, 1)  # the files bear no date; the year is that of their licence


class Layer(NamedTuple):
    """One of the three files: the level of its areas, and the members that hold what."""

    level: str
    code: str
    name: str
    name_en: str
    above: tuple[str, ...]  # members with the codes of the areas around, largest first
    digits: int
    postal: bool


LAYERS = (
    Layer(
        "subdistrict",
        "subdistrictCode",
        "subdistrictNameTh",
        "subdistrictNameEn",
        ("provinceCode", "districtCode"),
        6,
        True,
    ),
    Layer("district", "districtCode", "districtNameTh", "districtNameEn", ("provinceCode",), 4, True),
    Layer("province", "provinceCode", "provinceNameTh", "provinceNameEn", (), 2, False),
)


class GeographyAreas(Source):
    """The 77 provinces, 928 districts (in Bangkok เขต) and 7,436 subdistricts (in Bangkok แขวง) of Thailand.

    Three lists of JSON objects, each loaded by itself: a part is a level (`province`, `district`,
    `subdistrict`). An area has the code of the Department of Provincial Administration, which begins
    with the code of the area around it, its name in Thai and English, and a postal code. The list is
    that of github.com/thailand-geography-data/thailand-geography-json (MIT licence, Copyright (c)
    2023-present Joe Takara). The files bear no date; 1 January 2023 stands for one. Lines count the
    objects of the list, from 1.

    An area whose code does not begin with those of the areas it is said to lie in is refused, and so is
    one of a province that nobody knows. The 77 provinces are also known without this source.
    """

    name = "areas"
    dataset = "areas"
    title = "จังหวัด อำเภอ และตำบล พร้อมรหัส"
    title_en = "Provinces, districts and subdistricts with their codes"
    publisher = "thailand-geography-data (ข้อมูลของกรมการปกครอง)"
    licence = "MIT"
    address = "https://github.com/thailand-geography-data/thailand-geography-json"
    cadence = "เมื่อมีการเปลี่ยนแปลงเขตการปกครอง"
    suffixes = (".json", ".zip")
    expects = Expect(rows=range(77, 20_000), refused=Decimal(0))

    def entries(self, path: Path) -> Iterator[Entry]:
        areas = open_json(path)
        layer = _layer(areas)
        yield Head(layer.level, None, AS_OF)
        for line, area in enumerate(areas, start=1):
            try:
                yield _read(line, dict(area), layer)
            except RecordError as error:
                yield Refusal(line, error.column, error.value, error.reason)


def _layer(areas: Any) -> Layer:
    """Which of the three lists this is. Raises FileError if it is none."""
    first = areas[0] if isinstance(areas, list) and areas else None
    if isinstance(first, dict) and all(isinstance(area, dict) for area in areas):
        for layer in LAYERS:
            if layer.code in first:
                return layer
    raise FileError(Reason(gettext_noop("This is no list of provinces, districts or subdistricts.")))


def _read(line: int, area: dict[str, Any], layer: Layer) -> AreaRecord:
    """One area. Raises RecordError."""
    own = code(area.pop(layer.code, None), layer.code, rf"\d{{{layer.digits}}}")
    for member in layer.above:
        around = code(area.pop(member, None), member, r"\d{2,4}")
        if not own.startswith(around):
            sentence = gettext_noop("The code does not begin with %(around)s, the area around it.")
            raise RecordError(layer.code, own, Reason(sentence, around=around))
    if own[:2] not in codes_of_provinces().values():
        raise RecordError(layer.code, own, Reason(gettext_noop("There is no province of this code.")))
    record = AreaRecord(
        line=line,
        code=own,
        name=text(area.pop(layer.name, None), layer.name),
        name_en=text(area.pop(layer.name_en, None), layer.name_en),
        level=layer.level,
        postal_code=code(area.pop("postalCode", None), "postalCode", r"\d{5}") if layer.postal else "",
    )
    area.pop("id", None)  # the place in the list
    _nothing_left(area)
    return record


def _nothing_left(area: Mapping[str, Any]) -> None:
    for member, value in area.items():
        sentence = gettext_noop(
            "The records did not have this member before, so nobody knows yet what it means."
        )
        raise RecordError(member, str(value), Reason(sentence))
