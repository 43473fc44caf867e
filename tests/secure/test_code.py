"""S18: what the code and its dependencies hold: rules of linters and of ours, locks, bill of materials."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from .conftest import Count

BASE = Path(settings.BASE_DIR)
ROOMS = ("complaints", "config", "following", "importers", "spending")
LINTED = ("complaints", "config")
REVIEWED = {
    "S101": "asserts say what a type cannot; nothing is guarded by one",
    "S311": "a fifth of chance in a timetable, and the moods of the stand-in agency",
    "S603": "programs of ours, with arguments of ours, never through a shell",
    "S607": "`env`, to start a program of ours",
    "S608": "statements made of constants of their own file; values travel as parameters",
    "S310": "the stand-in agency, which answers an address that it was started with",
}
"""Findings of bandit's rules in ruff (S) that were looked at, and why they stand."""
SEEN = {
    ("B310", "complaints/stand_in.py"): "the stand-in agency, which answers an address it was started with",
    (
        "B608",
        "complaints/migrations/0006_every_change_of_a_row_is_written_down.py",
    ): "names of tables of ours",
    ("B608", "complaints/models/claims.py"): "parts of statements of ours; values travel as parameters",
    ("B608", "config/health.py"): "the name of the queue's table, from the settings",
    ("B608", "following/entries.py"): "queries that the framework wrote; their values travel as parameters",
    ("B608", "importers/tables.py"): "names of tables of our models",
    ("B608", "spending/arrivals.py"): "parts of statements of ours",
    ("B608", "spending/copying.py"): "a query that the framework wrote; its values travel as parameters",
    ("B608", "spending/flags/rules/signed_before_announcement.py"): "parts of statements of ours",
    ("B608", "spending/flags/rules/split_purchases.py"): "parts of statements of ours",
    ("B608", "spending/flags/selects.py"): "parts of statements of ours",
    ("B608", "spending/migrations/0023_districts_of_purchases.py"): "names of columns of ours",
    ("B608", "spending/kept_letters.py"): "a statement the framework wrote, blocks and a number around it",
    ("B608", "spending/moving.py"): "names of a table and columns of ours; values travel as parameters",
    ("B608", "spending/purchase_rollups.py"): "names of columns of ours",
    ("B608", "spending/rollups.py"): "names of columns of ours",
    ("B608", "spending/statements.py"): "a statement the framework wrote, with words of ours around it",
    ("B308", "spending/catalogue/schema_org.py"): "JSON whose signs of markup were written as numbers",
    ("B703", "spending/catalogue/schema_org.py"): "the same",
    ("B703", "spending/sentences.py"): "a sentence of ours; what is put in was escaped",
    ("B703", "spending/templatetags/found.py"): "pieces that were escaped one by one",
    ("B308", "spending/templatetags/spending.py"): "a text whose signs of markup were escaped; a constant",
    ("B703", "spending/templatetags/spending.py"): "the same",
}
"""Findings of bandit, medium and high, that were looked at, and why they stand."""


