"""The addresses at which machines speak of complaints."""

from django.urls import path

from .api import AcknowledgementsView, ComplaintsView

app_name = "complaints_api"

urlpatterns = [
    path("", ComplaintsView.as_view(), name="file"),
    path("acknowledgements/", AcknowledgementsView.as_view(), name="acknowledgements"),
]
