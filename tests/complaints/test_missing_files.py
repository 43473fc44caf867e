"""A sealed file that is gone from the disk is told, is in nobody else's way, and is sent when it is back."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models.functions import Now

from complaints import sealing
from complaints.delivery import deliver
from complaints.examining import MISSING, examine
from complaints.models import Attachment, Dispatch, Event
from complaints.resealing import NOT_KNOWN, keys_in_use

from .test_delivery import agency_at
from .test_examining import given

pytestmark = pytest.mark.django_db
State = Attachment.State


def taken_away(file: Attachment, which: str = "original") -> tuple[Path, bytes]:
    """The path of a file that is no longer there, and what it held."""
    path = Path(getattr(file, which).path)
    content = path.read_bytes()
    path.unlink()
    return path, content


@pytest.mark.parametrize("which", ["original", "cleaned"])
def test_delivery_waits_for_a_file_that_is_gone_says_so_and_goes_when_it_is_back(
    which: str, settings: Any
) -> None:
    file, dispatch = given(), Dispatch.objects.get()
    if which == "cleaned":
        examine(file.pk)
        file.refresh_from_db()
    path, content = taken_away(file, which)

    with agency_at(settings) as agency:
        assert deliver(dispatch.pk) is False
        assert not agency.received
        dispatch.refresh_from_db()
        assert (dispatch.attempts, dispatch.last_error) == (1, MISSING)
        assert Event.objects.get(kind="failed").detail["error"] == MISSING
        path.write_bytes(content)
        Dispatch.objects.update(next_attempt_at=Now())
        assert deliver(dispatch.pk)

    assert next(iter(agency.received.values()))["enclosures"][0]["sha256"] == file.sha256


def test_file_that_is_gone_is_in_the_way_of_no_other_file() -> None:
    gone, there = given(), given()
    taken_away(gone)
    Dispatch.objects.update(next_attempt_at=None, state="cancelled")
    printed, trouble = StringIO(), StringIO()

    call_command("sweep", stdout=printed, stderr=trouble)

    there.refresh_from_db()
    assert there.state != State.QUARANTINED
    assert printed.getvalue() == "0 due, 0 delivered.\n1 files examined.\n"
    assert trouble.getvalue().strip() == MISSING


def test_new_key_closes_all_but_the_file_that_is_gone_which_is_counted(settings: Any) -> None:
    gone, there = given(), given()
    taken_away(gone)
    old, new = settings.COMPLAINT_PRIVATE_KEYS[0], sealing.new_private_key()
    settings.COMPLAINT_PUBLIC_KEYS = [sealing.public_key_of(new), *settings.COMPLAINT_PUBLIC_KEYS]
    settings.COMPLAINT_PRIVATE_KEYS = [new, old]

    with pytest.raises(CommandError, match=MISSING):
        call_command("reseal_complaints")

    there.refresh_from_db()
    listed = StringIO()
    call_command("reseal_complaints", list=True, stdout=listed)
    wanted = sealing.name_of(settings.COMPLAINT_PUBLIC_KEYS[0])
    assert sealing.closed_with(Path(there.original.path).read_bytes()) == wanted
    assert keys_in_use().keys() == {wanted, NOT_KNOWN}
    assert f"{NOT_KNOWN}  1 values  their key is not known" in listed.getvalue()
