"""What citizens report, and its way to the right desk."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """The room of the complaints."""

    name = "complaints"
