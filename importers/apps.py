"""How published files become facts."""

from django.apps import AppConfig


class ImportersConfig(AppConfig):
    """The room of the importers."""

    name = "importers"
