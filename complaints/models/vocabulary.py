"""The few words by which a complaint is sorted: all that is known of it without opening it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _


class Suspicion(models.TextChoices):
    """What it is about."""

    CORRUPTION = "corruption", _("corruption: a bribe, theft of public money, a favour for a favour")
    BIDDING = "bidding", _("bids or prices fixed in a purchase or a building contract")
    WEALTH = "wealth", _("an official is richer than the post explains")
    LAUNDERING = "laundering", _("money from a crime is hidden, or passed on to look clean")
    SPENDING = "spending", _("public money wasted, or spent against the rules")
    UNFAIRNESS = "unfairness", _("an office does not follow the law, or goes beyond its powers")
    SERVICE = "service", _("poor service of an office")
    OTHER = "other", _("something else")


class Level(models.TextChoices):
    """Who is involved, as far as the citizen knows."""

    UNKNOWN = "unknown", _("I do not know")
    OFFICIAL = "official", _("an official or employee of an office")
    EXECUTIVE = "executive", _("a director or higher official")
    LOCAL = "local", _("a head or member of a local administration")
    POLITICIAN = "politician", _("a minister, member of parliament, judge or member of an independent body")


class Identity(models.TextChoices):
    """What the citizen says of themselves, and to whom."""

    ANONYMOUS = "anonymous", _("anonymous")
    CONFIDENTIAL = "confidential", _("confidential")
    NAMED = "named", _("named")


def more_open_than(identity: str) -> Sequence[Identity]:
    """What a citizen may still choose who said this of themselves: only ever more, never less."""
    modes = list(Identity)
    return modes[modes.index(Identity(identity)) + 1 :]


class Outcome(models.TextChoices):
    """How a case ended."""

    SUBSTANTIATED = "substantiated", _("what was reported was found to be so")
    NO_GROUNDS = "no_grounds", _("no grounds were found")
    OUT_OF_SCOPE = "out_of_scope", _("no body that we know is competent")
    DUPLICATE = "duplicate", _("the same matter is followed in another case")
    INSUFFICIENT = "insufficient", _("there was not enough to go on")
    WITHDRAWN = "withdrawn", _("withdrawn by whoever reported it")
    SPAM = "spam", _("not a complaint")
