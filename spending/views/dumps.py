"""The whole site as files: what there is, and the files, which a cut-off download can go on with."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..datasets import title_of
from ..dumps.manifest import KEY, MANIFEST, PACKAGE, SIGNATURE, SUMS, DumpedFile, Manifest, read_manifest
from ..dumps.ranges import Part, Unsatisfiable, part_of, pieces
from ..dumps.writing import latest
from .asked import only_parameters
from .listing import explaining_bad_queries

TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
}
PLAIN = "text/plain; charset=utf-8"
PROOFS = (MANIFEST, PACKAGE, SUMS, SIGNATURE, KEY)


@require_safe
@explaining_bad_queries
def dumps(request: HttpRequest) -> HttpResponseBase:
    only_parameters(request.GET, ())
    folder = latest(settings.DUMPS_DIR)
    context: dict[str, Any] = {"section": "data", "proofs": PROOFS}
    if folder is not None:
        manifest = read_manifest((folder / MANIFEST).read_text(encoding="utf-8"))
        context |= {
            "manifest": manifest,
            "site": request.build_absolute_uri("/").rstrip("/"),
            "made_at": localdate(datetime.fromisoformat(manifest.made_at)),
            "key": (folder / KEY).read_text(encoding="ascii").strip(),
            "rows": sum(table["csv"].rows for table in _tables(manifest).values()),
            "groups": _groups(manifest),
        }
    return render(request, "spending/dumps.html", context)


@require_safe
def file(request: HttpRequest, path: str) -> HttpResponseBase:
    """One file of the latest dump, or the part of it that is asked for."""
    found = _found(path)
    size = found.stat().st_size
    tag = f'"{found.stat().st_mtime_ns:x}-{size:x}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    begun_with = request.headers.get("If-Range", tag)
    try:
        part = part_of(request.headers.get("Range", ""), size) if begun_with == tag else None
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    return _sent(request, found, part, size, tag)


def _found(path: str) -> Path:
    """The file of that path. Raises Http404 for anything that is not a file of the dump."""
    folder = latest(settings.DUMPS_DIR)
    if folder is None or "\x00" in path:
        raise Http404
    found = (folder / path).resolve()
    if not found.is_relative_to(folder) or not found.is_file():
        raise Http404
    return found


def _sent(request: HttpRequest, found: Path, part: Part | None, size: int, tag: str) -> HttpResponseBase:
    whole = Part(0, size - 1, size)
    sent = part or whole
    headers = {
        "Content-Length": str(sent.length),
        "Accept-Ranges": "bytes",
        "ETag": tag,
        "Cache-Control": "public, no-cache",
        "Access-Control-Allow-Origin": "*",
        "X-Robots-Tag": "noindex",
        "Content-Encoding": "identity",  # bytes are counted: nobody may compress them on the way
    }
    if part is not None:
        headers["Content-Range"] = part.content_range
    body = () if request.method == "HEAD" else pieces(found.open("rb"), sent)
    response = StreamingHttpResponse(
        body,
        status=200 if part is None else 206,
        content_type=TYPES.get(found.suffix, PLAIN),
        headers=headers,
    )
    patch_vary_headers(response, ("Range",))
    return response


def _tables(manifest: Manifest) -> dict[str, dict[str, DumpedFile]]:
    """Each table with its files, by the ends of their names: CSV and Parquet."""
    found: dict[str, dict[str, DumpedFile]] = {}
    for file in manifest.files:
        name, _dot, kind = file.path.rpartition(".")
        found.setdefault(name, {})[kind] = file
    return found


def _groups(manifest: Manifest) -> list[tuple[str, list[dict[str, DumpedFile]]]]:
    """The tables of each data set, and the registers behind them."""
    datasets = {one["key"]: one["dataset"] for one in manifest.editions}
    found: dict[str, list[dict[str, DumpedFile]]] = {}
    for table in _tables(manifest).values():
        found.setdefault(datasets.get(table["csv"].edition, ""), []).append(table)
    named = [(title_of(name), files) for name, files in sorted(found.items()) if name]
    return [*named, (_("Registers"), found.get("", []))]
