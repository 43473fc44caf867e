"""The translation files: what is to be translated, what is missing, and the form Django reads.

`locale/<language>/LC_MESSAGES/django.po` is written by hand and by `write()`; `django.mo` is made of it.
No gettext tools are needed.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOMS = ("config", "spending", "importers", "complaints", "following", "templates")
"""Where sentences for readers stand."""

SOURCE_LANGUAGE = "en"
"""The language of the sentences in the code: they are their own translation."""

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def write(root: Path, language: str) -> Path:
    """Bring the language's file up to date with the code, keeping what is translated. Returns its path."""
    path = po_path(root, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(serialised(refreshed(root, language)))
    return path


def compile_stale(root: Path, languages: list[str]) -> None:
    """Make each `.mo` that is missing or older than its `.po`."""
    for po in (po_path(root, language) for language in languages):
        mo = po.with_suffix(".mo")
        if po.exists() and (not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime):
            compiled = io.BytesIO()
            write_mo(compiled, read(po))
            fresh = mo.with_suffix(".mo.new")
            fresh.write_bytes(compiled.getvalue())
            fresh.replace(mo)


def complaints(root: Path, language: str) -> Iterator[str]:
    """What a person has to mend in the language's file, as sentences."""
    path = po_path(root, language)
    catalog = refreshed(root, language)
    if not path.exists() or path.read_bytes() != serialised(catalog):
        yield f"{path.relative_to(root)} is out of date: run `manage.py messages`"
    for message in catalog:
        if message.id:
            yield from (f"{path.relative_to(root)}: {problem}" for problem in flaws(message, language))


def flaws(message: Message, language: str) -> Iterator[str]:
    """What is wrong with one translation."""
    name = repr(message.id if isinstance(message.id, str) else message.id[0])
    texts = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    if message.fuzzy:
        yield f"{name} is marked fuzzy"
    if not all(texts):
        if language != SOURCE_LANGUAGE:
            yield f"{name} has no translation"
        return
    originals = [message.id] if isinstance(message.id, str) else list(message.id)
    allowed = {frozenset(placeholders(text)) for text in originals}
    if any(frozenset(placeholders(text)) not in allowed for text in texts):
        yield f"{name} and its translation name different %(values)s"


def placeholders(text: str) -> list[str]:
    """The `%(names)s` in a sentence."""
    return re.findall(r"%\((\w+)\)[a-z]", text)


def refreshed(root: Path, language: str) -> Catalog:
    """The translations on disk, with exactly the sentences that the code holds today."""
    path = po_path(root, language)
    catalog = read(path) if path.exists() else Catalog(locale=language)
    catalog.header_comment = ""
    catalog.update(extracted(root), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def extracted(root: Path) -> Catalog:
    """Every sentence of the code that is marked for translation."""
    catalog = Catalog()
    for path in sorted(source_files(root)):
        text = path.read_text(encoding="utf-8")
        code = text if path.suffix == ".py" else template_code(text, str(path))
        found = extract(
            "python", io.BytesIO(code.encode()), keywords=KEYWORDS, comment_tags=("Translators:",)
        )
        for _line, message, comments, context in found:
            catalog.add(
                message,
                locations=[(path.relative_to(root).as_posix(), 0)],
                auto_comments=comments,
                context=context,
            )
    return catalog


def source_files(root: Path) -> Iterator[Path]:
    """The modules and templates of the rooms. Migrations hold copies of sentences, so they are left out."""
    for room in ROOMS:
        for path in (root / room).rglob("*"):
            if path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts:
                yield path


def template_code(text: str, origin: str) -> str:
    """A template as code that calls `gettext`. Its indentation means nothing, so it is taken away."""
    return "\n".join(line.strip() for line in templatize(text, origin=origin).splitlines())


def read(path: Path) -> Catalog:
    """The translations of one file."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def serialised(catalog: Catalog) -> bytes:
    """The file's bytes, without dates and line numbers: the same translations give the same bytes."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, omit_header=True, sort_by_file=True, include_lineno=False)
    header = (
        'msgid ""\nmsgstr ""\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Language: {catalog.locale}\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    return header.encode() + buffer.getvalue()


def po_path(root: Path, language: str) -> Path:
    """Where the language's translations stand."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"
