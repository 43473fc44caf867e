"""What was changed in the tables of complaints, by whichever way: written by the database itself.

`Event` tells what staff meant to do. A `Change` tells what became of a row, also by a bulk update or by hand
in the database. Triggers write it, chain it by row and refuse to change it; see the migration that makes
them. Sealed values appear as their SHA-256.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

BROKEN = """
    SELECT id FROM (
        SELECT *, lag(hash, 1, '') OVER chain AS before, row_number() OVER chain AS place
        FROM complaints_change WINDOW chain AS (PARTITION BY "table", "row" ORDER BY number)
    ) AS changes
    WHERE number <> place OR previous <> before OR hash <> complaints_change_hash(
        "table", "row", number, at, operation, actor, fields, previous)
    ORDER BY id
"""


class ChangeQuerySet(models.QuerySet["Change"]):
    def broken(self) -> Sequence[int]:
        """Ids of the changes whose place in the chain does not check out: none, unless somebody tampered."""
        with connection.cursor() as cursor:
            cursor.execute(BROKEN)
            return [pk for (pk,) in cursor.fetchall()]


class Change(models.Model):
    """One change of one row, as the database saw it."""

    table = models.CharField(max_length=63, help_text=_("The table."))
    row = models.BigIntegerField(help_text=_("The row's number in it."))
    operation = models.CharField(max_length=6, help_text=_("INSERT, UPDATE or DELETE."))
    fields = models.JSONField(help_text=_("The columns that changed: before and after, sealed ones as hash."))
    actor = models.CharField(
        max_length=200, help_text=_("Staff account; otherwise the database's account, after `@`.")
    )

    # Computed by the database
    number = models.PositiveIntegerField(help_text=_("Place in the chain of the row, from 1."))
    at = models.DateTimeField(help_text=_("When it happened."))
    previous = models.CharField(max_length=64, help_text=_("Hash of the change before."))
    hash = models.CharField(max_length=64, help_text=_("SHA-256 of this change and the one before."))

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["table", "row", "number"], name="one_change_at_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.operation}"
