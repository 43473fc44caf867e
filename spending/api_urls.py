"""The addresses of the API, made from the registers of resources and of kinds of files."""

from django.urls import path, re_path

from .api import BreakdownView, DownloadView, ListView, RootView, SeriesView, UnknownView
from .api_differences import KINDS, DifferencesFileView, DifferencesView
from .api_ocds import OcdsView
from .api_records import RECORDS, RecordView
from .api_search import SearchView
from .downloads import FORMS
from .openapi import SchemaView
from .reconciliation_api import FILES, ReconciliationFileView, ReconciliationView
from .resources import RESOURCES

app_name = "api"

urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("search/", SearchView.as_view(), name="search"),
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
]
for name, resource in RESOURCES.items():
    urlpatterns += [
        path(f"{name}/", ListView.as_view(resource=resource), name=name),
        *(
            path(f"{name}.{kind}", DownloadView.as_view(resource=resource, form=form), name=f"{name}-{kind}")
            for kind, form in FORMS.items()
        ),
    ]
    if resource.filter.dimensions:
        urlpatterns += [
            path(f"{name}/breakdown", BreakdownView.as_view(resource=resource), name=f"{name}-breakdown"),
            path(f"{name}/series", SeriesView.as_view(resource=resource), name=f"{name}-series"),
        ]
urlpatterns += [
    path(record.address, RecordView.as_view(record=record, resource=record.resource), name=f"{name}-record")
    for name, record in RECORDS.items()
]
urlpatterns += [
    path("ocds/releases/", OcdsView.as_view(), name="ocds-releases"),
    path("ocds/records/", OcdsView.as_view(records=True), name="ocds-records"),
]
urlpatterns.append(re_path("^(?!docs/)", UnknownView.as_view()))
