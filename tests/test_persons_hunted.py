"""Persons of every shape are loaded, and then looked for in all that leaves the site.

One file holds a made-up person under each title and each kind of number that published files know, as
winner, in titles, beside shops and companies. Then every page that links lead to, every list, file, breakdown
and series of the API, feeds, maps of the site, OCDS, figures in other pages, answers of the search, the dump,
the tables and the log are read for them.
"""

from __future__ import annotations

import gzip
import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from pyarrow import parquet

from importers.loading import load
from importers.persons import NAMED_PERSON, PERSON, PERSONS_NUMBER, winner_of, without_persons
from importers.sources import SOURCES
from spending.downloads import FORMS
from spending.models import Contract
from spending.resources import RESOURCES
from tests.importers.sources.egp_files import COMPANY_ID, row, write
from tests.test_natural_persons import body_of, texts_in_database

pytestmark = pytest.mark.django_db
THAI, LATIN = "มั่นหมาย ดวงประเสริฐ", "Fahsai Duangprasert"
NUMBER = "3619900123456"
PLANTED = (*THAI.split(), *LATIN.split(), LATIN.upper().split()[1], NUMBER, "3-6199-00123-45-6")
KEY = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="

TITLES = (
    "นาย", "นาง", "นางสาว", "น.ส.", "น.ส ", "ด.ช.", "เด็กหญิง", "ดร.", "ดร ", "ผศ.ดร.", "รศ.ดร. ",
    "ศ.เกียรติคุณ ", "ศาสตราจารย์ ", "ผู้ช่วยศาสตราจารย์ ดร.", "นพ.", "นายแพทย์", "แพทย์หญิง", "ทพญ.",
    "ภก.", "ว่าที่ ร.ต.", "ว่าที่ ร.ต.หญิง ", "ว่าที่ร้อยตรี ", "ว่าที่ ร.ต.(หญิง) ", "ร.ต.อ.",
    "พ.ต.ท.", "พ.ต.อ.หญิง ", "จ.ส.อ.", "ส.ต.ท.", "ด.ต.", "พล.ต.ท.", "พลเอก ", "พันตำรวจเอก ",
    "จ่าสิบตำรวจ ", "นาวาอากาศเอก ", "ม.ล.", "หม่อมราชวงศ์", "คุณ", "คุณหญิง ", "แม่ชี", "นาย  ",
    "นาย\u00a0", "นาย.",
)  # fmt: skip
LATIN_TITLES = ("Mr.", "MR ", "Mrs.", "Ms. ", "Miss ", "Dr. ", "Prof. ")
NAMED = [f"{title}{THAI}" for title in TITLES] + [f"{title}{LATIN}" for title in LATIN_TITLES]
HOUSES = ("บริเวณบ้านกำนัน", "ข้างบ้านอาจารย์", "สายบ้าน สท.", "หลังบ้านผู้ใหญ่", "ที่นาของนาง", "แยกบ้านครู")
NUMBERS = ("", "-", NUMBER, "3619900xxxxxx", "xxxxxxxxx3456", "3.6199E+12", "361990012345", "1105500012345")
UNREADABLE = ("3-6199-00123-45-6", "๓๖๑๙๙๐๐๑๒๓๔๕๖", "3 6199 00123 45 6", f"{NUMBER}.0")
REPRESENTED = (
    f"ร้านค้าดี โดยนาย{THAI}",
    f"ร้านค้าดี โดย {THAI}",
    f"หจก.ก่อสร้างดี โดย นาง{THAI} หุ้นส่วนผู้จัดการ",
    f"หจก.ก่อสร้างดี โดย {THAI}",
    f"บริษัท ตัวอย่าง จำกัด (นางสาว{THAI})",
    f"บริษัท ตัวอย่าง จำกัดโดย พ.ต.ท.{THAI}",
    f"บริษัท ตัวอย่าง จำกัด โดย คุณ{THAI}",
    f"บริษัท ตัวอย่าง จำกัด {NUMBER}",
    f"Example Co., Ltd. by Mr. {LATIN}",
    f"Example Co., Ltd. (by {LATIN})",
)


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("tax_id", ["", COMPANY_ID])
def test_titled_winner_is_a_person_whatever_the_number(name: str, tax_id: str) -> None:
    assert winner_of(tax_id, name).kind == PERSON


@pytest.mark.parametrize("tax_id", NUMBERS)
def test_untitled_winner_is_a_person_unless_the_number_is_of_a_company(tax_id: str) -> None:
    assert winner_of(tax_id, THAI).kind == PERSON
    assert winner_of(tax_id, f"คณะบุคคล {THAI}").kind == PERSON
    assert winner_of(COMPANY_ID, THAI).name == COMPANY_ID


