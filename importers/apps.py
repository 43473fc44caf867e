"""How published files become facts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from spending.labels import give_labels

from .labels import LABELS


class ImportersConfig(AppConfig):
    """The room of the importers."""

    name = "importers"
    verbose_name = _("Loading of files")

    def ready(self) -> None:
        """Call its tables and fields by the words of the workbench."""
        give_labels(self, LABELS)
