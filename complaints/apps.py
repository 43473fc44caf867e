"""What citizens report, and its way to the right desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from spending.labels import give_labels

from .labels import LABELS


class ComplaintsConfig(AppConfig):
    """The room of the complaints."""

    name = "complaints"
    verbose_name = _("Complaints and opinions")

    def ready(self) -> None:
        """Call its tables and fields by the words of the workbench."""
        give_labels(self, LABELS)
