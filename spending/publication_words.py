"""A publication in words: which edition it is, what it is to the one before, and what it changed."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .datasets import part_title, title_of
from .publications import Publication, Step

STEPS = {
    Step.FIRST: gettext_lazy("first published"),
    Step.NEWER: gettext_lazy("newer figures"),
    Step.CORRECTION: gettext_lazy("correction"),
    Step.EARLIER: gettext_lazy("earlier figures, published later"),
}


def title(one: Publication) -> str:
    """Which edition it is."""
    edition = one.edition
    return f"{title_of(edition.dataset)} · {part_title(edition.dataset, edition.part)}"


def sentence(one: Publication) -> str:
    """What a publication is, and what it changed, in words."""
    said = [str(STEPS[one.step]), _("figures of %(day)s") % {"day": one.edition.as_of.isoformat()}]
    if not _in_baht(one):
        return " · ".join([*said, _("%(rows)s rows") % {"rows": one.edition.rows}])
    said.append(_("%(rows)s rows, %(total)s baht") % {"rows": one.edition.rows, "total": one.edition.total})
    if one.more_rows is not None and one.more_money is not None:
        words = _("rows %(rows)+d, baht %(money)+.2f against the edition before")
        said.append(words % {"rows": one.more_rows, "money": one.more_money})
    return " · ".join(said)


def _in_baht(one: Publication) -> bool:
    """Whether the rows are amounts in baht at all: indices, places and other currencies are not."""
    return bool(one.edition.total or (one.before is not None and one.before.total))
