"""The versions of a case's screening sheet, opened; and the signed one as it leaves the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from django.conf import settings

from . import redacting, sealing
from .models import Complaint, ScreeningSheet
from .sheets import Line, Sheet, SignedSheet


def last(case: Complaint, *, is_signed: bool = False) -> ScreeningSheet | None:
    """The latest version of a case, or the latest that a second person signed."""
    sheets = ScreeningSheet.objects.filter(complaint=case).order_by("-version")
    return (sheets.filter(signed_at__isnull=False) if is_signed else sheets).first()


def opened(sheet: ScreeningSheet) -> Sheet:
    """What a version holds. Raises SealError."""
    kept = sealing.unseal_words(sheet.content, settings.COMPLAINT_PRIVATE_KEYS)
    return Sheet(**(kept | {"lines": [Line(**line) for line in kept["lines"]]}))


def for_letter(case: Complaint, kept_back: Sequence[str]) -> SignedSheet | None:
    """The signed sheet without the passages kept back from the body; None where none is signed.

    Raises SealError.
    """
    signed = last(case, is_signed=True)
    if signed is None or signed.signed_at is None:
        return None
    sheet = opened(signed)
    lines = [Line(**redacting.blackened(asdict(line), kept_back)) for line in sheet.lines]
    black = replace(sheet, lines=lines, reason=redacting.blackened(sheet.reason, kept_back))
    return SignedSheet(signed.version, signed.signed_at.isoformat(), black)
