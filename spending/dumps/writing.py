"""`publish()`: every row that answers today as CSV and Parquet, with sums, hashes and a signature.

A dump is written beside the last one and takes its place by one switch, so a download under way ends with
the bytes it began with. All files of a dump speak of one moment of the database.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

from ..coverage import Coverage, coverages
from ..covered import as_dict
from ..downloads import FORMS, Question
from ..models import Edition
from ..resources import RESOURCES, Resource
from .headlines import headlines
from .manifest import KEY, MANIFEST, PACKAGE, SIGNATURE, SUMS, DumpedFile, Manifest, sums_text
from .packages import data_package
from .signing import public_key_of, signature_of

KINDS = ("csv", "parquet")
LATEST = "latest"
KEPT = 2  # dumps: the newest, and the one before it for downloads under way
REGISTERS = "registers"
ORDER = "pk"
SATANG = 2  # decimals of a column of money


@dataclass
class Work:
    """A dump while it is written."""

    folder: Path
    files: list[DumpedFile] = field(default_factory=list)


def publish(root: Path, key: str) -> Path:
    """Write a dump into a folder of its own below `root` and make it the latest; the folder.

    `key` is the private Ed25519 key in base64. Raises BadKey, and OSError where it cannot be written.
    """
    public = public_key_of(key)
    root.mkdir(parents=True, exist_ok=True)
    made_at = timezone.now()
    work = Work(root / f".{made_at:%Y%m%dT%H%M%S%f}")
    try:
        work.folder.mkdir()
        with _one_moment():
            _write_all(work, made_at)
        _seal(work.folder, key, public)
        finished = work.folder.rename(root / work.folder.name.removeprefix("."))
    except BaseException:
        shutil.rmtree(work.folder, ignore_errors=True)
        raise
    _switch(root, finished)
    return finished


def latest(root: Path) -> Path | None:
    """The folder of the latest dump; None where there is none yet."""
    pointer = root / LATEST
    return pointer.resolve() if pointer.exists() else None


def _one_moment() -> Any:
    """A transaction that sees the database as it stands when it begins."""
    if connection.in_atomic_block:
        return transaction.atomic()
    return _repeatable()


class _repeatable(transaction.Atomic):
    def __init__(self) -> None:
        super().__init__(None, savepoint=True, durable=False)

    def __enter__(self) -> None:
        super().__enter__()
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _write_all(work: Work, made_at: datetime) -> None:
    editions = list(Edition.objects.filter(is_current=True).select_related("source_file"))
    for resource in RESOURCES.values():
        if _has_editions(resource):
            for edition in editions:
                _write(work, resource, _rows_of(resource, edition), edition.key)
        else:
            _write(work, resource, resource.filter({}).lines().order_by(ORDER), "")
    manifest = Manifest(
        made_at=made_at.isoformat(timespec="seconds"),
        files=tuple(work.files),
        headlines=tuple(headlines()),
        editions=tuple(map(_described, editions)),
        columns={name: _columns(resource) for name, resource in RESOURCES.items()},
        coverage=tuple(_of_the_act(one) for one in coverages() if one.known and one.act is not None),
    )
    (work.folder / MANIFEST).write_text(manifest.as_json(), encoding="utf-8")
    (work.folder / PACKAGE).write_text(data_package(manifest), encoding="utf-8")


def _has_editions(resource: Resource) -> bool:
    return any(one.name == "edition" for one in resource.filter.model._meta.fields)


def _rows_of(resource: Resource, edition: Edition) -> QuerySet[Any]:
    """The rows of an edition that sums count."""
    rows: QuerySet[Any] = resource.filter.of_edition(edition)
    return rows.order_by(ORDER)


def _write(work: Work, resource: Resource, rows: QuerySet[Any], edition: str) -> None:
    """Both files of some rows; none where an edition has no rows of this kind."""
    number = rows.count()
    if edition and not number:
        return
    totals = _totals(resource, rows)
    currencies = {} if resource.filter.in_baht else _by_currency(resource, rows)
    for kind in KINDS:
        path = (
            f"editions/{edition}/{resource.name}.{kind}" if edition else f"{REGISTERS}/{resource.name}.{kind}"
        )
        size, sha256 = _written(
            work.folder / path, FORMS[kind].pieces(Question(resource, rows, resource.columns))
        )
        work.files.append(DumpedFile(path, resource.name, edition, number, size, sha256, totals, currencies))


def _written(path: Path, pieces: Iterator[bytes]) -> tuple[int, str]:
    """How many bytes were written, and their SHA-256."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sha256, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
            sha256.update(piece)
            size += len(piece)
    return size, sha256.hexdigest()


