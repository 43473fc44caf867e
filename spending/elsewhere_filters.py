"""Queries on what other publishers in the world publish, each amount in its own currency.

Rows of all currencies are listed; a sum is made in one currency alone, of one stage of purchases or of one
figure of one package, so that nothing is added up that is not of a kind. What two files of a publisher tell
of counts once, as the file loaded last tells it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext as _

from .breakdowns import NONE_CODE, Dimension
from .filters import BadQuery, Filter
from .models import OpenContract, OpenProcess, PackageFigure


class ElsewhereFilter(Filter):
    """What these queries have in common; `-` asks for what the files do not say."""

    in_baht = False
    needed: ClassVar[tuple[str, ...]] = ()  # the words without which there is no sum

    @classmethod
    def takes(cls) -> tuple[str, ...]:
        return ("as_of", "by", "measure", *cls.lookups, *cls.words)

    @property
    def currency(self) -> str | None:
        """The currency of all amounts; None where each row names its own."""
        return self.values.get("currency")

    def facts(self, *by: Dimension) -> Any:
        """The rows of a sum. Raises BadQuery where the sum would be of several kinds."""
        for name in self.needed:
            if name not in self.values:
                words = _("A sum is of one %(name)s: say which. Amounts of several are never added up.")
                raise BadQuery(name, words % {"name": name})
        return self.lines()

    @classmethod
    def of_edition(cls, edition: Any) -> Any:
        return cls({}).lines().filter(edition=edition)

    def _filtered(self, facts: Any) -> Any:
        facts = self._told_last(self._answering(facts))
        for name, column in self.lookups.items():
            if name in self.values:
                wanted = self.values[name]
                facts = facts.filter(**{column: "" if wanted == NONE_CODE else wanted})
        return facts

    def _told_last(self, facts: Any) -> Any:
        """Without the rows of processes of which a file loaded later tells too."""
        later = self._answering(OpenProcess.objects.order_by()).filter(
            ocid=OuterRef("ocid"), publisher=OuterRef("publisher"), edition_id__gt=OuterRef("edition_id")
        )
        return facts.filter(~Exists(later))


class OpenProcessFilter(ElsewhereFilter):
    """A query on contracting processes of other publishers."""

    lookups: ClassVar[Mapping[str, str]] = {
        "publisher": "publisher",
        "currency": "currency",
        "ocid": "ocid",
        "buyer": "buyer",
        "method": "method",
        "status": "status",
    }
    words = ("from", "until")
    needed = ("currency",)
    dimensions = (Dimension.PUBLISHER, Dimension.BUYER, Dimension.METHOD, Dimension.STATUS)
    measures = ("tendered", "budgeted")
    model = OpenProcess
    datasets = ("ocds",)
    day = "released_on"


class OpenContractFilter(ElsewhereFilter):
    """A query on awards and contracts of other publishers. They are not added up: one follows the other."""

    lookups: ClassVar[Mapping[str, str]] = {
        "publisher": "publisher",
        "currency": "currency",
        "ocid": "ocid",
        "stage": "stage",
        "status": "status",
    }
    words = ("from", "until")
    needed = ("currency", "stage")
    dimensions = (Dimension.PUBLISHER, Dimension.SUPPLIER, Dimension.STATUS)
    model = OpenContract
    datasets = ("ocds",)
    day = "decided_on"


class PackageFigureFilter(ElsewhereFilter):
    """A query on figures of Fiscal Data Packages; `dimension` names what a package says of its amounts."""

    lookups: ClassVar[Mapping[str, str]] = {
        "publisher": "publisher",
        "package": "package",
        "figure": "measure",
        "currency": "currency",
        "direction": "direction",
        "phase": "phase",
    }
    words = ("dimension", "value")
    needed = ("package", "figure", "currency")
    dimensions = (Dimension.OF_PACKAGE, Dimension.DIRECTION, Dimension.PHASE)
    model = PackageFigure
    datasets = ("fiscal_packages",)

    def facts(self, *by: Dimension) -> Any:
        if Dimension.OF_PACKAGE in by and "dimension" not in self.values:
            raise BadQuery("dimension", _("Say by which dimension of the package; its rows name them."))
        rows = super().facts(*by)
        if "publisher" not in self.values:
            named = self.lines().order_by().values_list("publisher", flat=True).distinct()[:2]
            if len(named) > 1:
                words = _("Several publishers have a package of that name: say whose (publisher).")
                raise BadQuery("publisher", words)
        return rows

    def _filtered(self, facts: Any) -> Any:
        facts = super()._filtered(facts)
        if "value" in self.values and "dimension" not in self.values:
            raise BadQuery("dimension", _("Say of which dimension of the package this is a value."))
        if "dimension" not in self.values:
            return facts
        facts = facts.annotate(dimension_value=KeyTextTransform(self.values["dimension"], "dimensions"))
        if "value" not in self.values:
            return facts
        wanted = self.values["value"]
        return facts.filter(dimension_value="" if wanted == NONE_CODE else wanted)

    def _told_last(self, facts: Any) -> Any:
        return facts  # a package is one part, of which one edition answers
