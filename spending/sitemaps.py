"""The permanent addresses, for search engines: each record in both languages, in files of bounded length.

What a query finds has no place here, nor have addresses that may move: a body without a published code, a
supplier without a tax id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Paginator
from django.db.models import Max, QuerySet
from django.urls import reverse

from .contract_codes import codes
from .coverage import book_years
from .flags.register import RULES
from .models import (
    Agency,
    Allocation,
    Commitment,
    Contract,
    Edition,
    LocalBudget,
    Project,
    ProjectDisbursement,
    Province,
    Supplier,
)
from .obligations import promising_books
from .overview import years_known
from .purchase_filters import DATASETS as PURCHASES
from .purchases import purchase_years

CHANGED = "edition__published_at"
WITHOUT_FIGURES = (
    "about",
    "accessibility",
    "privacy",
    "api_docs",
    "api_migration",
    "dictionary",
    "data_tables",
)
WITH_FIGURES = (
    "home", "agencies", "compare", "provinces", "suppliers", "flags", "differences", "elsewhere", "data",
    "sources", "changes", "dumps",
)  # fmt: skip


class InEachLanguage(Sequence[tuple[Any, str]]):
    """A query's rows, each once for each language, of which a slice reads no more rows than it shows."""

    def __init__(self, sitemap: Records) -> None:
        self.sitemap = sitemap
        self.rows = sitemap.items()
        self.languages = [code for code, _name in settings.LANGUAGES]

    def __len__(self) -> int:
        return int(self.rows.count()) * len(self.languages)

    def __getitem__(self, wanted: Any) -> Any:
        many = len(self.languages)
        rows = self.sitemap.read(self.rows[wanted.start // many : wanted.stop // many])
        return [(row, language) for row in rows for language in self.languages]


class Records(Sitemap):
    """The pages of one kind of record. A row is what its address is made of and, last, when it changed."""

    i18n = alternates = x_default = True
    limit = 2_000  # addresses in a file: whole records, far below the 50,000 and 50 MB of the protocol
    view = ""

    def items(self) -> Any:
        """The query of the records, in an order that stays."""
        raise NotImplementedError  # each kind of record has its own

    def read(self, rows: QuerySet[Any, Any]) -> Iterable[tuple[Any, ...]]:
        """The rows of one file."""
        return iter(rows)

    def location(self, item: tuple[Any, ...]) -> str:
        return reverse(f"spending:{self.view}", args=item[:-1])

    def lastmod(self, item: tuple[Any, ...]) -> datetime | None:
        changed: datetime | None = item[-1]
        return changed

    def get_latest_lastmod(self) -> datetime | None:
        return newest()

    @property
    def paginator(self) -> Paginator[Any]:
        return Paginator(InEachLanguage(self), self.limit)


class Pages(Sitemap):
    """The pages that are no record: those that everybody knows, and those of a year."""

    i18n = alternates = x_default = True

    def items(self) -> list[tuple[str, tuple[Any, ...]]]:
        fixed = [(name, ()) for name in (*WITH_FIGURES, *WITHOUT_FIGURES)]
        return [*fixed, *_of_years(), *(("flag_rule", (code,)) for code in RULES)]

    def location(self, item: tuple[str, tuple[Any, ...]]) -> str:
        name, arguments = item
        return reverse(f"spending:{name}", args=arguments)

    def lastmod(self, item: tuple[str, tuple[Any, ...]]) -> datetime | None:
        return None if item[0] in WITHOUT_FIGURES else self.get_latest_lastmod()

    def get_latest_lastmod(self) -> datetime | None:
        self._newest = getattr(self, "_newest", None) or newest()
        return self._newest


class Lines(Records):
    view = "line"

    def items(self) -> Any:
        lines = Allocation.objects.current().order_by("edition", "item_id")
        return lines.values_list("fiscal_year", "item_id", CHANGED)


class PastProjects(Records):
    view = "past_project"

    def items(self) -> Any:
        records = ProjectDisbursement.objects.current().order_by("fiscal_year", "project_code")
        return records.values_list("fiscal_year", "project_code").annotate(changed=Max(CHANGED))


class Purchases(Records):
    view = "project"

    def items(self) -> Any:
        return (
            Project.objects.current().order_by("number").values_list("number").annotate(changed=Max(CHANGED))
        )


class Contracts(Records):
    view = "contract"

    def items(self) -> Any:
        return Contract.objects.current().counted().order_by("project_number", "pk")

    def read(self, rows: QuerySet[Any, Any]) -> Iterable[tuple[Any, ...]]:
        """Number and code: a code is known beside the other contracts of its project."""
        wanted = list(rows.values_list("pk", "project_number", CHANGED))
        beside: dict[str, list[Contract]] = {}
        known = Contract.objects.current().counted().filter(project_number__in={row[1] for row in wanted})
        for contract in known.select_related("supplier"):
            beside.setdefault(contract.project_number, []).append(contract)
        named = {one.pk: code for several in beside.values() for code, one in codes(several).items()}
        return [(number, named[pk], changed) for pk, number, changed in wanted if number]


class Agencies(Records):
    view = "agency"

    def items(self) -> Any:
        known = Agency.objects.filter(code__regex=r"^[0-9A-Z]+$").order_by("code")
        return known.values_list("code")

    def read(self, rows: QuerySet[Any, Any]) -> Iterable[tuple[Any, ...]]:
        return _all_of(rows, newest())


class Provinces(Agencies):
    view = "province"

    def items(self) -> Any:
        return Province.objects.order_by("code").values_list("code")


class Suppliers(Records):
    view = "supplier"

    def items(self) -> Any:
        return Supplier.objects.exclude(tax_id="").order_by("code").values_list("code")

    def read(self, rows: QuerySet[Any, Any]) -> Iterable[tuple[Any, ...]]:
        return _all_of(rows, newest(*PURCHASES))


class Editions(Records):
    view = "edition"

    def items(self) -> Any:
        return Edition.objects.shown().order_by("pk").values_list("pk", "published_at")


SITEMAPS: dict[str, type[Sitemap]] = {
    "pages": Pages,
    "lines": Lines,
    "agencies": Agencies,
    "provinces": Provinces,
    "past-projects": PastProjects,
    "projects": Purchases,
    "contracts": Contracts,
    "suppliers": Suppliers,
    "editions": Editions,
}


def newest(*datasets: str) -> datetime | None:
    """When the newest edition that answers today was published: of these data sets, or of all."""
    editions = Edition.objects.current()
    if datasets:
        editions = editions.filter(dataset__in=datasets)
    found: datetime | None = editions.aggregate(newest=Max("published_at"))["newest"]
    return found


def _all_of(rows: Iterable[tuple[Any, ...]], changed: datetime | None) -> list[tuple[Any, ...]]:
    return [(*row, changed) for row in rows]


def _of_years() -> Iterable[tuple[str, tuple[Any, ...]]]:
    """The pages of each year (Common Era) of which they have something to say."""
    promised = promising_books(Commitment.objects.current())
    past, local = (
        model.objects.current().order_by("fiscal_year").values_list("fiscal_year", flat=True).distinct()
        for model in (ProjectDisbursement, LocalBudget)
    )
    known = {
        ("budget", "lines"): book_years(),
        ("obligations",): promised,
        ("disbursements",): years_known(),
        ("purchases", "projects"): purchase_years(),
        ("past_projects",): past,
        ("local",): local,
    }
    return [(name, (year,)) for names, years in known.items() for year in years for name in names]
