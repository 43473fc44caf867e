"""Who may do what: each role at each address of the workbench, made of the URL resolver and the admin's
register. An address without a row here fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from complaints import blackening, handling, identities, sealing, slips
from complaints.cleaning.boxes import Box
from complaints.examining import keep
from complaints.models import (
    Attachment,
    Change,
    Clock,
    CompetenceRule,
    Complaint,
    Desk,
    Dispatch,
    Event,
    Handover,
    Holiday,
    Member,
    RegionalOffice,
    ReplyTemplate,
    Reporter,
    ScreeningDecision,
    ScreeningQuestion,
    Tag,
)
from tests.complaints import evidence_files
from tests.complaints.cases import complaint, dispatch, opinion, restored_desks
from tests.complaints.staff import account, verified

ROLES = (
    "intake",
    "triage",
    "supervisor",
    "custodian",
    "liaison",
    "auditor",
    "superuser",
    "no role",
    "nobody",
)
CASES = {"intake", "triage", "supervisor"}
READ = {"triage", "supervisor"}
DESKS = {"supervisor"}
ASK = {"custodian"}
DECIDE = {"custodian", "supervisor"}
LOG = {"supervisor", "auditor"}
LIAISON = {"liaison"}
STAFF = set(ROLES) - {"nobody"}
SYSTEM = {"superuser"}
NOBODY: set[str] = set()

MODELS: dict[str, tuple[set[str], set[str], set[str], set[str]]] = {
    # table: who sees the list and a row, changes a row, adds one, deletes one
    "complaints_complaint": (CASES, READ, NOBODY, NOBODY),
    "complaints_dispatch": (CASES | LIAISON, READ | LIAISON, NOBODY, NOBODY),
    "complaints_desk": (CASES, DESKS, DESKS, NOBODY),
    "complaints_competencerule": (CASES, DESKS, DESKS, NOBODY),
    "complaints_regionaloffice": (CASES, DESKS, DESKS, NOBODY),
    "complaints_clock": (CASES, DESKS, NOBODY, NOBODY),
    "complaints_screeningquestion": (CASES, DESKS, DESKS, NOBODY),
    "complaints_screeningdecision": (CASES, DESKS, DESKS, NOBODY),
    "complaints_replytemplate": (CASES, DESKS, DESKS, NOBODY),
    "complaints_tag": (CASES, DESKS, DESKS, NOBODY),
    "complaints_holiday": (CASES, DESKS, DESKS, DESKS),
    "complaints_member": (DESKS, DESKS, DESKS, NOBODY),
    "complaints_opinion": (CASES, CASES, NOBODY, NOBODY),
    "complaints_identityrequest": (DECIDE, DECIDE, ASK, NOBODY),
    "complaints_event": (LOG, NOBODY, NOBODY, NOBODY),
    "complaints_change": ({"auditor"}, NOBODY, NOBODY, NOBODY),
    "auth_user": (SYSTEM, SYSTEM, SYSTEM, NOBODY),
}
OTHER_VIEWS = {
    # address: who gets an answer; the rows of these are made below
    "index": STAFF,
    "password_change": STAFF,
    "password_change_done": STAFF,
    "jsi18n": STAFF,
    "autocomplete": NOBODY,
    "login": {"nobody"},  # others are led on
    "logout": NOBODY,  # takes POST alone
    "view_on_site": NOBODY,  # no row of ours has a public address
    "app_list": STAFF - {"superuser", "no role"},
    "complaints_complaint_file": READ,
    "complaints_complaint_black": READ,
    "complaints_complaint_blackened": READ,
    "complaints_complaint_page": READ,
    "complaints_complaint_dossier": READ,
    "complaints_complaint_screening": READ,
    "complaints_complaint_beside": READ,
    "complaints_statistics": CASES | LOG,
    "complaints_dispatch_dossier": READ | LIAISON,
    "complaints_dispatch_slip": READ,
    "complaints_dispatch_one_slip": READ,
    "complaints_dispatch_slip_back": READ,
    "complaints_identityrequest_identity": ASK,
    "auth_user_second_factor": SYSTEM,
    "auth_user_password_change": SYSTEM,
}
FILES: dict[str, tuple[int, ...]] = {
    # what follows case or delivery in the address: place of the file, version of its copy, page
    "complaints_complaint_file": (1,),
    "complaints_complaint_black": (1,),
    "complaints_complaint_blackened": (1, 1),
    "complaints_complaint_page": (1, 1, 1),
    "complaints_dispatch_one_slip": (1,),
    "complaints_dispatch_slip_back": (1,),
}
FACTS = ("importers", "spending")
"""Rooms whose tables hold no complaint: their pages are for the system administrator."""
ACTS = ("changelist", "add", "change", "delete", "history")


@dataclass(frozen=True)
class Rows:
    """One row of each table, so that each address leads somewhere."""

    pk: dict[str, int]
    blocked: int
    """A case that is kept from everybody."""
    other: int
    """A case to put beside another one."""
    undecided: int
    """A request that somebody else asked, to be decided."""


def named(patterns: Any = None) -> Iterator[str]:
    """The names of all addresses of the workbench."""
    for pattern in patterns if patterns is not None else admin.site.urls[0]:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name


def parted(name: str) -> tuple[str, str]:
    """Table and act of an address's name, where it has them."""
    table, _, act = name.rpartition("_")
    return (table, act) if act in ACTS else ("", "")