@pytest.mark.parametrize("name", REPRESENTED)
@pytest.mark.parametrize("tax_id", ["", COMPANY_ID])
def test_company_is_shown_without_who_acts_for_it(name: str, tax_id: str) -> None:
    shown = winner_of(tax_id, name).name

    assert [word for word in PLANTED if word in shown] == []
    assert shown or not tax_id


@pytest.mark.parametrize("name", NAMED)
def test_title_of_a_purchase_loses_the_person_and_keeps_the_rest(name: str) -> None:
    text, found = without_persons(f"จ้างเหมาบริการ {name} จำนวน 1 งาน")

    assert (text, found) == (f"จ้างเหมาบริการ {NAMED_PERSON} จำนวน 1 งาน", 1)


@pytest.mark.parametrize("number", [NUMBER, "3-6199-00123-45-6", "1 1055 00012 34 5"])
def test_number_of_a_person_is_taken_out_of_words(number: str) -> None:
    assert without_persons(f"ค่าจ้าง บัตร {number} งวด 2") == (f"ค่าจ้าง บัตร {PERSONS_NUMBER} งวด 2", 1)


@pytest.mark.parametrize(
    "text",
    [
        "ซื้อครุภัณฑ์ รหัส 6720-005-0002-59 และ 0105559000018",
        "จัดซื้ออาหารคุณภาพ ดีเยี่ยม คุณลักษณะ เฉพาะ",
        "โครงการตามพระปณิธาน ศ.ดร.สมเด็จพระเจ้าลูกเธอ เจ้าฟ้าจุฬาภรณ",
        "ก่อสร้างถนน ต.บางตลาด อ.ปากเกร็ด จ.นนทบุรี ขนาด ค.ส.ล. หนา",
        "จ้างครูอาจารย์ผู้สอน ภาษาอังกฤษ",
    ],
)
def test_words_that_are_no_person_stay(text: str) -> None:
    assert without_persons(text) == (text, 0)


@pytest.mark.parametrize("name", ["บริษัท นายน์คอม จำกัด", "บริษัท โดยสารดี จำกัด", "ร้าน ตัวอย่างการค้า"])
def test_name_of_a_company_stays(name: str) -> None:
    assert winner_of(COMPANY_ID, name).name == name


def planted_rows() -> Iterator[dict[str, str]]:
    """A purchase for each shape; the numbers of projects count on."""
    won = [{"winner": name, "tax_id": NUMBERS[i % len(NUMBERS)]} for i, name in enumerate(NAMED)]
    untitled = [
        {"winner": THAI, "tax_id": number, "title": f"จ้าง {THAI}"} for number in (*NUMBERS, *UNREADABLE)
    ]
    acting = [{"winner": name, "tax_id": tax_id} for name in REPRESENTED for tax_id in ("", COMPANY_ID)]
    written = [{"title": f"จ้าง {name} จำนวน 1 งาน"} for name in (*NAMED, NUMBER)]
    houses = [{"title": f"ขุดสระน้ำ {place}{THAI} หมู่ที่ 8"} for place in HOUSES]
    units = [{"ชื่อหน่วยงานย่อย": f"กองคลัง โดย {name}"} for name in NAMED]
    numbers = [{"winner": f"นาย{THAI}", "tax_id": "-", "เลขที่สัญญา": f"จ้าง {THAI}"}]
    plain = [{} for _ in range(100)]
    for ordinal, changes in enumerate(
        [*won, *untitled, *acting, *written, *houses, *units, *numbers, *plain]
    ):
        yield row(number=f"64097{ordinal:06}", **changes)


