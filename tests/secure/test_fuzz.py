"""S12: whatever is sent to the addresses of complaints, rightly or wrongly, is answered as described.

Some dozens for each in the suite; `make secure` and `make fuzz` send hundreds (FUZZ_EXAMPLES).
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, example, given
from hypothesis import settings as amount
from hypothesis import strategies as st

from complaints.access import ALPHABET, is_nonce, read_key
from complaints.forms import ComplaintForm, is_national_id, new_token, nonce_of
from complaints.models import Complaint
from complaints.records import parts_of, record_of
from complaints.snapshots import freeze
from config.wsgi import application
from spending.fiscal import read_year
from tests.complaints.test_views import SAID
from tests.spending.test_fuzz import PROMISES, RIGHT, WRONG

from .conftest import Count

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "40"))
OPERATIONS = (
    "post /api/v1/complaints/",
    "post /api/v1/complaints/acknowledgements/",
    "get /api/v1/complaints/statistics/",
)
PHASES = (Phase.explicit, Phase.generate, Phase.shrink)
fuzzed = amount(max_examples=EXAMPLES, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
SPACES = " \u00a0\u2009\u202f\u3000-–—‑"
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@cache
def operations() -> dict[str, Any]:
    """What the description says of complaints, by method and path."""
    raw = SchemaGenerator().get_schema(request=None, public=True)
    found = [operation.ok() for operation in schemathesis.openapi.from_dict(raw).get_all_operations()]
    return {f"{one.method} {one.path}": one for one in found if "/complaints/" in one.path}


@pytest.fixture
def kept() -> Iterator[None]:
    """The test's connection kept between requests, made as a server makes them."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_each_address_of_complaints_is_described() -> None:
    assert set(operations()) == set(OPERATIONS)


@pytest.mark.parametrize("name", OPERATIONS)
@given(data=st.data())
@fuzzed
def test_whatever_is_sent_gets_a_described_answer(
    kept: None, count: Count, name: str, data: st.DataObject
) -> None:
    mode = data.draw(st.sampled_from([RIGHT, WRONG]))
    case = data.draw(operations()[name].as_strategy(generation_mode=mode))

    answer = case.call(app=application, base_url="http://localhost", headers={"Accept-Encoding": "identity"})

    count("S12", got_through=answer.status_code >= 500, what=f"{name}: {answer.status_code}")
    case.validate_response(answer, checks=PROMISES)


@given(data=st.data())
@fuzzed
def test_right_complaints_are_filed(kept: None, count: Count, data: st.DataObject) -> None:
    """What the description calls right is refused only for what a description cannot say."""
    (case,) = [data.draw(operations()[OPERATIONS[0]].as_strategy(generation_mode=RIGHT))]
    if not isinstance(case.body, dict) or case.media_type != "application/json":
        return
    body = {name: value for name, value in case.body.items() if name not in ("about", *UNSAID)}
    said = {"detail": "ก" * 20, "subject": "ก", "nonce": uuid4().hex, "identity": "confidential"}
    before = Complaint.objects.count()

    answer = Client().post("/api/v1/complaints/", body | said, content_type="application/json")

    is_kept = answer.status_code == 201 and Complaint.objects.count() == before + 1
    has_nul = any("\x00" in str(value) for value in body.values())
    count("S12", got_through=not is_kept and not has_nul, what=answer.text[:200])


UNSAID = ("postcode", "email", *(name for name in ComplaintForm().fields if name.endswith("national_id")))
"""Fields whose form a description does not hold."""
TEXTS = st.text(max_size=60) | st.text(
    alphabet=INVISIBLE + SPACES + "ก่ำ\u0e4d\u0e32\x00\ud800[/:?#%", max_size=30
)
FIELDS = st.dictionaries(st.sampled_from([*ComplaintForm().fields, "key", "act", "words", "sure"]), TEXTS)


@pytest.mark.parametrize("page", ["/complaints/new/", "/complaints/status/", "/complaints/opinions/new/"])
@given(fields=FIELDS, about=TEXTS)
@example(fields={}, about="//[")
@example(fields={}, about="/agencies/\x00/")
@fuzzed
def test_whatever_is_typed_into_a_page_breaks_nothing(
    kept: None, count: Count, page: str, fields: dict[str, str], about: str
) -> None:
    client = Client(raise_request_exception=False)
    typed = SAID | {"token": new_token()} | fields | {"about": f"/agencies/{about}/"}
    sent = {name: value.encode("utf-8", "surrogatepass") for name, value in typed.items()}

    answers = [
        client.post(page, sent),
        client.get(page, {"about": about.encode("utf-8", "surrogatepass")}),
    ]

    for answer in answers:
        count("S12", got_through=answer.status_code >= 500, what=f"{page} {fields} {about!r}")


# The checks of single fields


