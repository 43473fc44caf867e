"""S15: a change of keys over thousands of sealed rows, stopped half-way, and the drill of a lost key.

Some hundred rows in the suite; `make secure` changes the keys of ten thousand (SEALED_ROWS).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import models
from django.test import Client

from complaints import access, delivery, examining, resealing, sealing
from complaints.filing import file_complaint
from complaints.models import Attachment, Complaint, Dispatch, Message, Note, Opinion, Reporter
from tests.complaints.cases import complaint, opinion
from tests.complaints.staff import signed_in
from tests.complaints.test_delivery import agency_at
from tests.complaints.test_filing import told

from .conftest import Count

pytestmark = pytest.mark.django_db
ROWS = int(os.environ.get("SEALED_ROWS", "300"))
FILES = 12


class Killed(Exception):
    """Raised by these tests where a process ends."""


def sealed(number: int, settings: Any) -> bytes:
    return sealing.seal_words({"text": f"เรื่องที่ {number}"}, settings.COMPLAINT_PUBLIC_KEYS[0])


def fresh(model: Any, row: Any, **changes: Any) -> Any:
    """Another row like this one."""
    own = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    return model(**(own | changes))


@pytest.fixture
def rows(settings: Any) -> dict[tuple[type, int], bytes]:
    """Rows with a sealed text each, of five kinds, and files. What each says."""
    case, said = complaint(), opinion()
    fifth = ROWS // 5
    others = [
        fresh(
            Complaint,
            case,
            reference=access.new_reference(),
            nonce_digest=f"{n:064x}",
            key_digest=f"{n:064x}",
        )
        for n in range(fifth)
    ]
    cases = Complaint.objects.bulk_create(others, batch_size=1_000)
    numbers = iter(range(10 * ROWS))
    for one in cases:
        one.matter = sealed(next(numbers), settings)
    Complaint.objects.bulk_update(cases, ["matter"], batch_size=1_000)
    Note.objects.bulk_create(
        Note(complaint=one, author="a", words=sealed(next(numbers), settings)) for one in cases
    )
    Reporter.objects.bulk_create(
        Reporter(complaint=one, identity=sealed(next(numbers), settings)) for one in cases
    )
    Message.objects.bulk_create(
        Message(complaint=one, from_reporter=True, words=sealed(next(numbers), settings)) for one in cases
    )
    for n in range(fifth):
        words, digest = sealed(next(numbers), settings), f"{n:064x}"
        fresh(Opinion, said, nonce_digest=digest, key_digest=digest, words=words).save(force_insert=True)
    for position in range(1, FILES + 1):
        Attachment.objects.create(
            complaint=case, position=position, kind="png", size=9, sha256="a" * 64,
            name=sealed(next(numbers), settings), original=examining.keep(f"ภาพ {position}".encode()),
        )  # fmt: skip
    return everything(settings.COMPLAINT_PRIVATE_KEYS)


def everything(keys: list[str]) -> dict[Any, bytes]:
    """What all sealed values and files say, opened with these keys. Raises SealError."""
    said: dict[Any, bytes] = {}
    for model, names in resealing.SEALED:
        for row in model._default_manager.only(*names):
            for name in names:
                if (value := getattr(row, name)) is not None:
                    said[model, row.pk, name] = sealing.unseal(value, keys)
    for model, names in resealing.FILES:
        for row in model._default_manager.all():
            for name in names:
                if kept := getattr(row, name).name:
                    with default_storage.open(kept) as file:
                        said[model, row.pk, name] = sealing.unseal(file.read(), keys)
    return said


@pytest.fixture
def keys(rows: Any, settings: Any) -> tuple[str, str]:
    """The new private key, in use since now, and the old one."""
    old, new = settings.COMPLAINT_PRIVATE_KEYS[0], sealing.new_private_key()
    settings.COMPLAINT_PUBLIC_KEYS = [sealing.public_key_of(new), *settings.COMPLAINT_PUBLIC_KEYS]
    settings.COMPLAINT_PRIVATE_KEYS = [new, old]
    return new, old


def stopped(after: int, what: Any) -> Any:
    """What does its work so many times, and is killed then."""
    left = iter(range(after))

    def once(*args: Any, **kwargs: Any) -> Any:
        if next(left, None) is None:
            raise Killed
        return what(*args, **kwargs)

    return once


def reseal(settings: Any) -> int:
    return resealing.reseal(settings.COMPLAINT_PUBLIC_KEYS[0], settings.COMPLAINT_PRIVATE_KEYS)


def test_all_open_with_the_new_key_after_a_stop_half_way(
    count: Count, rows: Any, keys: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, old = keys
    with monkeypatch.context() as patch:
        patch.setattr(resealing, "_row", stopped(len(rows) // 2, resealing._row))
        with pytest.raises(Killed):
            reseal(settings)
    half = resealing.keys_in_use()
    assert len(half) == 2
    assert sum(half.values()) == len(rows)
    assert everything([new, old]) == rows

    done = reseal(settings)

    opened = everything([new])
    for place, words in rows.items():
        count("S15", got_through=opened.get(place) != words, what=f"{place} after a change of keys")
    assert len(rows) >= ROWS
    assert done == half[sealing.name_of(sealing.public_key_of(old))]
    assert reseal(settings) == 0
    with pytest.raises(sealing.SealError):
        everything([old])


def killed_at_a_file(update: Any) -> Any:
    """Changes rows as ever, but is killed where one is to point to another file."""

    def once(rows: Any, **values: Any) -> Any:
        if "original" in values:
            raise Killed
        return update(rows, **values)

    return once


ENDS = {
    "before the new file": "save",
    "before the row points to it": "update",
    "before the old file goes": "delete",
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_file_is_never_lost_wherever_the_process_ends(
    end: str, rows: Any, keys: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        if end == "update":
            patch.setattr(models.QuerySet, "update", killed_at_a_file(models.QuerySet.update))
        else:
            patch.setattr(default_storage, end, stopped(3, getattr(default_storage, end)))
        with pytest.raises(Killed):
            reseal(settings)
    assert everything(list(keys)) == rows

    reseal(settings)

    assert everything([keys[0]]) == rows


def test_row_that_is_removed_meanwhile_keeps_nothing_back(
    rows: Any, keys: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = resealing._row
    gone = Note.objects.latest("pk").pk

    def removing(model: Any, pk: int, *args: Any) -> int:
        if model is Note:
            Note.objects.filter(pk=gone).delete()
        return row(model, pk, *args)

    monkeypatch.setattr(resealing, "_row", removing)
    reseal(settings)

    assert everything([keys[0]]) == {at: said for at, said in rows.items() if at[:2] != (Note, gone)}


def test_damaged_value_is_told_and_keeps_nothing_back(rows: Any, keys: Any, settings: Any) -> None:
    hurt = Complaint.objects.earliest("pk")
    Complaint.objects.filter(pk=hurt.pk).update(matter=bytes(hurt.matter or b"")[:-1] + b"\x00")

    with pytest.raises(CommandError, match=r"damaged\. 1 rows or files could not be opened"):
        call_command("reseal_complaints")

    assert resealing.keys_in_use()[sealing.name_of(sealing.public_key_of(keys[1]))] == 1


def test_wrong_key_opens_nothing(count: Count, rows: Any, settings: Any) -> None:
    settings.COMPLAINT_PRIVATE_KEYS = [sealing.new_private_key()]
    before = resealing.keys_in_use()

    for model, names in resealing.SEALED:
        for values in model._default_manager.values_list(*names):
            for value in filter(None, values):
                with pytest.raises(sealing.SealError):
                    sealing.unseal(value, settings.COMPLAINT_PRIVATE_KEYS)
                count("S15", got_through=False)
    settings.COMPLAINT_PUBLIC_KEYS = [sealing.public_key_of(sealing.new_private_key())]
    with pytest.raises(CommandError, match="0 values were sealed anew"):
        call_command("reseal_complaints")
    assert resealing.keys_in_use() == before


@pytest.fixture
def lost(settings: Any) -> Iterator[tuple[str, str]]:
    """A complaint whose key is lost, and a new key in use. The lost key and the citizen's access key."""
    receipt = file_complaint(told())
    old, new = settings.COMPLAINT_PRIVATE_KEYS[0], sealing.new_private_key()
    settings.COMPLAINT_PUBLIC_KEYS = [sealing.public_key_of(new)]
    settings.COMPLAINT_PRIVATE_KEYS = [new]
    return old, receipt.key