NAMES = sorted(set(named()))


def allowed(name: str) -> set[str] | None:
    """The roles that get an answer at an address; None if no row says so."""
    if name in OTHER_VIEWS:
        return OTHER_VIEWS[name]
    table, act = parted(name)
    if table.startswith(FACTS):
        return SYSTEM
    if table not in MODELS:
        return None
    see, _change, add, delete = MODELS[table]
    return {"changelist": see, "change": see, "history": see, "add": add, "delete": delete}[act]


@pytest.fixture(scope="module")
def rows(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Rows, dict[str, Client]]]:
    with django_db_blocker.unblock(), transaction.atomic():
        restored_desks()
        with override_settings(MEDIA_ROOT=tmp_path_factory.getbasetemp() / "files"):  # as in each test
            known = made()
        yield known, {role: client_of(role) for role in ROLES}
        transaction.set_rollback(True)


def client_of(role: str) -> Client:
    return Client() if role == "nobody" else verified(account(role))


def made() -> Rows:
    custodian, supervisor = account("custodian"), account("supervisor")
    sent = dispatch(state="delivered", delivered_at="2026-11-01T00:00Z", receipt="x", next_attempt_at=None)
    case = sent.complaint
    sealed = sealing.seal_words({"first_name": "สมศรี"}, _public())
    Reporter.objects.create(complaint=case, identity=sealed)
    blacked_out(case)
    posted(sent)
    asked = identities.ask(case, custodian, "the body wants to hear the witness itself")
    identities.decide(asked, supervisor, is_approved=True)
    undecided = identities.ask(case, account("custodian", name="another"), "the witness must be heard soon")
    pk = {
        "complaints_complaint": case.pk,
        "complaints_dispatch": sent.pk,
        "complaints_desk": Desk.objects.first().pk,  # type: ignore[union-attr]
        "complaints_competencerule": CompetenceRule.objects.first().pk,  # type: ignore[union-attr]
        "complaints_regionaloffice": RegionalOffice.objects.first().pk,  # type: ignore[union-attr]
        "complaints_clock": Clock.objects.first().pk,  # type: ignore[union-attr]
        "complaints_screeningquestion": ScreeningQuestion.objects.first().pk,  # type: ignore[union-attr]
        "complaints_screeningdecision": ScreeningDecision.objects.first().pk,  # type: ignore[union-attr]
        "complaints_replytemplate": ReplyTemplate.objects.first().pk,  # type: ignore[union-attr]
        "complaints_tag": Tag.objects.create(code="roads", name="ถนน", name_en="roads").pk,
        "complaints_holiday": Holiday.objects.first().pk,  # type: ignore[union-attr]
        "complaints_member": Member.objects.create(user=supervisor).pk,
        "complaints_opinion": opinion().pk,
        "complaints_identityrequest": asked.pk,
        "complaints_event": Event.objects.first().pk,  # type: ignore[union-attr]
        "complaints_change": Change.objects.first().pk,  # type: ignore[union-attr]
        "auth_user": custodian.pk,
    }
    return Rows(pk, kept_from_all(), complaint().pk, undecided.pk)


