"""The laws and published practices that rules rest on."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_noop as _

from .base import Basis

IN_FORCE = date(2017, 8, 23)  # the Act and the two regulations under it, all of 23 August 2560

ACT = _("Public Procurement and Supplies Administration Act B.E. 2560 (2017)")
ACT_ADDRESS = "https://www.gprocurement.go.th/"
LIMITS = _("Ministerial Regulation on the limits for the specific method B.E. 2560 (2017)")
LIMITS_ADDRESS = (
    "https://legal.ops.moc.go.th/th/file/get/file/202203083084598b44958fc60240aa7f613910f4133422.pdf"
)
REGULATION = _("Ministry of Finance Regulation on Public Procurement B.E. 2560 (2017)")


def act(place: str) -> Basis:
    """A section of the Act."""
    return Basis(ACT, place, ACT_ADDRESS, is_law=True)


def limits(place: str) -> Basis:
    """A clause of the ministerial regulation that sets the limits of the specific method."""
    return Basis(LIMITS, place, LIMITS_ADDRESS, is_law=True)


def regulation(place: str) -> Basis:
    """A clause of the regulation under the Act."""
    return Basis(REGULATION, place, ACT_ADDRESS, is_law=True)


PRACTICE = Basis(
    _("Published practice: Open Contracting Partnership, Red flags in public procurement (2024)"),
    _("a guide to questions that published data can answer; no law"),
    "https://www.open-contracting.org/resources/"
    "red-flags-in-public-procurement-a-guide-to-using-data-to-detect-and-mitigate-risks/",
)
