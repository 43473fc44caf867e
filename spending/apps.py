"""The published facts, and the questions one may ask of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from .labels import LABELS, give_labels


class SpendingConfig(AppConfig):
    """The room of the facts."""

    name = "spending"
    verbose_name = _("Published spending")

    def ready(self) -> None:
        """Call its tables and fields by the words of the workbench."""
        give_labels(self, LABELS)
