"""The addresses of the API, made from the registers of resources and of kinds of files."""

from collections.abc import Iterator, Sequence

from django.urls import URLPattern, URLResolver, include, path, re_path

from .api import BreakdownView, DownloadView, ListView, RootView, SeriesView, UnknownView
from .api_compare import CompareView
from .api_differences import KINDS, DifferencesFileView, DifferencesView
from .api_ocds import OcdsView
from .api_records import RECORDS, RecordView
from .api_search import SearchView
from .api_taxes import TaxesView
from .downloads import FORMS
from .openapi import SchemaView
from .reconciliation_api import FILES, ReconciliationFileView, ReconciliationView
from .resources import RESOURCES, Resource

app_name = "api"

urlpatterns: list[URLPattern | URLResolver] = []


def of_resource(resource: Resource) -> list[URLPattern]:
    """The addresses of one resource behind its name: its rows, its sums, one record."""
    name, shape = resource.name, resource.filter
    found = [path("", ListView.as_view(resource=resource), name=name)]
    if shape.dimensions:
        found.append(path("breakdown", BreakdownView.as_view(resource=resource), name=f"{name}-breakdown"))
    if shape.dimensions and shape.in_baht:
        found.append(path("series", SeriesView.as_view(resource=resource), name=f"{name}-series"))
    if name in RECORDS:
        record = RECORDS[name]
        view = RecordView.as_view(record=record, resource=resource)
        found.append(path(record.address.removeprefix(f"{name}/"), view, name=f"{name}-record"))
    return found


for name, resource in RESOURCES.items():
    urlpatterns.append(path(f"{name}/", include(of_resource(resource))))
urlpatterns += [
    path(f"{name}.{kind}", DownloadView.as_view(resource=resource, form=form), name=f"{name}-{kind}")
    for name, resource in RESOURCES.items()
    for kind, form in FORMS.items()
]
urlpatterns += [
    path("", RootView.as_view(), name="root"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("search/", SearchView.as_view(), name="search"),
    path("compare/", CompareView.as_view(), name="compare"),
    *(path(f"compare.{kind}", CompareView.as_view(kind=kind), name=f"compare-{kind}") for kind in FORMS),
    path("differences/", DifferencesView.as_view(), name="differences"),
    *(
        path(f"differences.{kind}", DifferencesFileView.as_view(kind=kind), name=f"differences-{kind}")
        for kind in KINDS
    ),
    path("reconciliation/", ReconciliationView.as_view(), name="reconciliation"),
    *(
        path(
            f"reconciliation.{kind}",
            ReconciliationFileView.as_view(kind=kind),
            name=f"reconciliation-{kind}",
        )
        for kind in FILES
    ),
    path("taxes/", TaxesView.as_view(), name="taxes"),
    *(path(f"taxes.{kind}", TaxesView.as_view(kind=kind), name=f"taxes-{kind}") for kind in FORMS),
    path("ocds/releases/", OcdsView.as_view(), name="ocds-releases"),
    path("ocds/records/", OcdsView.as_view(records=True), name="ocds-records"),
]
urlpatterns.append(re_path("^(?!docs/)", UnknownView.as_view()))


def addresses(patterns: Sequence[URLPattern | URLResolver] = urlpatterns, start: str = "") -> Iterator[str]:
    """The patterns of all addresses behind `/api/v1/` that answer something."""
    for one in patterns:
        address = start + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, address)
        elif one.name:
            yield address
