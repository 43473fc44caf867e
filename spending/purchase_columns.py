"""The columns of projects and contracts: the same in CSV, XLSX, JSON lines and the API's rows."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as _

from .columns import ORIGIN, YEARS, Column, own, part


def _joined(name: str, attribute: str, means: str) -> Column:
    """A column of the agency that the department is, or of its ministry; empty where it is joined to none."""
    path = ["agency", *attribute.split(".")]

    def value(fact: Any) -> Any:
        found = fact.buyer
        for step in path:
            found = None if found is None else getattr(found, step)
        return found

    return Column(name, value, means, "__".join(["buyer", *path]))


BUYER = (
    part("buyer_code", "buyer.code", _("the buying department as it stands in addresses")),
    part("buyer", "buyer.name", _("name of the buying department")),
    _joined("agency_code", "code", _("code of the agency of the budget that the department is, where known")),
    _joined("agency", "name", _("name of that agency")),
    _joined("ministry_code", "ministry.code", _("code of the ministry of that agency")),
    _joined("ministry", "ministry.name", _("name of that ministry")),
)
HOW = (
    own("kind", _("type: goods, services, construction, rent, …, as published")),
    own("method", _("method of purchase, as published")),
)
PLACE = (part("province", "province.name", _("province; empty where it is not specified")),)

PROJECT = (
    Column("project", lambda fact: fact.number, _("published project number"), "number"),
    *YEARS,
    own("name", _("title of the purchase; persons named in it left out")),
    *HOW,
    *BUYER,
    own("buyer_unit", _("unit of the department")),
    *PLACE,
    own("district", _("district")),
    own("subdistrict", _("subdistrict")),
    own("announced_on", _("day of the announcement")),
    own("recorded_on", _("day of the record in e-GP")),
    own("status", _("state, as published")),
    own("budget", _("money set aside in baht, once for the project")),
    own("reference_price", _("reference price (ราคากลาง) in baht")),
    own("agreed_price", _("sum agreed with all winners in baht")),
    *ORIGIN,
)
CONTRACT = (
    Column(
        "project", lambda fact: fact.project_number, _("published number of the project"), "project_number"
    ),
    own("contract_no", _("number of the contract, as the department gave it")),
    *YEARS,
    *HOW,
    *BUYER,
    *PLACE,
    own("district", _("district")),
    Column(
        "winner",
        lambda fact: fact.winner_kind,
        _("numbered (known by a tax id), unnumbered (by name alone), person (never named) or unknown"),
        "winner_kind",
    ),
    part(
        "supplier_code", "supplier.code", _("the winner as it stands in addresses: its tax id, else its name")
    ),
    part(
        "supplier_tax_id", "supplier.tax_id", _("13-digit tax id of the winner; empty where none is usable")
    ),
    part("supplier", "supplier.name", _("name of the winner; empty for natural persons")),
    own("signed_on", _("day on which the contract was signed")),
    own("ends_on", _("day on which the contract ends")),
    own("status", _("state, as published")),
    own("amount", _("amount of the contract in baht")),
    *ORIGIN,
)
