"""What a desk has, beside what stands here: nothing that came after a backup is overlooked."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from complaints.models import Dispatch
from complaints.reconciling import Entry, ListError, Ours, compare, read_list, stranded

from .cases import complaint, dispatch

HEAD = "number,reference,register"


def test_list_is_read_whatever_stands_beside() -> None:
    lines = ["reference,number,day,register", "123456789, a-1 ,2026-11-01,ปปท 7"]

    assert read_list(lines) == [Entry("a-1", "123456789", "ปปท 7")]


@pytest.mark.parametrize("lines", [[], ["number,reference"], [HEAD, ",123456789,7"], [HEAD, "a-1"]])
def test_list_that_names_nothing_is_refused(lines: list[str]) -> None:
    with pytest.raises(ListError):
        read_list(lines)


def test_each_side_learns_what_the_other_has() -> None:
    listed = [Entry("both", "1"), Entry("theirs", "2"), Entry("moving", "3")]
    ours = [Ours("both", "1", "acknowledged"), Ours("ours", "4", "delivered"), Ours("moving", "3", "pending"),
            Ours("new", "5", "pending")]  # fmt: skip

    found = compare(listed, ours)

    assert [entry.reference for entry in found.unknown_here] == ["2"]
    assert [one.reference for one in found.unknown_there] == ["4"]
    assert [one.reference for one in found.on_their_way] == ["3"]


@pytest.mark.django_db
def test_open_complaint_without_a_delivery_is_named() -> None:
    sent, waiting = dispatch(), dispatch()
    sent.mark_cancelled("staff")
    closed = complaint()
    closed.mark_closed("withdrawn")

    assert waiting.state == Dispatch.State.PENDING
    assert stranded() == [sent.complaint.reference]


@pytest.mark.django_db
def test_command_names_what_came_after_the_backup_and_fails(tmp_path: Path) -> None:
    here, out = dispatch(), StringIO()
    listed = tmp_path / "list.csv"
    listed.write_text(f"{HEAD}\n{here.number},{here.complaint.reference},7\nlost-1,987654321,8\n")

    with pytest.raises(CommandError):
        call_command("reconcile", str(listed), stdout=out)

    assert "not here: 987654321, delivery lost-1, registered 8" in out.getvalue()
    assert f"there already: {here.complaint.reference}" in out.getvalue()


@pytest.mark.django_db
def test_command_is_content_when_both_sides_agree(tmp_path: Path) -> None:
    here, out = dispatch(), StringIO()
    here.mark_sent(here.claim(), "7")
    listed = tmp_path / "list.csv"
    listed.write_text(f"{HEAD}\n{here.number},{here.complaint.reference},7\n")

    call_command("reconcile", str(listed), desk="pacc", stdout=out)

    assert out.getvalue() == "1 listed, 0 to be looked at.\n"
