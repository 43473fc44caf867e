"""What is known of the data, as files: every edition in one line, one edition with all that was noticed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.translation import gettext_noop as _

from .columns import Column
from .exports import csv_lines
from .models import Edition
from .quality import Collection, checks_of


def _own(name: str, means: str) -> Column:
    return Column(name, lambda row: getattr(row, name), means)


EDITION = (
    _own("dataset", _("data set the row belongs to")),
    _own("part", _("part of the data set, e.g. the volume of the budget book")),
    Column("edition", lambda edition: edition.key, _("edition that the row was read from")),
    _own("as_of", _("date that the figures speak of")),
    _own("published_at", _("when visitors first saw it")),
    _own("rows", _("rows read and kept")),
    _own("refused", _("rows refused")),
    Column("noted", lambda edition: sum(note["count"] for note in edition.notes), _("rows with a remark")),
    Column("checks", lambda edition: len(edition.checks), _("sums compared")),
    Column(
        "checks_failed",
        lambda edition: sum(not check.holds for check in checks_of(edition)),
        _("sums that do not hold"),
    ),
    _own("total", _("sum of the main amount in baht")),
    _own("publisher", _("who published the figures")),
    _own("licence", _("terms of use")),
    _own("address", _("where the publisher offers the data set")),
    _own("file_name", _("name of the file as published; lines and sheets are counted in it")),
    _own("file_sha256", _("SHA-256 of the file as published; this site may keep another, see kept_file")),
    Column(
        "kept_file",
        lambda edition: edition.kept_name,
        _("name of the file that this site keeps: the published one, or its figures rewritten"),
    ),
    Column(
        "kept_file_sha256",
        lambda edition: edition.kept_sha256,
        _("SHA-256 of the file that this site keeps, at /data/files/<SHA-256>/; empty where it keeps none"),
    ),
)
REFUSAL = (
    _own("sheet", _("title of the sheet")),
    _own("line", _("line of the file or row of the sheet, counted from 1")),
    _own("column", _("column of the cell")),
    _own("value", _("the cell's content, as published")),
    Column("reason", lambda refusal: refusal.said, _("why the row was refused")),
)


def quality_csv(collections: Iterable[Collection]) -> StreamingHttpResponse:
    """Every current edition as one line of CSV."""
    editions = [edition for one in collections for edition in one.editions]
    return _csv(csv_lines(editions, EDITION), "editions.csv")


def refusals_csv(edition: Edition) -> StreamingHttpResponse:
    """Every refused row of an edition as one line of CSV."""
    refusals = edition.rejections.order_by("line", "pk").iterator()
    return _csv(csv_lines(refusals, REFUSAL), f"{edition.key}-refusals.csv")


def edition_as_json(edition: Edition) -> dict[str, Any]:
    """All that is known of an edition: its origin, sums, remarks and refusals, as plain values."""
    refusals = edition.rejections.order_by("line", "pk")
    return {
        **{column.name: _plain(column.value(edition)) for column in EDITION},
        "checks": edition.checks,
        "notes": edition.notes,
        "refusals": [{column.name: column.value(one) for column in REFUSAL} for one in refusals],
    }


def _csv(lines: Iterable[str], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _plain(value: Any) -> Any:
    return value if isinstance(value, (int, str)) or value is None else str(value)