def _totals(resource: Resource, rows: QuerySet[Any]) -> dict[str, Decimal]:
    """The sums of the columns of money, as the database adds them up."""
    names = _read_as(resource, _is_money)
    if not names:
        return {}
    sums = rows.order_by().aggregate(**{f"sum_{name}": Sum(name) for name in names})
    return {name: sums[f"sum_{name}"] or Decimal(0) for name in names}


def _by_currency(resource: Resource, rows: QuerySet[Any]) -> dict[str, dict[str, Decimal]]:
    """The sums of the amounts of each currency that rows name."""
    names = _read_as(resource, lambda one: isinstance(one, models.DecimalField))
    groups = rows.order_by("currency").exclude(currency="").values("currency")
    found = groups.annotate(**{f"sum_{name}": Sum(name) for name in names})
    return {
        group["currency"]: {name: group[f"sum_{name}"] or Decimal(0) for name in names} for group in found
    }


def _read_as(resource: Resource, is_wanted: Callable[[Any], bool]) -> list[str]:
    """The columns that are fields of a kind of the row itself."""
    own = {one.name for one in resource.filter.model._meta.fields if is_wanted(one)}
    return [column.name for column in resource.columns if column.source == column.name and column.name in own]


def _is_money(one: Any) -> bool:
    return isinstance(one, models.DecimalField) and one.decimal_places == SATANG


def _described(edition: Edition) -> dict[str, Any]:
    return {
        "key": edition.key,
        "dataset": edition.dataset,
        "part": edition.part,
        "fiscal_year": edition.fiscal_year,
        "as_of": edition.as_of.isoformat(),
        "published_at": edition.published_at.isoformat(timespec="seconds") if edition.published_at else None,
        "publisher": edition.publisher,
        "licence": edition.licence,
        "address": edition.address,
        "file": edition.file_name,
        "file_sha256": edition.file_sha256,
        "kept_file": edition.kept_name,
        "kept_file_sha256": edition.kept_sha256,
        "rows": edition.rows,
        "refused": edition.refused,
        "page": f"/data/editions/{edition.pk}/",
    }


def _of_the_act(one: Coverage) -> dict[str, Any]:
    """How much of a year's act the lines of the dump account for; figures as text, as in all of the
    manifest.
    """
    return {name: value if name == "fiscal_year" else str(value) for name, value in as_dict(one).items()}


def _columns(resource: Resource) -> list[dict[str, str]]:
    return [
        {"name": one.name, "type": _type(resource.kinds[one.name]), "means": one.means}
        for one in resource.columns
    ]


def _type(kind: models.Field[Any, Any] | None) -> str:
    """The type of a column in the words of Frictionless Table Schema."""
    types = (
        (models.DecimalField, "number"),
        (models.BooleanField, "boolean"),
        (models.DateTimeField, "datetime"),
        (models.DateField, "date"),
        (models.IntegerField, "integer"),
    )
    return next((name for one, name in types if isinstance(kind, one)), "string")


def _seal(folder: Path, key: str, public: str) -> None:
    """List the hashes of all files and sign the list."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    hashes = [(path.relative_to(folder).as_posix(), _sha256(path)) for path in found]
    text = sums_text(hashes)
    (folder / SUMS).write_text(text, encoding="utf-8")
    (folder / SIGNATURE).write_text(signature_of(text.encode(), key) + "\n", encoding="ascii")
    (folder / KEY).write_text(public + "\n", encoding="ascii")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _switch(root: Path, folder: Path) -> None:
    """Make a dump the latest by one rename, and drop those before the last."""
    pointer = root / f".{LATEST}.{os.getpid()}"
    pointer.symlink_to(folder.name)
    pointer.rename(root / LATEST)
    for old in sorted(path for path in root.iterdir() if path.is_dir() and path.name[0].isdigit())[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
