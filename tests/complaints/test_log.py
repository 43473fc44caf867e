"""The log: whoever changes what, by whichever way, it stands there; nobody changes what stands there."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from complaints import roles, triage
from complaints.filing import file_complaint
from complaints.models import Change, Clock, Complaint, Desk, Dispatch, Event
from complaints.models.events import note

from .cases import complaint, dispatch
from .staff import account, signed_in
from .test_filing import told

pytestmark = pytest.mark.django_db
COLUMNS = {
    "complaints_event": ("complaint_id", "kind", "actor", "detail", "number", "at", "previous", "hash"),
    "complaints_change": (
        "table", "row", "operation", "fields", "actor", "number", "at", "previous", "hash",
    ),
}  # fmt: skip
FORGERIES = [
    *(f'UPDATE {table} SET "{name}" = "{name}"' for table, names in COLUMNS.items() for name in names),
    *(f"UPDATE {table} SET id = id + 1000" for table in COLUMNS),
    *(f"DELETE FROM {table}" for table in COLUMNS),
    *(f"DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})" for table in COLUMNS),
    *(
        f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET actor = 'forger'"
        for table in COLUMNS
    ),
    *(
        f"MERGE INTO {table} AS log USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE"
        for table in COLUMNS
    ),
    *(
        f"MERGE INTO {table} AS log USING (SELECT 1) AS one ON true WHEN MATCHED THEN UPDATE SET actor = 'x'"
        for table in COLUMNS
    ),
    *(f"WITH gone AS (DELETE FROM {table} RETURNING *) SELECT count(*) FROM gone" for table in COLUMNS),
]


@pytest.fixture
def written() -> None:
    """Something of each kind in the log."""
    case = complaint()
    note(case, Event.Kind.FILED, "reporter")
    note(None, Event.Kind.EXPORTED, "triage")
    triage.move(case, "in_triage", "triage")


def run(statement: str) -> None:
    """A statement of somebody who holds the site's own account of the database."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("forgery", FORGERIES)
def test_no_statement_changes_or_removes_an_entry(written: None, forgery: str) -> None:
    with pytest.raises(IntegrityError, match="never changed"):
        run(forgery)

    assert Event.objects.broken() == Change.objects.broken() == []


@pytest.mark.parametrize("model", [Event, Change])
@pytest.mark.parametrize("way", ["update", "delete", "bulk_update", "save", "delete one", "F"])
def test_no_call_of_the_framework_changes_an_entry(written: None, model: Any, way: str) -> None:
    entry = model.objects.last()
    entry.actor = "forger"
    calls: dict[str, Any] = {
        "update": lambda: model.objects.update(actor="forger"),
        "delete": lambda: model.objects.all().delete(),
        "bulk_update": lambda: model.objects.bulk_update([entry], ["actor"]),
        "save": entry.save,
        "delete one": entry.delete,
        "F": lambda: model.objects.update(number=F("number") + 1),
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        calls[way]()


@pytest.mark.parametrize("table", COLUMNS)
def test_log_is_never_emptied(table: str) -> None:
    trigger = {"complaints_event": "log_is_never_emptied", "complaints_change": "changes_are_never_emptied"}
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger[table]}")

    with pytest.raises(IntegrityError, match="never changed"):
        run(f"TRUNCATE {table} CASCADE")


def changes_of(case: Complaint) -> list[Change]:
    return list(Change.objects.filter(table="complaints_complaint", row=case.pk).order_by("number"))


def test_bulk_update_is_written_down_row_by_row() -> None:
    one, two = complaint(), complaint()

    Complaint.objects.update(priority=1)

    assert [c.fields for c in (*changes_of(one), *changes_of(two))] == [{"priority": [2, 1]}] * 2


def test_raw_statement_is_written_down_with_the_database_s_account() -> None:
    case = complaint()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE complaints_complaint SET matter = '\\x00'::bytea, is_held = true")

    (change,) = changes_of(case)
    assert change.actor.startswith("@")
    assert change.fields["is_held"] == [False, True]
    assert all(value.startswith("sha256:") for value in change.fields["matter"])


def test_act_on_a_page_is_written_down_with_the_account() -> None:
    case = complaint()

    signed_in(roles.TRIAGE).post(f"/admin/complaints/complaint/{case.pk}/change/", {"step": "in_triage"})

    assert [change.actor for change in changes_of(case)] == [roles.TRIAGE]


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("complaints_desk", lambda: Desk.objects.filter(code="pacc").update(address="https://forged/")),
        ("complaints_clock", lambda: Clock.objects.filter(step="read").update(days=900)),
        (
            "complaints_dispatch",
            lambda: (dispatch(), Dispatch.objects.update(state="held", next_attempt_at=None)),
        ),
        ("auth_user", lambda: User.objects.filter(pk=account("triage").pk).update(is_superuser=True)),
        ("auth_user_groups", lambda: account("supervisor")),
    ],
)
def test_what_staff_keep_and_may_is_watched_too(table: str, change: Any) -> None:
    change()

    assert Change.objects.filter(table=table).exists()


def test_passwords_are_not_in_the_log() -> None:
    user = account("triage")
    user.set_password("a-long-enough-password")
    user.save()

    last = Change.objects.filter(table="auth_user").latest("pk")
    assert last.fields["password"][1].startswith("sha256:")
    assert user.password not in str(last.fields)


def test_ordinary_delivery_writes_no_change_of_its_clockwork() -> None:
    sent = dispatch()

    sent.claim()
    sent.mark_failed(1, "no answer")

    assert not Change.objects.filter(table="complaints_dispatch").exists()


def test_no_word_of_a_person_stands_in_the_log() -> None:
    file_complaint(told())
    case = Complaint.objects.get()
    triage.ask(case, "หมู่ที่เท่าไร", "triage")
    Complaint.objects.update(matter=b"\x00")

    everything = str(list(Event.objects.values())) + str(list(Change.objects.values()))
    for word in ("ถนนลาดยาง", "สมหญิง", "0812345678", "หมู่ที่เท่าไร"):
        assert word not in everything


def test_office_has_a_chain_of_its_own() -> None:
    note(None, Event.Kind.EXPORTED, "a")
    note(None, Event.Kind.EXPORTED, "b")

    first, second = Event.objects.order_by("number")
    assert (first.number, second.number) == (1, 2)
    assert second.previous == first.hash


# manage.py verify_log


def said(**options: Any) -> str:
    out = StringIO()
    call_command("verify_log", stdout=out, **options)
    return out.getvalue()


def test_whole_log_is_verified_and_its_seal_moves_on(written: None) -> None:
    before = said()
    note(None, Event.Kind.EXPORTED, "a")

    assert "all chains whole" in before
    assert before.splitlines()[1] != said().splitlines()[1]


@pytest.mark.parametrize(
    ("table", "trigger"),
    [("complaints_event", "event_is_never_changed"), ("complaints_change", "change_is_never_changed")],
)
def test_forged_entry_is_named(written: None, table: str, trigger: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        cursor.execute(f"UPDATE {table} SET actor = 'forger'")

    with pytest.raises(CommandError, match="tampered"):
        said()


def test_cut_end_is_noticed_by_the_count(written: None) -> None:
    whole = Event.objects.count() + Change.objects.count()

    said(at_least=whole)
    with pytest.raises(CommandError, match="missing"):
        said(at_least=whole + 1)
