"""The addresses of the API, made from the register of resources."""

from django.urls import path, re_path

from .api import (
    FORMATS,
    BreakdownView,
    DownloadView,
    EditionsView,
    ListView,
    RootView,
    SeriesView,
    UnknownView,
    view_of,
)
from .resources import RESOURCES

app_name = "api"

urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("editions/", EditionsView.as_view(), name="editions"),
]
for name, resource in RESOURCES.items():
    urlpatterns += [
        path(f"{name}/", view_of(ListView, resource), name=name),
        *(
            path(f"{name}.{kind}", view_of(DownloadView, resource), {"kind": kind}, name=f"{name}-{kind}")
            for kind in FORMATS
        ),
    ]
    if resource.filter.dimensions:
        urlpatterns += [
            path(f"{name}/breakdown", view_of(BreakdownView, resource), name=f"{name}-breakdown"),
            path(f"{name}/series", view_of(SeriesView, resource), name=f"{name}-series"),
        ]
urlpatterns.append(re_path(".*", UnknownView.as_view()))
