"""Texts that staff keep for what they often write to citizens."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .vocabulary import Outcome


class ReplyTemplate(models.Model):
    """One text kept ready for messages to citizens, in Thai and English; it may be changed before each is
    sent.
    """

    class Use(models.TextChoices):
        QUESTION = "question", _("question to the citizen")
        CLOSING = "closing", _("closing of the case")

    # What it is for
    use = models.CharField(max_length=8, choices=Use, help_text=_("For what it is offered."))
    outcome = models.CharField(
        max_length=20,
        choices=Outcome,
        blank=True,
        help_text=_("Of a closing: the outcome that is chosen along with it."),
    )
    order = models.PositiveSmallIntegerField(default=100, help_text=_("Place in lists, smallest first."))
    is_offered = models.BooleanField(default=True, help_text=_("Whether staff may choose it."))

    # The words
    title = models.CharField(max_length=120, help_text=_("What staff know it by, in Thai."))
    title_en = models.CharField(max_length=120, help_text=_("What staff know it by, in English."))
    text = models.TextField(
        max_length=4_000, help_text=_("What the citizen reads, in Thai. Nothing of any case stands in it.")
    )
    text_en = models.TextField(
        max_length=4_000, help_text=_("What the citizen reads, in English. Nothing of any case stands in it.")
    )

    class Meta:
        ordering = ["-use", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["use", "title"], name="one_template_of_a_title"),
            models.CheckConstraint(
                condition=Q(use="closing") | Q(outcome=""), name="only_a_closing_template_has_an_outcome"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def spoken(self) -> str:
        """Its title in the reader's language."""
        return self.title if get_language() == "th" else self.title_en

    def words_in(self, language: str) -> str:
        """Its text in the language in which the citizen is answered."""
        return self.text if language == "th" else self.text_en
