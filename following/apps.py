"""Following what is published."""

from django.apps import AppConfig


class FollowingConfig(AppConfig):
    """The room of the feeds and of the letters to those who follow."""

    name = "following"