class Heard(logging.Handler):
    """Keeps all that any logger of the program says."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.getMessage()} {vars(record)}")


@pytest.fixture
def loaded(tmp_path: Path) -> Iterator[Heard]:
    """The rows, loaded and published, with everything that was logged since."""
    heard, loggers = Heard(), [logging.getLogger(name) for name in (None, "django", "django.request")]
    for logger in loggers:
        logger.addHandler(heard)
    run = load(SOURCES["egp_contracts"], write(tmp_path, planted_rows()))
    for edition in run.editions.filter(state="held"):
        edition.release(by="tester", reason="planted")
    assert Contract.objects.filter(winner_kind=PERSON).count() >= len(NAMED)
    yield heard
    for logger in loggers:
        logger.removeHandler(heard)


def found_in(text: str) -> list[str]:
    return [word for word in PLANTED if word in text]


def said(client: Client, address: str) -> str:
    """What an address answers, opened as far as it is packed."""
    answer: Any = client.get(address, follow=True)
    path = urlsplit(address).path
    assert answer.status_code < 500, address
    if path.endswith(".parquet") and answer.status_code == 200:
        return str(parquet.read_table(io.BytesIO(b"".join(answer.streaming_content))).to_pylist())
    return body_of(answer, path)


def linked(text: str, address: str) -> Iterator[str]:
    """The pages of this site that a page leads to, without those that only choose or sort the same rows."""
    for href in re.findall(r'(?:href="|src="|<loc>)([^"#<]+)', text):
        parts = urlsplit(urljoin(f"http://testserver{address}", href.replace("&amp;", "&")))
        if parts.netloc != "testserver" or parts.path.startswith("/static/"):
            continue
        if parts.path.startswith("/embed/") and parts.query:
            yield f"{unquote(parts.path)}?{parts.query}"
        elif not parts.query:
            yield unquote(parts.path)


def crawl(client: Client, *starts: str, most: int) -> dict[str, str]:
    """What every page says that links lead to; of each kind of address with a number in it the first few."""
    waiting, known, texts = list(starts), set(starts), {}
    kinds: dict[str, int] = {}
    while waiting:
        address = waiting.pop(0)
        kind = re.sub(r"\d+", "0", address)
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > most:
            continue
        texts[address] = said(client, quote(address, safe="/?=&%~"))
        fresh = [one for one in linked(texts[address], address) if one not in known]
        known |= set(fresh)
        waiting += fresh
    return texts


def test_no_page_that_links_lead_to_names_a_planted_person(client: Client, loaded: Any) -> None:
    texts = crawl(client, "/", "/en/", "/sitemap.xml", "/robots.txt", most=4)

    assert len(texts) > 100
    assert {address: found_in(text) for address, text in texts.items() if found_in(text)} == {}
    assert any("/projects/64097" in address for address in texts)
    assert any(address.endswith(".atom") for address in texts)
    assert any(address.startswith("/embed/") for address in texts)


def test_no_page_of_a_purchase_names_its_planted_person(client: Client, loaded: Any) -> None:
    numbers = sorted(set(Contract.objects.values_list("project_number", flat=True)))
    addresses = [f"/projects/{number}/" for number in numbers]
    packages = ("releases", "records")
    addresses += [f"/api/v1/ocds/{one}/?project={number}" for number in numbers[::20] for one in packages]

    assert {address: found_in(said(client, address)) for address in addresses} == {
        one: [] for one in addresses
    }


@pytest.mark.parametrize("name", RESOURCES)
def test_no_answer_of_the_api_names_a_planted_person(client: Client, loaded: Any, name: str) -> None:
    dimensions = RESOURCES[name].filter.dimensions
    asked = [f"{name}/?limit=1000", *(f"{name}.{form}" for form in FORMS)]
    asked += [f"{name}/{kind}?by={one.value}" for kind in ("breakdown", "series") for one in dimensions]

    texts = {one: said(client, f"/api/v1/{one}") for one in asked}

    assert {one: found_in(text) for one, text in texts.items() if found_in(text)} == {}


@pytest.mark.parametrize("word", [THAI, LATIN, f"นาย{THAI}", "มั่นหมาย", NUMBER])
def test_no_search_leads_from_a_planted_person_to_a_purchase(client: Client, loaded: Any, word: str) -> None:
    asked = [
        f"/search/?q={quote(word)}",
        f"/search/feed.json?q={quote(word)}",
        f"/api/v1/search/?q={quote(word)}",
        f"/api/v1/projects/?q={quote(word)}",
        f"/suppliers/?q={quote(word)}",
        f"/api/v1/suppliers/?q={quote(word)}",
    ]

    assert [one for one in asked if re.search("64097\\d{6}", said(client, one))] == []


def test_no_file_of_the_dump_and_no_table_holds_a_planted_person(
    loaded: Any, tmp_path: Path, settings: Any
) -> None:
    settings.DUMPS_DIR, settings.DUMP_SIGNING_KEY = tmp_path / "dumps", KEY
    call_command("publish")
    files = [path for path in settings.DUMPS_DIR.rglob("*") if path.is_file()]

    texts = {path.name: _unpacked(path) for path in files}

    assert any("contract" in name for name in texts)
    assert {name: found_in(text) for name, text in texts.items() if found_in(text)} == {}
    assert found_in(texts_in_database()) == []


def test_no_line_of_the_log_names_a_planted_person(client: Client, loaded: Heard) -> None:
    for name in (THAI, LATIN, NUMBER):
        said(client, f"/suppliers/{quote(name)}/")
        said(client, f"/search/?q={quote(name)}")
    logging.getLogger("django.request").error("heard")

    assert loaded.lines[-1].startswith("heard")
    assert found_in("\n".join(loaded.lines)) == []


def test_no_kept_file_holds_a_planted_person(loaded: Any) -> None:
    kept = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]

    assert {path.name: found_in(_unpacked(path)) for path in kept if found_in(_unpacked(path))} == {}


def _unpacked(path: Path) -> str:
    content = path.read_bytes()
    if path.suffix == ".parquet":
        return str(parquet.read_table(io.BytesIO(content)).to_pylist())
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    return content.decode("utf-8", "ignore")
