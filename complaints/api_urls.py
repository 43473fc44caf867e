"""The addresses at which machines speak of complaints."""

from django.urls import path

from . import figures
from .api import AcknowledgementsView, ComplaintsView

app_name = "complaints_api"

urlpatterns = [
    path("", ComplaintsView.as_view(), name="file"),
    path("acknowledgements/", AcknowledgementsView.as_view(), name="acknowledgements"),
    path("statistics/", figures.StatisticsView.as_view(), name="statistics"),
    path("progress.csv", figures.progress_csv, name="progress_csv"),
    path("statistics.csv", figures.as_csv, name="statistics_csv"),
]
