"""What money is for: plans, outputs and projects, expenditure categories."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .search import SearchKeyField

PATH_SEPARATOR = "/"  # between the names of a category path; a slash inside a published name becomes U+2215


class Plan(models.Model):
    """A budget plan (แผนงาน) of the budget book, shared by the agencies that spend under it."""

    name = models.CharField(max_length=255, unique=True, help_text=_("Name of the plan, as published."))
    cross_cutting = models.BooleanField(
        default=False, help_text=_("Whether it is an integrated plan (แผนงานบูรณาการ) across ministries.")
    )
    search_key = SearchKeyField(of=("name",))

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """An output (ผลผลิต) or a project (โครงการ) under a plan."""

    class Kind(models.TextChoices):
        OUTPUT = "output", _("output")
        PROJECT = "project", _("project")

    kind = models.CharField(max_length=8, choices=Kind, help_text=_("Whether it is an output or a project."))
    name = models.TextField(help_text=_("Name of the output or project, as published."))
    search_key = SearchKeyField(of=("name",))

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "activities"
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="one_activity_of_a_name")]

    def __str__(self) -> str:
        return self.name


class CategoryQuerySet(models.QuerySet["Category"]):
    def at_or_below(self, path: str) -> CategoryQuerySet:
        """A category and all below it."""
        return self.filter(models.Q(path=path) | models.Q(path__startswith=f"{path}{PATH_SEPARATOR}"))


class Category(models.Model):
    """An expenditure category: one of the five budget types, or a finer step below one of them."""

    path = models.TextField(
        unique=True, help_text=_("The names from the budget type down to this category, joined by '/'.")
    )
    name = models.TextField(help_text=_("Name of this category, as published."))
    level = models.PositiveSmallIntegerField(help_text=_("Depth: 1 is the budget type."))
    search_key = SearchKeyField(of=("path",))

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name
