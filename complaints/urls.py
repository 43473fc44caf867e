"""The addresses of complaints: they stay the same whatever stands behind them."""

from django.urls import path
from django.views.generic import RedirectView

from . import feedback, figures, views

app_name = "complaints"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="complaints:new", query_string=True), name="start"),
    path("new/", views.new, name="new"),
    path("status/", views.status, name="status"),
    path("opinions/", feedback.beside, name="opinions"),
    path("opinions/new/", feedback.new, name="opinion"),
    path("statistics/", figures.page, name="statistics"),
]