def blacked_out(case: Complaint) -> None:
    """A picture of a case in which a part is black."""
    content = evidence_files.png()
    file = Attachment.objects.create(
        complaint=case, position=1, name=b"x", kind="png", size=len(content), sha256="a" * 64, state="clean",
        original=keep(content), cleaned=keep(content), cleaned_sha256="b" * 64,
    )  # fmt: skip
    draft = blackening.preview(file, [Box(1, 0, 0, 500, 500)], "person", "a stranger", "triage")
    blackening.confirm(draft, draft.copy_sha256, "triage")


def posted(sent: Dispatch) -> None:
    """The letter of a delivery, with the scan of its receipt."""
    letter = Handover.objects.create(
        dispatch=sent,
        letter_number="1/2569",
        letter_on="2026-11-01",
        way="hand",
        sent_on="2026-11-02",
        unit="x",
    )
    slips.attach(letter, evidence_files.png(), "triage")


def _public() -> str:
    return str(settings.COMPLAINT_PUBLIC_KEYS[0])


def kept_from_all() -> int:
    sent = dispatch(state="delivered", delivered_at="2026-11-01T00:00Z", receipt="x", next_attempt_at=None)
    blacked_out(sent.complaint)
    posted(sent)
    for role in ROLES[:-1]:
        handling.keep_from(sent.complaint, account(role), "supervisor")
    return int(sent.complaint.pk)


def more(name: str, rows: Rows) -> tuple[int, ...]:
    """What follows the case in an address."""
    return (rows.other,) if name == "complaints_complaint_beside" else FILES.get(name, ())


def address(name: str, rows: Rows) -> str | None:
    """The address, at a row that is there; None where the table of a fact is empty."""
    table, act = parted(name)
    if name == "app_list":
        return reverse("admin:app_list", args=["complaints"])
    if name == "view_on_site":
        return reverse("admin:view_on_site", args=[1, 1])
    if further := more(name, rows):
        of = "complaints_dispatch" if "_dispatch_" in name else "complaints_complaint"
        return reverse(f"admin:{name}", args=[rows.pk[of], *further])
    for known, pk in rows.pk.items():
        if name.startswith(known) and act not in ("changelist", "add"):
            return reverse(f"admin:{name}", args=[pk])
    if table.startswith(FACTS) and act not in ("changelist", "add"):
        return None
    return reverse(f"admin:{name}")


@pytest.mark.parametrize("name", NAMES)
def test_each_address_of_the_workbench_has_a_row(name: str) -> None:
    assert allowed(name) is not None, f"say in this table who may see {name}"


def test_each_table_on_the_workbench_has_a_row() -> None:
    tables = {f"{m._meta.app_label}_{m._meta.model_name}" for m in admin.site._registry}

    assert {table for table in tables if not table.startswith(FACTS)} == MODELS.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", NAMES)
def test_role_gets_an_answer_only_where_a_row_says_so(
    name: str, role: str, rows: tuple[Rows, dict[str, Client]]
) -> None:
    there = address(name, rows[0])
    if there is None:
        return

    answer = rows[1][role].get(there)

    may = role in (allowed(name) or set())
    if name.startswith(FACTS) and role == "superuser":
        assert answer.status_code in (200, 403)  # facts are read-only for everybody
    elif role == "superuser" and parted(name) == ("auth_user", "history"):
        assert answer.status_code == 200
    else:
        assert (answer.status_code == 200) == may, answer.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("complaints_")])
