"""The room that puts the others together, as Django knows it."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from config.checks import check_server


class ConfigConfig(AppConfig):
    """Holds the commands an operator types and the migration that installs the task queue."""

    name = "config"
    label = "config"
    verbose_name = _("Running of the site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks of the database server."""
        register(check_server, Tags.database)
