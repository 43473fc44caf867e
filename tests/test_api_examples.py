"""The examples of docs/api.md, run as they stand against a serving site."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

import pytest
from django.conf import settings

from importers.records import Body
from tests.factories import HEALTH, INTERIOR, allocation, commitment, disbursement, head, loaded
from tests.reference_values import cpi, people, published_values
from tests.spending.years import total

DOCUMENTED_SITE = "http://127.0.0.1:8000"
PAGE = (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")
NOT_KNOWN = PAGE.partition("\n## What is not known\n")[2].partition("\n## ")[0]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, flags=re.DOTALL | re.MULTILINE)


def commands() -> list[str]:
    """The questions among the documented commands; one that files something has tests of its own."""
    found = [
        command for block in blocks("sh") for command in re.split(r"^(?=curl )", block, flags=re.MULTILINE)
    ]
    return [command.replace("\\\n", " ") for command in found if command and " -X POST " not in command]


@pytest.fixture
def site(live_server: Any, tmp_path: Path) -> str:
    """A serving site that knows a little of each thing the examples ask for."""
    ministry = Body("กระทรวงศึกษาธิการ", "20", "ministry")
    agency = Body("สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", "20004", "agency", "20")
    whose = {"ministry": ministry, "agency": agency}
    buildings = ("งบลงทุน", "ค่าครุภัณฑ์ ที่ดินและสิ่งก่อสร้าง")
    lines = allocation(1, "310600000000.10", **whose), allocation(2, "0.15", category=buildings, **whose)
    loaded(head(), *lines, commitment(3, **whose), folder=tmp_path)
    weekly = [disbursement(body) for body in (ministry, HEALTH, INTERIOR)]
    loaded(
        head("2569", as_of=date(2026, 7, 3)),
        *weekly,
        disbursement(agency, cut="agency"),
        folder=tmp_path,
    )
    published_values(people(), cpi("108.8", 2021), cpi("120.6", 2022), folder=tmp_path)
    total(2021, "3285962479700")
    return str(live_server.url)


def asked(command: str, site: str) -> tuple[int, bytes]:
    """What a documented curl command would be answered: status and body."""
    curl = ArgumentParser()
    curl.add_argument("command")
    curl.add_argument("address")
    for option in ("-o", "--etag-save", "--etag-compare"):
        curl.add_argument(option)
    curl.add_argument("-H", action="append", default=[])
    curl.add_argument("--get", action="store_true")
    curl.add_argument("--data-urlencode", action="append", default=[])
    given = curl.parse_args(shlex.split(command))
    query = urlencode([tuple(pair.split("=", 1)) for pair in given.data_urlencode])
    address = quote(given.address.replace(DOCUMENTED_SITE, site), safe=":/?&=%") + (
        f"?{query}" if query else ""
    )
    request = Request(address, headers=dict(header.split(": ", 1) for header in given.H))
    try:
        with urlopen(request, timeout=30) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        return error.code, error.read()


@pytest.mark.parametrize("command", commands())
def test_documented_command_is_answered(site: str, command: str) -> None:
    status, body = asked(command, site)

    assert status == (400 if "yaer" in command else 200)
    assert body or "jsonl" in command


@pytest.mark.parametrize("command", [c for c in commands() if "breakdown" in c or "series" in c])
def test_documented_question_finds_something(site: str, command: str) -> None:
    """But the question under "What is not known", which shows how an answer says so."""
    _status, body = asked(command, site)

    found = json.loads(body)
    if command in NOT_KNOWN:
        assert (found["rows"], found["total"]) == ([], None)
        assert found["not_known"]["reason"]
        assert found["not_known"]["detail"]
    else:
        assert found.get("rows") or found.get("series")
        assert found["not_known"] is None


def test_documented_error_is_answered_in_the_asked_language(site: str) -> None:
    command = next(command for command in commands() if "yaer" in command)

    _status, body = asked(command, site)

    problem = json.loads(body)
    assert problem["parameter"] == "yaer"
    assert problem["detail"].startswith("There is no parameter yaer")


def test_documented_answer_has_the_keys_it_shows(site: str) -> None:
    _status, body = asked(commands()[0], site)

    shown = json.loads(blocks("json")[0])
    answer = json.loads(body)
    assert answer.keys() == shown.keys()
    assert answer["rows"][0].keys() == shown["rows"][0].keys()


def test_documented_python_adds_up_every_page(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    program = next(block for block in blocks("python") if "import pandas" not in block)

    exec(compile(program.replace(DOCUMENTED_SITE, site), "docs/api.md", "exec"), {})

    assert capsys.readouterr().out == "310,600,000,000.25 baht\n"


@pytest.mark.parametrize("library", ["pandas", "duckdb"])
def test_documented_program_adds_up_the_ministries(
    site: str,
    library: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    program = next(block for block in blocks("python") if f"import {library}" in block)
    monkeypatch.chdir(tmp_path)

    exec(compile(program.replace(DOCUMENTED_SITE, site), "docs/api.md", "exec"), {})

    printed = capsys.readouterr().out
    assert "กระทรวงศึกษาธิการ" in printed
    assert "310600000000.25" in printed


def test_documented_sheet_formula_asks_for_columns_that_exist(site: str) -> None:
    address = re.findall(r'=IMPORTDATA\("https://example.org([^"]+)"', PAGE)[0]

    with urlopen(site + address) as answer:
        header = next(csv.reader(io.TextIOWrapper(answer, encoding="utf-8")))

    assert header == ["item_id", "agency", "amount"]


def test_documented_r_program_asks_for_columns_that_exist(site: str) -> None:
    program = blocks("r")[0]
    address = re.findall(r'"(http[^"]+)"', program)[0].replace(DOCUMENTED_SITE, site)

    with urlopen(address) as answer:
        header = next(csv.reader(io.TextIOWrapper(answer, encoding="utf-8")))

    assert {*re.findall(r"c\((\w+) =", program), *re.findall(r"(\w+) ~ (\w+)", program)[0]} <= set(header)
