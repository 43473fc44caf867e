"""`dossier()`: everything a desk needs in one ZIP, each file with its sum. The same bytes each time."""

from __future__ import annotations

import json
import zipfile
from hashlib import sha256
from io import BytesIO

from .evidence_cover import evidence_cover
from .form_pdf import form_pdf
from .letters import Letter
from .marks import Mark
from .screening_pdf import screening_pdf

EPOCH = (1980, 1, 1, 0, 0, 0)


def dossier(letter: Letter, mark: Mark | None = None) -> bytes:
    """The form and the signed screening sheet as PDF, the letter as data, the cleaned evidence, and a
    manifest with the SHA-256 of each. `mark` says who took out this copy: on each page, in the manifest, on a
    sheet before the evidence and in the name of each of its files, whose bytes stay what their sums say.
    """
    said = mark.sentence if mark else ""
    files = {"form-1-02.pdf": form_pdf(letter, said), "letter.json": letter.as_json(with_copies=False)}
    by = f".{mark.name}" if mark else ""
    given = [file for file in letter.enclosures if file.content is not None]
    names = {file.position: f"evidence/{file.position:02}{by}.{file.kind}" for file in given}
    if mark and given:
        files[f"evidence/00{by}.pdf"] = evidence_cover(letter, mark, names)
    files |= {names[file.position]: file.content or b"" for file in given}
    if letter.screening is not None:
        files["screening.pdf"] = screening_pdf(letter, letter.screening, said)
    files["manifest.json"] = manifest(letter, files, said)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def manifest(letter: Letter, files: dict[str, bytes], mark: str = "") -> bytes:
    """What the ZIP holds, and by which sums the originals are known that stay sealed here."""
    said = {
        "delivery": letter.number,
        "reference": letter.reference,
        "version": letter.version,
        "desk": letter.desk,
        "files": [
            {"name": name, "bytes": len(content), "sha256": sha256(content).hexdigest()}
            for name, content in files.items()
        ],
        "originals": [
            {
                "position": f.position,
                "kind": f.kind,
                "bytes": f.size,
                "sha256": f.sha256,
                "state": f.state,
                "is_blackened": f.is_blackened,
            }
            for f in letter.enclosures
        ],
    }
    if mark:
        said["taken_out"] = mark
    return json.dumps(said, ensure_ascii=False, indent=2).encode()
