"""How long each step may take, and which days nobody works: data that staff keep up to date."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .desks import Grade


class Clock(models.Model):
    """One limit of time: the step it watches, how many days it may take, and who says so."""

    class Step(models.TextChoices):
        READ = "read", _("a person reads the complaint")
        DECIDE = "decide", _("the competent body is confirmed, or the citizen asked")
        ACCEPT = "accept", _("the body accepts it: reminder")
        ACCEPT_LATE = "accept_late", _("the body accepts it: a second letter")
        ACCEPT_MISSING = "accept_missing", _("the body accepts it: another way is chosen")
        TELL = "tell", _("the citizen hears from us")
        PUT_AWAY = "put_away", _("a closed case is put away")
        REMOVE = "remove", _("everything sealed is removed from a closed case")

    step = models.CharField(max_length=16, choices=Step, unique=True, help_text=_("What is watched."))
    days = models.PositiveSmallIntegerField(help_text=_("How many days it may take."))
    warn_days = models.PositiveSmallIntegerField(
        default=3, help_text=_("How many days before the end it is shown as due soon.")
    )
    in_working_days = models.BooleanField(
        default=False,
        help_text=_("Whether weekends and holidays are left out of the count; else only the end waits."),
    )
    source = models.CharField(max_length=300, help_text=_("Law, rule or decision that says so."))
    grade = models.CharField(max_length=12, choices=Grade, help_text=_("How sure it is."))

    class Meta:
        ordering = ["days", "step"]
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=1), name="clock_runs_a_day_at_least"),
        ]

    def __str__(self) -> str:
        return str(self.get_step_display())


class Holiday(models.Model):
    """One day on which offices of the state are closed, besides Saturdays and Sundays."""

    day = models.DateField(unique=True, help_text=_("The day."))
    name = models.CharField(max_length=120, help_text=_("Name in Thai."))
    name_en = models.CharField(max_length=120, help_text=_("Name in English."))
    grade = models.CharField(max_length=12, choices=Grade, help_text=_("How sure it is."))

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
