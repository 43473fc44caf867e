"""The pages for whoever sees something wrong: the form, the receipt, the way back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.utils import timezone, translation
from django.utils.html import escape

from complaints import inbox, sealing, views
from complaints.delivery import letter_for
from complaints.filing import file_complaint
from complaints.form_pdf import Form, form_pdf
from complaints.models import Attachment, Complaint, Desk, Dispatch, Message
from complaints.snapshots import Snapshot
from spending.models import Agency
from tests.test_pages import publish

from .test_filing import PNG, told

pytestmark = pytest.mark.django_db
SAID = {
    "suspicion": "corruption",
    "subject": "ถนนลาดยางไม่ครบ",
    "detail": "วัดได้ 800 เมตร จากสัญญา 1,200 เมตร",
    "level": "unknown",
    "wish": "inquire",
    "identity": "anonymous",
}


def token(client: Client, address: str = "/complaints/new/") -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get(address).text)
    assert found
    return found[1]


def sent(client: Client, headers: dict[str, str] | None = None, **changes: Any) -> Any:
    return client.post("/complaints/new/", {"token": token(client)} | SAID | changes, headers=headers or {})


def key_on(page: Any) -> str:
    found = re.search(r'<code id="key">([^<]+)</code>', page.text)
    assert found
    return found[1]


@pytest.mark.parametrize("language", ["", "/en"])
def test_form_is_there_in_both_languages(client: Client, language: str) -> None:
    page = client.get(f"{language}/complaints/new/")

    assert page.status_code == 200
    assert page.text.count("<textarea") >= 4
    assert not client.cookies


def test_report_is_filed_and_the_receipt_shown_once(client: Client) -> None:
    page = sent(client)

    case = Complaint.objects.get()
    assert page.status_code == 200
    assert case.reference[:3] in page.text
    assert len(key_on(page).replace("-", "")) == 26
    assert "<svg" in page.text
    assert "1206" in page.text
    assert not client.cookies


def test_second_press_shows_the_same_receipt(client: Client) -> None:
    given = token(client)

    first, second = (client.post("/complaints/new/", {"token": given} | SAID) for _ in range(2))

    assert key_on(first) == key_on(second)
    assert Complaint.objects.count() == 1


def test_what_was_looked_at_is_kept_as_it_was(client: Client) -> None:
    page = client.get("/complaints/new/", {"about": "/budget/2565/?ministry=15"})
    assert 'name="about" value="/budget/2565/?ministry=15"' in page.text

    sent(client, about="/en/budget/2565/?ministry=15")

    case = Complaint.objects.get()
    assert case.about == "/budget/2565/?ministry=15"
    assert case.snapshot["figures"]["query"] == {"ministry": "15", "year": "2565"}


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "/no-such-page/", "javascript:x"],
)
def test_address_that_is_not_ours_is_left_out(client: Client, address: str) -> None:
    page = client.get("/complaints/new/", {"about": address})

    assert page.status_code == 200
    assert 'name="about" value=""' in page.text
    assert 'href="https://evil' not in page.text


@pytest.mark.parametrize("address", ["/complaints/new/", "/complaints/status/"])
def test_nobody_else_learns_that_the_page_was_read(client: Client, address: str) -> None:
    page = client.get(address)

    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"suspicion": ""}, "suspicion"),
        ({"suspicion": "murder"}, "suspicion"),
        ({"subject": ""}, "subject"),
        ({"detail": "สั้น"}, "detail"),
        ({"detail": "ก" * 20_001}, "detail"),
        ({"subject": "ก\x00ข"}, "subject"),
        ({"email": "nobody"}, "email"),
        ({"postcode": "123"}, "postcode"),
        ({"province": "แอตแลนติส"}, "province"),
        ({"identity": "named", "national_id": "1234567890123", "first_name": "ก"}, "national_id"),
        ({"identity": "named"}, "first_name"),
        ({"person1_national_id": "1101700230709"}, "person1_national_id"),
        ({"person3_national_id": "12"}, "person3_national_id"),
        ({"identity": "anonymous", "phone": "0812345678"}, "identity"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    client: Client, changes: dict[str, str], said: str
) -> None:
    page = sent(client, **changes)

    assert page.status_code == 200
    assert Complaint.objects.count() == 0
    assert page.context["form"].errors.keys() == {said}
    assert SAID["detail"] in page.text or "detail" in changes


def test_thai_digits_and_a_true_number_are_taken(client: Client) -> None:
    sent(client, identity="named", first_name="สมหญิง", national_id="๑-๑๐๑๗-๐๐๒๓๐-๗๐-๘", postcode="๑๐๒๐๐")

    case = Complaint.objects.get()
    opened = sealing.unseal_words(case.reporter.identity, settings.COMPLAINT_PRIVATE_KEYS)
    assert opened == {"first_name": "สมหญิง", "national_id": "1101700230708"}


@pytest.mark.parametrize("forged", ["", "x", "0" * 32, "a:b:c"])
def test_form_without_our_number_is_shown_again_with_its_text(client: Client, forged: str) -> None:
    page = client.post("/complaints/new/", {"token": forged} | SAID)

    assert page.status_code == 403
    assert SAID["detail"] in page.text
    assert Complaint.objects.count() == 0
    again = re.search(r'name="token" value="([^"]+)"', page.text)
    assert again
    assert client.post("/complaints/new/", {"token": again[1]} | SAID).status_code == 200
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}],
)
@pytest.mark.parametrize("address", ["/complaints/new/", "/complaints/status/"])
def test_post_from_elsewhere_is_refused(client: Client, headers: dict[str, str], address: str) -> None:
    page = client.post(address, {"token": token(client)} | SAID, headers=headers)

    assert page.status_code == 403
    assert Complaint.objects.count() == 0


def test_post_of_our_own_page_is_taken(client: Client) -> None:
    page = sent(client, headers={"Sec-Fetch-Site": "same-origin", "Origin": "null"})

    assert page.status_code == 200
    assert Complaint.objects.count() == 1


def test_what_a_citizen_may_not_choose_is_ignored(client: Client) -> None:
    sent(client, desk="nacc", state="closed", outcome="spam", assigned_to="1", reference="000000000")

    case = Complaint.objects.get()
    assert (case.desk.code, case.state, case.outcome) == ("pacc", "received", "")


def test_database_that_is_away_costs_no_word(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: Any) -> None:
        raise OperationalError("the database is away")

    given = token(client)
    monkeypatch.setattr(views, "file_complaint", away)
    monkeypatch.setattr(views, "freeze", away)

    page = client.post("/complaints/new/", {"token": given, "about": "/budget/2565/"} | SAID)

    assert page.status_code == 200
    assert SAID["detail"] in page.text
    assert given in page.text


def test_evidence_is_taken_by_its_content(client: Client) -> None:
    good = SimpleUploadedFile("เอกสาร.exe", PNG, content_type="application/x-sharp")
    bad = SimpleUploadedFile("ภาพ.png", b"<svg onload=alert(1)>", content_type="image/png")

    refused = sent(client, evidence=[good, bad])
    good.seek(0)
    taken = sent(client, evidence=[good])

    assert "evidence" in refused.context["form"].errors
    assert taken.status_code == 200
    assert Attachment.objects.get().kind == "png"


@pytest.mark.parametrize("number", [11])
def test_too_many_files_are_refused(client: Client, number: int) -> None:
    page = sent(client, evidence=[SimpleUploadedFile(f"{n}.png", PNG) for n in range(number)])

    assert "evidence" in page.context["form"].errors


def test_too_large_files_are_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("complaints.uploads.MOST_BYTES", 100)

    page = sent(client, evidence=[SimpleUploadedFile("a.png", PNG), SimpleUploadedFile("b.png", PNG)])

    assert "evidence" in page.context["form"].errors
    assert Complaint.objects.count() == 0


# Behind the key


def test_key_shows_where_it_stands_however_it_is_typed(client: Client) -> None:
    key = key_on(sent(client))

    page = client.post("/complaints/status/", {"key": key.lower().replace("-", " ")})

    assert page.status_code == 200
    assert Complaint.objects.get().reference in page.text
    assert SAID["detail"] not in page.text


def test_what_was_looked_at_is_marked_as_thai_on_an_english_page(client: Client) -> None:
    about = Snapshot("/projects/1/", "ซ่อมถนนสายหนึ่ง")
    key = file_complaint(told(about=about)).key

    page = client.post("/en/complaints/status/", {"key": key})
    in_thai = client.post("/complaints/status/", {"key": key})

    assert f'<dd><span lang="th">{about.title}</span></dd>' in page.text
    assert f"<dd>{about.title}</dd>" in in_thai.text


@pytest.mark.parametrize("key", ["", "x", "0" * 26, "ก" * 26, "A" * 5_000])
def test_wrong_key_shows_the_same_page(client: Client, key: str) -> None:
    sent(client)
    page = client.post("/complaints/status/", {"key": key})

    assert page.status_code == 404
    assert page.text == client.post("/complaints/status/", {"key": "Z" * 26}).text


def test_reference_number_opens_nothing(client: Client) -> None:
    sent(client)

    page = client.post("/complaints/status/", {"key": Complaint.objects.get().reference})

    assert page.status_code == 404


def test_question_of_staff_is_read_with_the_key_alone(client: Client) -> None:
    key = key_on(sent(client))
    case = Complaint.objects.get()
    words = {"text": "ถนนอยู่หมู่ที่เท่าไร"}
    Message.objects.create(
        complaint=case,
        from_reporter=False,
        words=sealing.seal_words(words, settings.COMPLAINT_PUBLIC_KEYS[0]),
        words_for_reporter=sealing.seal_words(words, case.reporter_key),
    )
    settings_without = settings.COMPLAINT_PRIVATE_KEYS
    settings.COMPLAINT_PRIVATE_KEYS = []

    page = client.post("/complaints/status/", {"key": key})

    settings.COMPLAINT_PRIVATE_KEYS = settings_without
    assert words["text"] in page.text


def test_something_is_added_and_cannot_be_read_back(client: Client) -> None:
    key = key_on(sent(client))

    values = {"key": key, "act": "add", "words": "หมู่ที่ 4", "evidence": [SimpleUploadedFile("b.png", PNG)]}
    page = client.post("/complaints/status/", values)

    assert page.status_code == 200
    assert "หมู่ที่ 4" not in page.text
    assert (Message.objects.count(), Attachment.objects.count()) == (1, 1)


def test_nothing_added_is_said(client: Client) -> None:
    page = client.post("/complaints/status/", {"key": key_on(sent(client)), "act": "add"})

    assert page.context["form"].errors
    assert Message.objects.count() == 0


def test_report_is_withdrawn_on_a_second_word(client: Client) -> None:
    key = key_on(sent(client))

    client.post("/complaints/status/", {"key": key, "act": "withdraw"})
    unsure = Complaint.objects.get().state
    client.post("/complaints/status/", {"key": key, "act": "withdraw", "sure": "yes"})

    assert (unsure, Complaint.objects.get().outcome) == ("received", "withdrawn")


def test_what_comes_after_a_report_was_closed_is_not_kept_and_not_lost(client: Client) -> None:
    key = key_on(sent(client))
    client.post("/complaints/status/", {"key": key, "act": "withdraw", "sure": "yes"})
    values = {
        "key": key,
        "act": "add",
        "words": "คำที่พิมพ์ไว้ก่อนปิด",
        "evidence": [SimpleUploadedFile("b.png", PNG)],
    }

    page = client.post("/complaints/status/", values)

    assert "คำที่พิมพ์ไว้ก่อนปิด" in page.text
    assert "It was added" not in page.text
    assert Message.objects.count() == 0
    assert Attachment.objects.count() == 0


# Where the form is closed


@pytest.mark.parametrize("language", ["", "/en"])
def test_without_a_key_every_desk_is_named_instead(client: Client, settings: Any, language: str) -> None:
    settings.COMPLAINT_PUBLIC_KEYS = []

    page = client.get(f"{language}/complaints/new/", {"about": "/search/?q=ถนน"})

    assert all(desk.site in page.text for desk in Desk.objects.all())
    assert "http://testserver/search/?q=" in page.text
    assert "<form" not in page.text.partition("<main")[2]


def test_filing_page_needs_no_private_key(client: Client, settings: Any) -> None:
    settings.COMPLAINT_PRIVATE_KEYS = []
    settings.COMPLAINT_SIGNING_KEY = ""

    assert sent(client).status_code == 200
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize("language", ["", "/en"])
def test_what_the_agency_s_own_form_asks_reaches_it_in_its_own_words(client: Client, language: str) -> None:
    given = {"token": token(client), "network": "official", "person1_conduct": "ลงนามตรวจรับ"}
    client.post(f"{language}/complaints/new/", SAID | given)

    letter = letter_for(Dispatch.objects.get())
    assert letter.matter["network"] == "เป็นเจ้าหน้าที่รัฐ และไม่เป็นเครือข่าย"
    assert letter.accused == [{"conduct": "ลงนามตรวจรับ"}]
    assert letter.reporter is None


def test_clerk_finds_each_of_them_on_the_form(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, str] = {}
    monkeypatch.setattr(Form, "entry", lambda form, label, value: said.update({label: value}))
    sent(client, network="neither", person1_conduct="ลงนามตรวจรับ")
    form_pdf(letter_for(Dispatch.objects.get()))

    assert said["สถานะเครือข่าย ป.ป.ท."] == "ไม่เป็นเจ้าหน้าที่รัฐ และไม่ได้เป็นเครือข่าย"
    assert said["ความเกี่ยวข้อง/พฤติการณ์โดยย่อ"] == "ลงนามตรวจรับ"


def test_clerk_reads_what_should_happen_in_thai_also_from_an_english_page(client: Client) -> None:
    filed = {"token": token(client)} | SAID | {"wish": "stop", "wish_words": "Stop it"}
    client.post("/en/complaints/new/", filed)

    assert letter_for(Dispatch.objects.get()).matter["wish"] == "ระงับไว้ก่อนที่เงินจะเสียหายมากขึ้น – Stop it"


def test_nobody_is_called_what_they_did_not_say(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, str] = {}
    monkeypatch.setattr(Form, "entry", lambda form, label, value: said.update({label: value}))
    sent(client)
    form_pdf(letter_for(Dispatch.objects.get()))

    assert said["สถานะเครือข่าย ป.ป.ท."] == "ไม่ได้ระบุ"


def test_office_of_the_page_is_written_already_and_can_be_changed(client: Client, tmp_path: Path) -> None:
    publish(tmp_path)
    agency = Agency.objects.exclude(name="").earliest("code")

    page = client.get("/complaints/new/", {"about": f"/agencies/{agency.code}/"})

    assert f">\n{escape(agency.name)}</textarea>" in page.text


def test_english_form_names_the_office_in_both_languages(client: Client, tmp_path: Path) -> None:
    publish(tmp_path)
    thai, english = "กรมส่งเสริมการปกครองท้องถิ่น", "Department of Local Administration"
    Agency.objects.filter(code="15008").update(name=thai)

    page = client.get("/en/complaints/new/", {"about": "/agencies/15008/"}).text
    of_budget = client.get("/en/complaints/new/", {"about": "/budget/2565/?agency=15008"}).text

    both = f"{english} ({thai})"
    assert page.count(f">\n{both}</textarea>") == 2
    assert f">\nBudget of fiscal year 2022 · {both}</textarea>" in of_budget


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("state", Complaint.State.values)
def test_citizen_reads_what_comes_next(client: Client, state: str, language: str) -> None:
    key = file_complaint(told(files=[])).key
    closed = {"closed_at": timezone.now(), "outcome": "no_grounds"} if state == "closed" else {}
    Complaint.objects.update(state=state, **closed)

    page = client.post(f"{language}/complaints/status/", {"key": key})

    with translation.override("en" if language else "th"):
        assert escape(str(inbox.NEXT[Complaint.State(state)])) in page.text


def test_no_chosen_answer_of_the_form_is_cut(client: Client) -> None:
    page = client.get("/complaints/new/").text

    assert re.findall(r'<select name="([a-z_]+)"', page) == ["province"]


def test_subject_and_office_are_kept_on_one_line(client: Client, settings: Any) -> None:
    sent(client, subject="ถนน\r\nลาดยาง", agency=" เทศบาล\n ก ")

    said = sealing.unseal_words(Complaint.objects.get().matter, settings.COMPLAINT_PRIVATE_KEYS)
    assert (said["subject"], said["agency"]) == ("ถนน ลาดยาง", "เทศบาล ก")


def test_number_of_a_person_named_is_sealed_and_reaches_the_clerk(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[tuple[str, str]] = []
    monkeypatch.setattr(Form, "entry", lambda self, label, value: written.append((label, value)))

    sent(client, person2_name="สมชาย", person2_national_id="๑-๑๐๑๗-๐๐๒๓๐-๗๐-๘")
    letter = letter_for(Dispatch.objects.get())
    form_pdf(letter)

    assert letter.accused == [{"name": "สมชาย", "national_id": "1101700230708"}]
    assert ("หมายเลขบัตรประชาชน", "1101700230708") in written
    assert b"1101700230708" not in bytes(Complaint.objects.get().accused or b"")


def test_form_has_room_for_what_whoever_posts_it_writes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    monkeypatch.setattr(Form, "entry", lambda self, label, value: written.append(label))

    sent(client)
    form_pdf(letter_for(Dispatch.objects.get()))

    assert written[-7:] == [
        "ลงชื่อ", "ตำแหน่ง", "หน่วยงานที่ส่ง", "หนังสือเลขที่ / ลงวันที่", "วันที่ส่ง", "วิธีส่ง", "เลขพัสดุ (กรณี EMS)",
    ]  # fmt: skip
