"""The rules of the house that a machine can see."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from importers.sources import SOURCES, Source
from spending.datasets import TITLES
from spending.models.facts import Fact

ROOT = settings.BASE_DIR
ROOMS = ("config", "spending", "importers", "complaints", "following")
LONGEST_MODULE = 400  # lines
LONGEST_TESTS = 500  # lines of one module's tests
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "services", "service", "manager", "managers"}
FLOATS = {
    "spending/charts.py": "Plotly draws with floating point; the words beside it are exact",
    "importers/reading/worksheet.py": "a workbook holds numbers as floating point",
    "importers/parsing/figures.py": "how exactly such a number can be known",
}
"""Modules that may call float(), each with its reason; nowhere else does money meet it."""


def python_files(*rooms: str) -> list[Path]:
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


def own_files(*patterns: str) -> list[Path]:
    rooms = (*ROOMS, "templates", "static", "tests", "benchmarks", "proofs", "docs")
    return [path for room in rooms for pattern in patterns for path in sorted((ROOT / room).rglob(pattern))]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def models_of_the_house() -> list[type[models.Model]]:
    return [model for room in ROOMS for model in apps.get_app_config(room).get_models()]


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """The calls a module makes by a plain or dotted name, with their lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


# Sources


@pytest.mark.parametrize("source", SOURCES.values(), ids=list(SOURCES))
def test_source_says_what_it_is_and_where_it_comes_from(source: Source) -> None:
    parts = ("title", "title_en", "publisher", "licence", "cadence", "suffixes")

    assert all(getattr(source, part) for part in parts)
    assert source.address.startswith("https://") or source.address.startswith("http://")
    assert source.dataset in TITLES
    assert len((type(source).__doc__ or "").split()) >= 15, "the docstring tells of caveats"


@pytest.mark.parametrize("name", list(SOURCES))
def test_source_is_registered_under_its_own_name(name: str) -> None:
    assert SOURCES[name].name == name


@pytest.mark.parametrize("source", SOURCES.values(), ids=list(SOURCES))
def test_source_has_tests_of_its_own(source: Source) -> None:
    module = type(source).__module__.rsplit(".", 1)[-1]

    assert list((ROOT / "tests/importers/sources").glob(f"test_{module}*.py"))


# Models


@pytest.mark.parametrize("model", models_of_the_house())
def test_model_says_what_one_row_stands_for(model: type[models.Model]) -> None:
    generated = f"{model.__name__}({', '.join(field.name for field in model._meta.fields)})"

    assert model.__doc__
    assert model.__doc__ != generated


@pytest.mark.parametrize("model", models_of_the_house())
def test_each_field_has_words_for_a_citizen(model: type[models.Model]) -> None:
    fields = [*model._meta.fields, *model._meta.many_to_many]

    silent = [f.name for f in fields if not f.help_text and not getattr(f, "auto_created", False)]

    assert silent == []


@pytest.mark.parametrize("model", models_of_the_house())
def test_each_constraint_has_a_test_that_breaks_it(model: type[models.Model]) -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("tests/*/test_constraints.py"))

    names = [constraint.name for constraint in model._meta.constraints]

    assert [name for name in names if f'refused_as("{name}")' not in tests] == []


