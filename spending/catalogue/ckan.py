"""A data set in the fields of Thai government catalogues (CKAN with the extension thai_gdc, as at data.go.th
and gdcatalog.go.th): what their `package_create` and `package_update` take.

Field names and choices are those of the standard that the Digital Government Development Agency and the
National Statistical Office set; choices are Thai words whatever the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import localdate

from ..fiscal import buddhist, fiscal_year_of
from .describing import Described, Distribution, site_name
from .register import Frequency

Json = dict[str, Any]
OTHER = "อื่นๆ"
RECORDS, STATISTICS = "ข้อมูลระเบียน", "ข้อมูลสถิติ"
OF_STATISTICS = {"reference-totals"}  # resources whose rows are totals in baht, not records
FREQUENCIES: Mapping[Frequency, str] = {
    Frequency.WEEKLY: "สัปดาห์",
    Frequency.ANNUAL: "ปี",
    Frequency.IRREGULAR: OTHER,
    Frequency.NEVER: "ไม่มีการปรับปรุงหลังจากการจัดเก็บข้อมูล",
}
NOW_AND_THEN = "เป็นครั้งคราว เมื่อผู้เผยแพร่ออกข้อมูลใหม่"
FINEST: Mapping[str, str] = {
    "areas": "ตำบล",
    "bbgfproject": "จังหวัด",
    "cgd_weekly": "จังหวัด",
    "act_local_budgets": "จังหวัด",
    "lamphun_pao_budgets": "จังหวัด",
    "reference_series": "จังหวัด",
}
"""The finest areas that rows of a data set are told by, where that is finer than the country."""
LICENCES: Mapping[str, str] = {
    "Creative Commons Attribution": "Creative Commons Attributions",
    "CC BY 4.0": "Creative Commons Attributions",
}
FORMATS: Mapping[str, str] = {"CSV": "CSV", "JSON": "JSON", "XLSX": "XLS", "XLS": "XLS", "PDF": "PDF"}
CONDITION = "เปิดให้ทุกคนดาวน์โหลดและใช้ได้โดยไม่ต้องลงทะเบียน ตามเงื่อนไขของผู้เผยแพร่ โปรดอ้างอิงแหล่งที่มา"


def package(one: Described, contact: str = "") -> Json:
    """The data set as a package, without `owner_org`, which only whoever posts it knows; `contact` is an
    e-mail address, which catalogues require, or "".
    """
    return {
        "name": f"where-do-my-taxes-go-{one.name.replace('_', '-')}",
        "title": one.title["th"],
        "notes": one.means["th"],
        "tag_string": ",".join(one.keywords["th"]),
        "maintainer": site_name("th"),
        **({"maintainer_email": contact} if contact else {}),
        "url": one.address,
        "objective": ["เพื่อการให้บริการประชาชน"],
        **_frequency(one.frequency),
        "geo_coverage": FINEST.get(one.name, "ประเทศ") if one.subject.is_thai else "โลก",
        "data_source": ", ".join(one.publishers),
        **_formats(one.distributions),
        "data_category": "ข้อมูลสาธารณะ",
        **_licence(one.licence),
        "accessible_condition": CONDITION,
        "data_language": ["ไทย"],
        "last_updated_date": localdate(one.modified).isoformat(),
        **_of_its_type(one),
        "resources": [_resource(way, one) for way in one.distributions],
    }


def _frequency(frequency: Frequency) -> Json:
    unit = FREQUENCIES[frequency]
    if unit == OTHER:
        return {"update_frequency_unit": OTHER, "update_frequency_unit_other": NOW_AND_THEN}
    if frequency is Frequency.NEVER:
        return {"update_frequency_unit": unit}
    return {"update_frequency_unit": unit, "update_frequency_interval": "1"}


def _formats(ways: tuple[Distribution, ...]) -> Json:
    """The formats by the names of the choices; others are named beside them."""
    named = sorted({FORMATS[way.format] for way in ways if way.format in FORMATS})
    others = sorted({way.format for way in ways if way.format not in FORMATS})
    more = {"data_format_other": ", ".join(others)} if others else {}
    return {"data_format": [*named, *([OTHER] if others else [])], **more}


def _licence(licence: str) -> Json:
    """The terms, where they are one of the choices; else in the publisher's words."""
    if licence in LICENCES:
        return {"license_id": LICENCES[licence]}
    return {"license_id": OTHER, "license_id_other": licence}


def _of_its_type(one: Described) -> Json:
    """What is asked of records, or of statistics."""
    resources = {resource for resource, _query in one.subject.resources}
    if not resources or not resources <= OF_STATISTICS:
        return {"data_type": RECORDS, "created_date": localdate(one.issued).isoformat()}
    found = {"data_type": STATISTICS, "unit_of_measure": "บาท", "unit_of_multiplier": "หน่วย"}
    if one.first and one.last:
        found["first_year_of_data"] = str(buddhist(fiscal_year_of(one.first)))
        found["last_year_of_data"] = str(buddhist(fiscal_year_of(one.last)))
    return found


def _resource(way: Distribution, one: Described) -> Json:
    """A way to have the rows; its bytes and hash where the file lies still."""
    still = {"size": way.bytes, "hash": way.sha256} if way.sha256 else {}
    return {
        "url": way.download or way.access,
        "name": way.title,
        "format": way.format,
        "mimetype": way.media_type,
        "resource_accessible_condition": CONDITION,
        "resource_last_updated_date": localdate(one.modified).isoformat(),
        **still,
    }
