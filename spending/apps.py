"""The published facts, and the questions one may ask of them."""

from django.apps import AppConfig


class SpendingConfig(AppConfig):
    """The room of the facts."""

    name = "spending"