@pytest.mark.parametrize("model", Fact.__subclasses__())
def test_what_a_fact_points_to_cannot_be_deleted(model: type[models.Model]) -> None:
    pointing: list[Any] = [field for field in model._meta.fields if isinstance(field, models.ForeignKey)]

    assert all(field.remote_field.on_delete is models.PROTECT for field in pointing)


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("*/models*/*.py")) + sorted(ROOT.glob("*/models.py")), ids=named
)
def test_each_index_names_the_question_it_serves(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()

    silent = [
        number
        for number, line in enumerate(lines, start=1)
        if re.match(r"\s*(models\.|Gin|Gist|Brin)Index\(", line)
        and not lines[number - 2].strip().startswith("#")
    ]

    assert silent == []


# Modules


@pytest.mark.parametrize("path", python_files(*ROOMS, "tests", "benchmarks", "proofs"), ids=named)
def test_module_tells_one_story(path: Path) -> None:
    longest = LONGEST_TESTS if path.is_relative_to(ROOT / "tests") else LONGEST_MODULE

    assert len(path.read_text(encoding="utf-8").splitlines()) <= longest


def test_no_module_has_a_vague_name() -> None:
    names = {part for path in python_files(*ROOMS) for part in path.relative_to(ROOT).with_suffix("").parts}

    assert names & VAGUE == set()


def test_money_is_never_floating_point() -> None:
    found = {
        named(path)
        for path in python_files("spending", "importers")
        for _line, name in calls(path)
        if name in ("float", "models.FloatField", "forms.FloatField")
    }

    assert found <= FLOATS.keys()


def test_settings_alone_read_the_environment() -> None:
    asked = r"os\.getenv|getenv\(|environ\.get|environ\["

    found = [
        named(path)
        for path in [*python_files(*ROOMS), ROOT / "manage.py"]
        if re.search(asked, path.read_text(encoding="utf-8"))
    ]

    assert found == ["config/settings.py"]


def test_nothing_is_left_to_do_later() -> None:
    marks = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")

    found = [
        f"{named(path)}:{number}"
        for path in own_files("*.py", "*.html", "*.css", "*.js", "*.md", "*.po")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if marks.search(line)
    ]

    assert found == []


@pytest.mark.parametrize("path", python_files("tests"), ids=named)
def test_tests_are_named_as_sentences(path: Path) -> None:
    defined = [
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]

    assert [name for name in defined if name.count("_") < 2] == []


# Pages


@pytest.mark.parametrize("path", own_files("*.html"), ids=named)
def test_template_holds_no_inline_script_or_style(path: Path) -> None:
    page = path.read_text(encoding="utf-8")

    found = [
        *re.findall(r"<style\b", page),
        *re.findall(r"\sstyle\s*=", page),
        *re.findall(r"<script\b(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">)[^>]*>", page),
        *re.findall(r"<[^>]*\son[a-z]+\s*=", page),
        *re.findall(r"javascript:", page),
    ]

    assert found == []


@pytest.mark.parametrize("path", own_files("*.html"), ids=named)
def test_template_loads_nothing_from_elsewhere(path: Path) -> None:
    page = path.read_text(encoding="utf-8")

    loaded = re.findall(
        r"""(?:\b(?:src|srcset|poster|action|data)=|<link\b[^>]*\bhref=)["']?(?:https?:)?//""", page
    )

    assert loaded == []


@pytest.mark.parametrize("path", own_files("*.css", "*.js", "*.svg"), ids=named)
def test_static_file_names_no_other_host(path: Path) -> None:
    addresses = re.findall(r"https?://[^\s\"')]+", path.read_text(encoding="utf-8"))

    assert [address for address in addresses if not address.startswith("http://www.w3.org/")] == []


@pytest.mark.parametrize("path", own_files("*.css"), ids=named)
def test_each_rule_of_a_style_sheet_is_closed_once(path: Path) -> None:
    """A brace too many makes browsers drop the rule behind it, without a word."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    depths = list(accumulate({"{": 1, "}": -1}[brace] for brace in re.findall(r"[{}]", text)))

    assert min(depths) == depths[-1] == 0


# Dependencies


def test_each_direct_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]

    silent = [name for name in wanted if not re.search(rf'"{re.escape(name)}",\s+# \S+', text)]

    assert silent == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_lock_file_has_hashes_and_no_index_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    pinned = re.findall(r"^[a-z0-9][^\s]*==", text, flags=re.MULTILINE)

    assert len(re.findall(r"==[^\n]*\\\n\s+--hash=sha256:", text)) == len(pinned) > 0
    assert not re.search(r"--(extra-)?index-url|--find-links|https?://", text)
