"""The room that puts the others together, as Django knows it."""

from django.apps import AppConfig


class ConfigAppConfig(AppConfig):
    """Holds the commands an operator types and the migration that installs the task queue."""

    name = "config"
    label = "config"
    verbose_name = "configuration"
    default_auto_field = "django.db.models.BigAutoField"
