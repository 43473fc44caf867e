"""What speaks for a budget line and a purchase belonging together, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .models import LineCandidate


def said(one: LineCandidate) -> str:
    """What speaks for a pair, in the reader's language."""
    words = {
        "amount_equal": _("equal amounts"),
        "amount_near": _("near amounts (%(seen)s)"),
        "words": _("words in common: %(seen)s"),
        "department": _("the line names the department"),
        "subdistrict": _("the line names %(seen)s"),
        "district": _("the line names %(seen)s"),
        "province": _("the line names %(seen)s"),
    }
    told = [words[reason["word"]] % {"seen": reason["seen"]} for reason in one.reasons]
    return "; ".join(told)
