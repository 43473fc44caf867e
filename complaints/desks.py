"""The desks of the state that take complaints about public money, and how to reach them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Desk:
    """One body that takes complaints: its name, what it is competent for, its hotline and its site."""

    name: str | Promise
    takes: str | Promise
    hotline: str
    site: str


DESKS = (
    Desk(
        _("Office of Public Sector Anti-Corruption Commission (PACC, ป.ป.ท.)"),
        _("corruption and misconduct of officials of the executive branch"),
        "1206",
        "pacc.go.th",
    ),
    Desk(
        _("National Anti-Corruption Commission (NACC, ป.ป.ช.)"),
        _("corruption and unusual wealth of politicians, judges and high officials"),
        "1205",
        "nacc.go.th",
    ),
    Desk(
        _("State Audit Office (SAO, สตง.)"),
        _("irregular use of public money, within five years; no suspect need be named"),
        "",
        "complaint.audit.go.th",
    ),
    Desk(
        _("Ombudsman (ผู้ตรวจการแผ่นดิน)"),
        _("unfairness because an office did not follow the law, or went beyond its powers"),
        "1676",
        "ombudsman.go.th",
    ),
    Desk(
        _("Government contact centre 1111"),
        _("poor service and grievances without suspicion of corruption"),
        "1111",
        "1111.go.th",
    ),
)