def test_a_case_that_is_kept_from_a_person_is_nowhere(
    name: str, role: str, rows: tuple[Rows, dict[str, Client]]
) -> None:
    table, act = parted(name)
    of_a_case = name in FILES or name.rpartition("_")[2] in ("dossier", "screening", "beside", "slip")
    if table not in ("complaints_complaint", "complaints_dispatch") and not of_a_case:
        return
    pk = rows[0].blocked if "complaint_" in name else Dispatch.objects.get(complaint=rows[0].blocked).pk
    if act in ("changelist", "add"):
        return

    answer = rows[1][role].get(reverse(f"admin:{name}", args=[pk, *more(name, rows[0])]))

    assert answer.status_code != 200


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("table", [table for table in MODELS if table.startswith("complaints_")])
def test_role_changes_only_what_a_row_says(
    table: str, role: str, rows: tuple[Rows, dict[str, Client]]
) -> None:
    """A form that is accepted leads away (302 to the list); one that is shown again was allowed too."""
    known = rows[0]
    row = known.undecided if table == "complaints_identityrequest" else known.pk[table]  # one that is open
    there = reverse(f"admin:{table}_change", args=[row])
    before = Change.objects.count()

    with transaction.atomic():
        answer = rows[1][role].post(there, {})
        changed = Change.objects.count() - before
        transaction.set_rollback(True)

    may = role in MODELS[table][1]
    if may:
        assert answer.status_code in (200, 302)
    else:
        assert answer.status_code in (302, 403)
        assert changed == 0


@pytest.mark.django_db
def test_administrator_in_every_group_still_sees_no_content(rows: tuple[Rows, dict[str, Client]]) -> None:
    administrator = account("superuser", name="root")
    administrator.groups.set(Group.objects.all())
    client = verified(administrator)

    for table in MODELS:
        if table.startswith("complaints_"):
            assert client.get(reverse(f"admin:{table}_changelist")).status_code == 403


@pytest.mark.django_db
def test_liaison_of_another_desk_finds_nothing(rows: tuple[Rows, dict[str, Client]]) -> None:
    other = verified(account("liaison", name="liaison-nacc", desk=Desk.objects.get(code="nacc")))
    sent = rows[0].pk["complaints_dispatch"]

    assert other.get(reverse("admin:complaints_dispatch_change", args=[sent])).status_code == 302
    assert other.get(reverse("admin:complaints_dispatch_dossier", args=[sent])).status_code == 404


@pytest.mark.django_db
def test_own_agency_is_kept_from_its_staff(rows: tuple[Rows, dict[str, Client]]) -> None:
    case = complaint(agency_code="15008", about="")
    insider = verified(account("triage", name="insider", agency_code="15"))
    outsider = verified(account("triage", name="outsider", agency_code="21"))

    there = reverse("admin:complaints_complaint_change", args=[case.pk])

    assert (insider.get(there).status_code, outsider.get(there).status_code) == (302, 200)


def test_the_table_has_four_hundred_cells_at_least() -> None:
    assert len(NAMES) * len(ROLES) + len(MODELS) * len(ROLES) >= 400


def public_names(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    """The names of all addresses outside the workbench."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from public_names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


PUBLIC_COMPLAINTS = {
    "complaints:start", "complaints:new", "complaints:status", "complaints:opinions", "complaints:opinion",
    "complaints:statistics", "complaints_api:file", "complaints_api:acknowledgements",
    "complaints_api:statistics", "complaints_api:statistics_csv", "complaints_api:progress_csv",
}  # fmt: skip
"""What of complaints is open to everybody; each asks for a key, or shows no single case."""


def test_no_other_address_of_complaints_is_open_to_everybody() -> None:
    found = {name for name in public_names() if name.startswith("complaints")}

    assert found == PUBLIC_COMPLAINTS
