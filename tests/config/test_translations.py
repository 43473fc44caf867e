"""Sentences are found wherever they are marked, and a translation that is missing or broken is said."""

from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from config import translations

MODULE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext
plain = _("Budget of %(year)s")
long = gettext_lazy("Where your "
    "taxes go")
counted = ngettext("one line", "%(count)s lines", 2)
month = pgettext("calendar", "May")
not_marked = "Nobody reads this"
"""

TEMPLATE = """
{% load i18n %}
<p title="{% trans "The whole" %}">
    {% blocktrans trimmed count number=rows %}
        {{ number }} agency
    {% plural %}
        {{ number }} agencies
    {% endblocktrans %} 0755 it's {{ _("Share") }}
</p>
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with one module and one template."""
    (tmp_path / "spending").mkdir()
    (tmp_path / "spending" / "views.py").write_text(MODULE)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    return tmp_path


def translate(root: Path, sentence: str, translation: str) -> None:
    path = translations.po_path(root, "th")
    text = path.read_text()
    assert f'msgid "{sentence}"\nmsgstr ""\n' in text
    path.write_text(
        text.replace(f'msgid "{sentence}"\nmsgstr ""', f'msgid "{sentence}"\nmsgstr "{translation}"')
    )


def test_sentences_of_modules_and_templates_are_found(root: Path) -> None:
    found = {message.id for message in translations.extracted(root)}

    assert found == {
        "",
        "Budget of %(year)s",
        "Where your taxes go",
        ("one line", "%(count)s lines"),
        "May",
        "The whole",
        ("%(number)s agency", "%(number)s agencies"),
        "Share",
    }


def test_writing_keeps_what_is_translated_and_drops_what_is_gone(root: Path) -> None:
    translations.write(root, "th")
    translate(root, "Where your taxes go", "ภาษีไปไหน")
    (root / "templates" / "page.html").unlink()

    written = translations.write(root, "th").read_text()

    assert 'msgstr "ภาษีไปไหน"' in written
    assert "The whole" not in written


def test_file_that_lags_behind_the_code_is_said(root: Path) -> None:
    translations.write(root, "en")
    fresh = list(translations.complaints(root, "en"))
    (root / "spending" / "charts.py").write_text('title = _("Trend")')

    stale = list(translations.complaints(root, "en"))

    assert fresh == []
    assert len(stale) == 1
    assert "run `manage.py messages`" in stale[0]


def test_missing_fuzzy_and_broken_translations_are_said(root: Path) -> None:
    translations.write(root, "th")
    translate(root, "Budget of %(year)s", "งบประมาณปี %(yaer)s")
    path = translations.po_path(root, "th")
    path.write_text(path.read_text().replace('msgid "Share"\nmsgstr ""', 'msgid "Share"\nmsgstr "สัดส่วน"'))
    path.write_text(
        path.read_text().replace(
            '#: templates/page.html\nmsgid "Share"', '#: templates/page.html\n#, fuzzy\nmsgid "Share"'
        )
    )

    said = "\n".join(translations.complaints(root, "th"))

    assert "'Budget of %(year)s' and its translation name different %(values)s" in said
    assert "'Share' is marked fuzzy" in said
    assert "'The whole' has no translation" in said
    assert "'one line' has no translation" in said


def test_compiled_file_holds_the_translations_and_follows_its_source(root: Path) -> None:
    translations.write(root, "th")
    translations.compile_stale(root, ["th"])
    translate(root, "Where your taxes go", "ภาษีไปไหน")

    translations.compile_stale(root, ["th", "en"])

    with translations.po_path(root, "th").with_suffix(".mo").open("rb") as file:
        assert read_mo(file)["Where your taxes go"].string == "ภาษีไปไหน"