def number_of(start: str) -> str:
    """Twelve digits with the one that checks them."""
    total = sum(weight * int(digit) for weight, digit in zip(range(13, 1, -1), start, strict=True))
    return start + str((11 - total % 11) % 10)


STARTS = st.from_regex(r"[1-8][0-9]{11}", fullmatch=True)


def form(**changes: str) -> ComplaintForm:
    made = ComplaintForm(SAID | {"identity": "named", "first_name": "ก"} | changes)
    made.is_valid()
    return made


@given(
    start=STARTS, places=st.lists(st.integers(1, 12), max_size=5), sign=st.sampled_from(INVISIBLE + SPACES)
)
@fuzzed
def test_true_number_is_taken_however_it_is_written(start: str, places: list[int], sign: str) -> None:
    digits = number_of(start)
    written = digits.translate(THAI) if len(places) % 2 else digits
    for place in sorted(places, reverse=True):
        written = written[:place] + sign + written[place:]

    assert form(national_id=written).cleaned_data["national_id"] == digits


@given(start=STARTS, place=st.integers(0, 12), step=st.integers(1, 9))
@fuzzed
def test_number_with_one_wrong_digit_is_refused(count: Count, start: str, place: int, step: int) -> None:
    """The last digit finds most wrong ones (10 and 0 are written alike), and each wrong one of its own."""
    digits = number_of(start)
    wrong = digits[:place] + str((int(digits[place]) + step) % 10) + digits[place + 1 :]
    fits = place < 12 and number_of(wrong[:12]) == wrong

    count("S12", got_through=is_national_id(wrong) and not fits, what=wrong)


@given(words=st.text(max_size=30))
@example(words="１２３４５６７８９０１２１")
@example(words="²" * 13)
@fuzzed
def test_what_is_no_number_is_refused_in_words(words: str) -> None:
    made = form(national_id=words)

    taken = made.cleaned_data.get("national_id")
    assert taken is None or taken == "" or is_national_id(taken)
    assert ("national_id" in made.errors) == (taken is None)


@given(digits=st.from_regex(r"[0-9]{5}", fullmatch=True), sign=st.sampled_from(["", *INVISIBLE, *SPACES]))
@fuzzed
def test_postcode_is_taken_in_either_digits(digits: str, sign: str) -> None:
    for written in (digits, digits.translate(THAI), sign.join(digits)):
        assert form(postcode=written).cleaned_data["postcode"] == digits


@given(words=st.text(alphabet=INVISIBLE, min_size=20, max_size=60))
@fuzzed
def test_words_that_nobody_sees_are_no_words(count: Count, words: str) -> None:
    made = form(subject=words, detail=words)

    count("S12", got_through=not {"subject", "detail"} <= made.errors.keys(), what=repr(words))


@given(words=st.text(alphabet="กขำ้่ำéàñ\u0301\u0e4d\u0e32", min_size=20, max_size=60))
@fuzzed
def test_words_are_kept_as_they_were_written(words: str) -> None:
    for shape in ("NFC", "NFD"):
        written = unicodedata.normalize(shape, words)
        assert form(detail=written).cleaned_data["detail"] == written.strip()


@given(year=st.integers(1900, 2199), is_buddhist=st.booleans(), is_thai=st.booleans())
@fuzzed
def test_year_is_read_in_either_calendar_and_digits(year: int, is_buddhist: bool, is_thai: bool) -> None:
    written = str(year + 543 if is_buddhist else year)

    read = read_year(written.translate(THAI) if is_thai else written)

    assert read == year or (not is_buddhist and year >= 1900 + 543 > 0)


@given(words=TEXTS)
@example(words="//[")
@example(words="/budget/2565/?ministry=%00")
@example(words="/procurement/๒๕๖๕/?q=\u200b")
@example(words="/\\evil.example")
@fuzzed
def test_address_of_nothing_is_told_from_one_of_ours(count: Count, words: str) -> None:
    for address in (words, f"/{words}", f"/agencies/{words}/", f"/budget/2565/?{words}"):
        parts, record, frozen = parts_of(address), record_of(address), freeze(address)
        is_elsewhere = frozen is not None and not frozen.about.startswith("/")
        count("S12", got_through=is_elsewhere or (parts is None and bool(record or frozen)), what=address)


@given(words=st.text(max_size=60))
@fuzzed
def test_numbers_of_forms_are_read_without_breaking(words: str) -> None:
    assert not nonce_of(words)
    assert is_nonce(words) == (len(words) == 32 and set(words) <= set("0123456789abcdef"))


@given(
    key=st.text(alphabet=ALPHABET, min_size=26, max_size=26),
    sign=st.sampled_from(["", "-", " ", *INVISIBLE]),
    every=st.integers(1, 9),
)
@fuzzed
def test_access_key_is_read_however_it_was_copied(key: str, sign: str, every: int) -> None:
    written = sign.join(key[at : at + every] for at in range(0, 26, every))

    assert read_key(written) == read_key(written.lower()) == key
