"""The documents say what the code does: nothing missing, nothing stale, no link into the void."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from drf_spectacular.generators import SchemaGenerator

from config import documents
from spending import api_urls
from spending.models import Disbursement
from spending.parameters import PARAMETERS
from spending.resources import RESOURCES, Resource
from spending.shapes import SHAPES

ROOT = settings.BASE_DIR
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
OF_THE_SHELL = {"PORT"}
"""Variables that `.env.example` may name although the settings do not read them."""


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text(name: str) -> str:
    return str((ROOT / name).read_text(encoding="utf-8"))


def without_blocks(page: str) -> str:
    return re.sub(r"```.*?```", "", page, flags=re.DOTALL)


def without_code(page: str) -> str:
    return re.sub(r"`[^`\n]*`", "", without_blocks(page))


def code_of(page: str) -> list[str]:
    return [*re.findall(r"```sh\n(.*?)```", page, flags=re.DOTALL), *words_in_code(without_blocks(page))]


def section(page: str, heading: str) -> str:
    """What stands under a heading, up to the next one."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", page, flags=re.DOTALL | re.MULTILINE)
    assert found, f"no heading {heading}"
    return found[1]


def words_in_code(passage: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", passage))


# Pages made of the code


@pytest.mark.parametrize("name", documents.PAGES)
def test_made_page_is_fresh(name: str) -> None:
    assert documents.PAGES[name]() == text(f"docs/{name}"), "run `manage.py documents`"


def test_stale_page_fails_the_check_and_is_written_anew(tmp_path: Path, settings: Any) -> None:
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "sources.md").write_text("old", encoding="utf-8")

    with pytest.raises(CommandError, match=r"data-dictionary\.md, sources\.md"):
        call_command("documents", check=True)
    call_command("documents")

    call_command("documents", check=True)


# Settings and commands


def variables_of_settings() -> list[str]:
    tree = ast.parse(text("config/settings.py"))
    asking = ("os.environ.get", "required", "listed")
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) in asking
    ]
    return sorted({node.args[0].value for node in calls if isinstance(node.args[0], ast.Constant)})  # type: ignore[misc]


@pytest.mark.parametrize("name", variables_of_settings())
@pytest.mark.parametrize("page", [".env.example", "docs/operations.md"])
def test_each_setting_of_the_environment_is_explained(page: str, name: str) -> None:
    assert re.search(rf"\b{name}\b", text(page))


def test_no_variable_is_explained_that_nobody_reads() -> None:
    explained = set(re.findall(r"^#?\s*([A-Z][A-Z_]+)=", text(".env.example"), flags=re.MULTILINE))

    assert explained - OF_THE_SHELL - set(variables_of_settings()) == set()


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in ROOT.glob("*/management/commands/*.py") if path.stem != "__init__")
)
def test_each_command_is_described(name: str) -> None:
    assert re.search(rf"manage\.py {name}\b", text("docs/operations.md"))


def test_documents_name_only_targets_that_exist() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", text("Makefile"), flags=re.MULTILINE))

    code = [piece for page in PAGES for piece in code_of(page.read_text(encoding="utf-8"))]
    asked = {word for piece in code for word in re.findall(r"(?:^|\s)make ([a-z][a-z-]*)", piece)}

    assert asked - targets == set()
    assert {"run", "test"} <= asked


# The API


@pytest.mark.parametrize("address", list(api_urls.addresses()))
def test_each_address_of_the_api_is_documented(address: str) -> None:
    written = re.sub(r"<(?:str|path):(\w+)>", r"<\1>", address)

    assert f"`/api/v1/{written}`" in text("docs/api.md")


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=list(RESOURCES))
def test_each_resource_says_what_it_takes(resource: Resource) -> None:
    words = words_in_code(section(text("docs/api.md"), f"`{resource.name}`"))
    asks = {"by", "measure"}

    takes = {*resource.filter.takes(), *resource.filter.measures} - asks
    by = {dimension.value for dimension in resource.filter.dimensions}

    assert takes | by <= words


@pytest.mark.parametrize("name", [*PARAMETERS, *SHAPES])
def test_each_parameter_of_the_api_is_documented(name: str) -> None:
    rows = [
        line.split("|")[1] for line in section(text("docs/api.md"), "Parameters").splitlines() if "|" in line
    ]

    assert any(f"`{name}`" in row for row in rows)


def test_description_has_every_address_and_the_documents_every_address_and_word_of_it() -> None:
    described = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    patterns = list(api_urls.addresses())
    served = {"/api/v1/" + re.sub(r"<(?:str|path):(\w+)>", r"{\1}", pattern) for pattern in patterns}
    table = section(text("docs/api.md"), "Parameters")

    words = {
        word["name"] for path in described.values() for word in path.get("get", {}).get("parameters", [])
    }

    assert served <= described.keys()
    written = re.sub(r"<(?:str:)?(\w+)>", r"{\1}", text("docs/api.md"))
    assert {path for path in described if f"{path}`" not in written} == set()
    assert {word for word in words if f"`{word}`" not in table} == set()


def test_each_cut_and_economic_class_is_documented() -> None:
    words = words_in_code(section(text("docs/api.md"), "Parameters"))

    assert {*Disbursement.Cut.values, *Disbursement.Economic.values} <= words


# Links


def slugs(page: str) -> set[str]:
    """The anchors of a page's headings, as the code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", without_blocks(page), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", without_code(page.read_text(encoding="utf-8")))

    broken = []
    for link in links:
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        place, _, anchor = unquote(link).partition("#")
        target = (page.parent / place).resolve() if place else page
        if not target.exists() or (anchor and anchor not in slugs(target.read_text(encoding="utf-8"))):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_paths_that_a_page_names_exist(page: Path) -> None:
    rooms = (
        r"(?:config|spending|importers|complaints|following|templates|static|docs|tests|benchmarks|proofs|"
        r"sample)"
    )
    named_paths = re.findall(rf"`({rooms}/[\w./-]*)`", page.read_text(encoding="utf-8"))

    assert [place for place in named_paths if not (ROOT / place).exists()] == []


def test_sql_of_the_documents_reads_columns_that_registers_have() -> None:
    """A column that a table lacks is one of the outer table to SQL, and the condition always true."""
    found = re.findall(r"SELECT (\w+) FROM 'registers/([\w-]+)\.parquet'", text("docs/api.md"))

    assert found
    for column, register in found:
        assert column in {one.name for one in RESOURCES[register].columns}, (register, column)
