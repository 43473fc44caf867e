"""S7, S10: roles, and the door of the workbench."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from complaints.models import Change
from config import admission, second_factor
from tests.staff.test_matrix import FACTS, MODELS, NAMES, ROLES, Rows, address, allowed, parted, rows
from tests.staff.test_sign_in import PASSWORD, is_in, knock

from .conftest import Count

__all__ = ["rows"]


# S7


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_role_reaches_nothing_past_its_rows(
    count: Count, role: str, rows: tuple[Rows, dict[str, Client]]
) -> None:
    for name in NAMES:
        there = address(name, rows[0])
        own_history = parted(name) == ("auth_user", "history")  # nobody but the administrator has one
        if there is None or role in (allowed(name) or set()) or (role == "superuser" and own_history):
            continue
        answer = rows[1][role].get(there)
        count("S7", got_through=answer.status_code == 200, what=f"{role} at {name}")


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_role_changes_nothing_past_its_rows(
    count: Count, role: str, rows: tuple[Rows, dict[str, Client]]
) -> None:
    for table, (_see, change, add, delete) in MODELS.items():
        if table.startswith(FACTS) or table == "auth_user":
            continue
        for act, may in (("change", change), ("add", add), ("delete", delete)):
            there = address(f"{table}_{act}", rows[0])
            if role in may or there is None:
                continue
            before = Change.objects.count()
            answer = rows[1][role].post(there, {"post": "yes"})
            got_through = answer.status_code == 200 or Change.objects.count() != before
            count("S7", got_through=got_through, what=f"{role} posts {act} of {table}")


# S10


@pytest.fixture
def factor(db: None) -> second_factor.Factor:
    return second_factor.give(User.objects.create_user("somsri", password=PASSWORD, is_staff=True))


def test_thousand_guesses_at_one_account_open_nothing(count: Count, factor: second_factor.Factor) -> None:
    guesser = Client()
    for number in range(1_000):
        knock(guesser, password=f"guess-{number}", code=f"{number:06}")
        count("S10", got_through=number >= admission.FREE and "sessionid" in guesser.cookies)
    count("S10", got_through=is_in(guesser))
    knock(guesser, code=factor.code_now())
    count("S10", got_through=is_in(guesser), what="right at last, but not its turn")


def test_five_guesses_at_each_of_two_hundred_accounts_open_none(count: Count, db: None) -> None:
    guesser = Client()
    for number in range(200):
        for guess in range(5):
            answer = knock(guesser, name=f"staff{number}", password=f"guess{guess}", code="000000")
            count("S10", got_through=answer.status_code == 302)


def test_said_addresses_give_no_fresh_attempts(count: Count, factor: second_factor.Factor) -> None:
    for number in range(100):
        forged = {"X-Forwarded-For": f"203.0.113.{number}", "X-Real-Ip": f"198.51.100.{number}"}
        knock(Client(headers=forged), password="wrong", code="000000")
        late = Client(headers=forged)
        if number >= admission.FREE:
            knock(late, code=factor.code_now())
            count("S10", got_through=is_in(late))


def test_code_and_session_are_worth_nothing_twice(count: Count, factor: second_factor.Factor) -> None:
    first, code = Client(), factor.recovery[0]
    knock(first, code=code)
    assert is_in(first)

    for number in range(20):
        again = Client()
        knock(again, code=code)
        count("S10", got_through=is_in(again), what="a code that was used")
        fixed = Client()
        fixed.cookies[settings.SESSION_COOKIE_NAME] = f"fixed{number:028}"
        count("S10", got_through=is_in(fixed), what="a session that somebody chose")


def test_password_alone_opens_no_page(count: Count, factor: second_factor.Factor) -> None:
    client = Client()
    client.force_login(User.objects.get(username="somsri"))

    for name in NAMES:
        if parted(name)[1] in ("changelist", "add") or name == "index":
            answer = client.get(reverse(f"admin:{name}"))
            count("S10", got_through=answer.status_code == 200, what=name)
