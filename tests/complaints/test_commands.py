"""What an operator types: keys made, changed and lost; a sweep without beat and without a queue."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import BinaryField

from complaints import identities, opinions, redacting, resealing, screening, sealed_sheets, sealing, triage
from complaints.delivery import deliver
from complaints.filing import file_complaint, supplement
from complaints.models import Attachment, Complaint, Dispatch, IdentityRequest, Message, Opinion

from .cases import opinion
from .staff import account
from .test_delivery import agency_at
from .test_filing import told

pytestmark = pytest.mark.django_db


def said(name: str, **options: Any) -> str:
    out = StringIO()
    call_command(name, stdout=out, **options)
    return out.getvalue()


def test_printed_keys_fit_each_other() -> None:
    printed = dict(re.findall(r"^([A-Z_]+)=(.+)$", said("complaint_keys"), flags=re.MULTILINE))

    assert sealing.public_key_of(printed["COMPLAINT_PRIVATE_KEYS"]) == printed["COMPLAINT_PUBLIC_KEYS"]
    assert len(printed["COMPLAINT_PEPPER"]) == 32
    assert said("complaint_keys") != said("complaint_keys")


def test_sweep_delivers_without_worker_and_queue(settings: Any) -> None:
    file_complaint(told())

    with agency_at(settings) as agency:
        printed = said("sweep")

    assert printed == "1 due, 1 delivered.\n0 files examined.\n"
    assert len(agency.received) == 1


@pytest.fixture
def changed(settings: Any) -> str:
    """A complaint under the old key, after a new one came into use. The old private key."""
    file_complaint(told())
    supplement(Complaint.objects.get(), words="เพิ่ม")
    old, new = settings.COMPLAINT_PRIVATE_KEYS[0], sealing.new_private_key()
    settings.COMPLAINT_PUBLIC_KEYS = [sealing.public_key_of(new), *settings.COMPLAINT_PUBLIC_KEYS]
    settings.COMPLAINT_PRIVATE_KEYS = [new, old]
    return str(old)


def test_after_a_change_of_keys_old_complaints_open_and_new_ones_use_the_new_key(
    changed: str, settings: Any
) -> None:
    file_complaint(told())

    with agency_at(settings) as agency:
        assert all(deliver(sent.pk) for sent in Dispatch.objects.all())

    newest = Complaint.objects.latest("pk").matter
    assert sealing.closed_with(newest) == sealing.name_of(settings.COMPLAINT_PUBLIC_KEYS[0])
    assert len(agency.received) == 2


def test_every_field_sealed_to_the_office_is_closed_anew_with_its_new_key() -> None:
    known = {(model, name) for model, names in resealing.SEALED for name in names}
    sealed = {
        (model, field.name)
        for model in apps.get_app_config("complaints").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, BinaryField)
    }

    to_reporters = {(Attachment, "found"), (Message, "words_for_reporter")}
    assert sealed - known == to_reporters
    assert known <= sealed


def test_resealed_complaints_need_the_old_key_no_more(changed: str, settings: Any) -> None:
    printed = said("reseal_complaints")

    settings.COMPLAINT_PRIVATE_KEYS = settings.COMPLAINT_PRIVATE_KEYS[:1]
    case = Complaint.objects.get()
    assert "6 values sealed anew" in printed
    assert "still needed" not in printed
    assert sealing.unseal_words(case.matter, settings.COMPLAINT_PRIVATE_KEYS)["subject"]
    with Attachment.objects.get().original.open() as file:
        assert sealing.unseal(file.read(), settings.COMPLAINT_PRIVATE_KEYS).startswith(b"\x89PNG")
    assert "0 values sealed anew" in said("reseal_complaints")


def test_what_staff_wrote_opens_after_a_change_of_keys_by_the_new_one_alone(settings: Any) -> None:
    file_complaint(told())
    case, officer = Complaint.objects.get(), account("triage")
    redacting.keep_back(case, ["ลุงสมชาย"], "triage")
    triage.write_note(case, "โทรถามแล้ว", "triage")
    triage.ask(case, "ถนนสายใด", "triage")
    identities.ask(case, account("custodian"), "ศาลขอสอบพยานด้วยตนเอง")
    sheet = screening.write(case, officer, {"graft": ("yes", "เห็นเอง")}, "accept_18_4", "มีภาพถ่าย")
    screening.sign(sheet, account("supervisor"))
    opinion()
    new = sealing.new_private_key()
    settings.COMPLAINT_PUBLIC_KEYS = [sealing.public_key_of(new), *settings.COMPLAINT_PUBLIC_KEYS]
    settings.COMPLAINT_PRIVATE_KEYS = [new, *settings.COMPLAINT_PRIVATE_KEYS]

    said("reseal_complaints")
    settings.COMPLAINT_PRIVATE_KEYS = [new]
    case.refresh_from_db()

    assert set(resealing.keys_in_use()) == {sealing.name_of(sealing.public_key_of(new))}
    read = triage.read(case, "triage")
    assert read["kept back"] == ["ลุงสมชาย"]
    assert [text for _who, _at, text in read["notes"] + read["messages"]] == ["โทรถามแล้ว", "ถนนสายใด"]
    assert identities.reason_of(IdentityRequest.objects.get()) == "ศาลขอสอบพยานด้วยตนเอง"
    assert opinions.read(Opinion.objects.get(), "triage") == "บริการดี"
    signed = sealed_sheets.for_letter(case, [])
    assert signed is not None
    assert signed.sheet.reason == "มีภาพถ่าย"


def test_lost_key_is_named_and_nothing_is_harmed(changed: str, settings: Any) -> None:
    settings.COMPLAINT_PRIVATE_KEYS = settings.COMPLAINT_PRIVATE_KEYS[:1]
    before = resealing.keys_in_use()

    with pytest.raises(CommandError, match=sealing.name_of(sealing.public_key_of(changed))):
        call_command("reseal_complaints")

    assert resealing.keys_in_use() == before
    assert "still needed" in said("reseal_complaints", list=True)