@cache
def bandit() -> tuple[tuple[str, str, int], ...]:
    """Its findings but the low ones: rule, file, line."""
    command = [sys.executable, "-m", "bandit", "-q", "--exit-zero", "-ll", "-r", "-f", "json", *ROOMS]
    done = subprocess.run(command, cwd=BASE, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert not found["errors"]
    return tuple((one["test_id"], one["filename"], one["line_number"]) for one in found["results"])


@pytest.mark.parametrize("room", ROOMS)
def test_bandit_finds_nothing_that_nobody_looked_at(count: Count, room: str) -> None:
    found = [(rule, name, line) for rule, name, line in bandit() if name.startswith(f"{room}/")]
    for path in sorted((BASE / room).rglob("*.py")):
        name = path.relative_to(BASE).as_posix()
        here = [(rule, line) for rule, file, line in found if file == name]
        new = [f"{rule} in line {line}" for rule, line in here if (rule, name) not in SEEN]
        count("S18", got_through=bool(new), what=f"{name}: {new}")


def test_what_was_looked_at_is_still_there() -> None:
    assert {(rule, name) for rule, name, _line in bandit()} == SEEN.keys()


def test_ruff_finds_nothing_that_nobody_looked_at(count: Count) -> None:
    command = [sys.executable, "-m", "ruff", "check", "--select", "S", "--no-cache"]
    command += ["--output-format", "json", "--exit-zero", *LINTED]
    done = subprocess.run(command, cwd=BASE, capture_output=True, text=True, check=True)
    found = {(one["filename"], one["code"]) for one in json.loads(done.stdout)}

    for room in LINTED:
        for path in sorted((BASE / room).rglob("*.py")):
            new = sorted(code for name, code in found if name == str(path) and code not in REVIEWED)
            count("S18", got_through=bool(new), what=f"{path.name}: {new}")


# Rules of ours, each with the only files that may do so


RULES: dict[str, tuple[str, set[str]]] = {
    # what is called or taken in, and where that is right
    "text of users as markup": (r"(mark_safe|SafeString)$", set()),
    "a statement without the models": (r"(RawSQL|\.raw|\.extra)$", set()),
    "code out of a text": (r"^(eval|exec|compile|__import__)$", set()),
    "objects out of bytes": (r"^(pickle|marshal|shelve|yaml)\.", set()),
    "a shell": (r"^os\.(system|popen)$|getoutput$", set()),
    "a way out of the house": (
        r"(urlopen|create_connection|HTTPConnection|HTTPSConnection|^requests\.(get|post|put|request|Session))$",
        {"complaints/channels/egress.py", "complaints/stand_in.py", "config/run.py"},
    ),
    "chance that can be guessed": (
        r"^random\.\w+$",
        {"complaints/models/dispatches.py", "complaints/stand_in.py"},
    ),
    "a page that forged posts reach": (
        r"csrf_exempt$",
        # The first two have no cookie that a forged post could use; the last looks at the token itself, once
        # its file is kept in memory.
        {"complaints/views.py", "following/views.py", "complaints/admin/slips.py"},
    ),
    "a weak hash": (r"^hashlib\.(md5|sha1)$|^(md5|sha1)$", set()),
}
OURS = ("complaints", "config", "following")


def parts(path: Path) -> Iterator[str]:
    """Dotted names of what a file calls and decorates with."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield from (ast.unparse(one) for one in node.decorator_list)


def statements(path: Path) -> Iterator[str]:
    """Statements for the database that are put together where they are sent."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".execute") and node.args:
            sent = node.args[0]
            is_formatted = isinstance(sent, ast.BinOp | ast.JoinedStr) or ".format(" in ast.unparse(sent)
            if is_formatted:
                yield f"line {node.lineno}: {ast.unparse(sent)[:60]}"


@pytest.mark.parametrize("rule", RULES)
def test_rule_of_ours_is_kept(count: Count, rule: str) -> None:
    pattern, right = RULES[rule]
    found: dict[str, list[str]] = {}
    for room in OURS:
        for path in sorted((BASE / room).rglob("*.py")):
            name = path.relative_to(BASE).as_posix()
            found[name] = [part for part in parts(path) if re.search(pattern, part)]
    for name, calls in found.items():
        count("S18", got_through=bool(calls) and name not in right, what=f"{rule} in {name}: {calls}")
    assert right == {name for name, calls in found.items() if calls}, "an exception that nobody needs"


def test_statements_are_not_put_together_where_they_are_sent(count: Count) -> None:
    for path in sorted((BASE / "complaints").rglob("*.py")):
        if "migrations" not in path.parts:
            found = list(statements(path))
            count("S18", got_through=bool(found), what=f"{path.name}: {found}")


OPEN = re.compile(r"\{\{[^}]*\|\s*safe(?:seq)?\b[^}]*\}\}|\{% autoescape off %\}")
UNESCAPED = {
    "templates/complaints/receipt.html": "{{ qr|safe }}",  # drawn by segno, of the key's letters alone
    "templates/admin/second_factor.html": "{{ picture|safe }}",  # the same, of the secret
    "templates/following/mail/confirm.txt": "{% autoescape off %}",  # plain text, in which nothing is markup
    "templates/following/mail/daily.txt": "{% autoescape off %}",
}


def test_templates_escape_what_they_show(count: Count) -> None:
    for path in sorted((BASE / "templates").rglob("*.*")):
        name = path.relative_to(BASE).as_posix()
        found = OPEN.findall(path.read_text(encoding="utf-8"))
        count("S18", got_through=found != [UNESCAPED[name]] if name in UNESCAPED else bool(found), what=name)


def test_rules_find_what_they_look_for(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text(
        "@csrf_exempt\ndef f(x):\n    mark_safe(x); eval(x); pickle.loads(x); os.system(x); random.random()\n"
        "    Model.objects.raw(x); urllib.request.urlopen(x); hashlib.md5(x)\n"
        "    cursor.execute(f'SELECT {x}'); cursor.execute('a' + x); cursor.execute('a {}'.format(x))\n"
    )

    found = {rule for rule, (pattern, _) in RULES.items() for part in parts(bad) if re.search(pattern, part)}

    assert found == RULES.keys()
    assert len(list(statements(bad))) == 3


# Dependencies


LOCKS = ("requirements.txt", "requirements-dev.txt")
PINNED = re.compile(r"([A-Za-z0-9._-]+)(\[[a-z0-9,_-]+\])?==(\S+) ")


def locked(name: str) -> Iterator[str]:
    text = (BASE / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))


@pytest.mark.parametrize("name", LOCKS)
def test_each_dependency_is_one_version_known_by_its_hash(count: Count, name: str) -> None:
    for line in locked(name):
        count("S18", got_through=not PINNED.match(line) or "--hash=sha256:" not in line, what=line[:60])


def test_both_locks_hold_the_same_versions() -> None:
    site, tests = (
        {found[1]: found[3] for line in locked(name) if (found := PINNED.match(line))} for name in LOCKS
    )

    assert {name: tests.get(name) for name in site} == site


@pytest.mark.parametrize("name", LOCKS)
def test_bill_of_materials_names_each_dependency_with_its_version_and_hashes(
    count: Count, name: str, tmp_path: Path
) -> None:
    bill = tmp_path / "bill.json"
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", "--of", "JSON", "--output-reproducible"]
    subprocess.run([*command, "-o", str(bill), name], cwd=BASE, capture_output=True, check=True)
    written: dict[str, Any] = json.loads(bill.read_text(encoding="utf-8"))

    known = {(one["name"].lower(), one["version"]): one for one in written["components"]}
    for line in locked(name):
        found = PINNED.match(line)
        assert found
        component = known.get((found[1].lower(), found[3]))
        places = (component or {}).get("externalReferences", [])
        hashes = {of["content"] for place in places for of in place["hashes"]}
        missing = set(re.findall(r"--hash=sha256:(\w+)", line)) - hashes
        count("S18", got_through=component is None or bool(missing), what=line[:60])
    assert written["bomFormat"] == "CycloneDX"