def test_drill_of_a_lost_key(lost: tuple[str, str], client: Client, settings: Any) -> None:
    """What the operator's page promises: nothing breaks, a person is told, and the backup opens all."""
    old, key = lost
    case, sent = Complaint.objects.get(), Dispatch.objects.get()
    name = sealing.name_of(sealing.public_key_of(old))

    # nothing leaves, nothing is discarded, and the reason names the key
    with agency_at(settings) as agency:
        assert delivery.deliver(sent.pk) is False
        assert not agency.received
    sent.refresh_from_db()
    assert name in sent.last_error
    assert sent.state == Dispatch.State.PENDING

    # staff and citizen still have their pages, with all that was never sealed
    page = signed_in("triage").get(f"/admin/complaints/complaint/{case.pk}/change/")
    assert page.status_code == 200
    assert "ถนนลาดยางไม่ครบ" not in page.text
    assert client.post("/complaints/status/", {"key": key}).status_code == 200

    # new complaints are filed and opened with the new key
    file_complaint(told())
    newest = Complaint.objects.latest("pk")
    assert sealing.unseal_words(newest.matter, settings.COMPLAINT_PRIVATE_KEYS)["subject"]
    with pytest.raises(CommandError, match=name):
        call_command("reseal_complaints")

    # the copy that was kept offline is found
    settings.COMPLAINT_PRIVATE_KEYS = [*settings.COMPLAINT_PRIVATE_KEYS, old]
    call_command("reseal_complaints")
    settings.COMPLAINT_PRIVATE_KEYS = settings.COMPLAINT_PRIVATE_KEYS[:1]
    Dispatch.objects.filter(pk=sent.pk).update(next_attempt_at=case.received_at)
    with agency_at(settings) as agency:
        assert delivery.deliver(sent.pk) is True
        assert "ถนนลาดยางไม่ครบ" in str(agency.received)
