"""The door of the workbench: two factors, no code twice, few guesses, and nobody locks out the staff."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from complaints import roles
from config import admission, second_factor
from config.models import SignInCount
from tests.complaints.staff import account, signed_in, verified

DOOR = "/admin/login/?next=/admin/"
PASSWORD = "a-long-enough-password"


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("somsri", password=PASSWORD, is_staff=True)


@pytest.fixture
def factor(person: User) -> second_factor.Factor:
    return second_factor.give(person)


def knock(client: Client, *, name: str = "somsri", password: str = PASSWORD, code: str = "") -> Any:
    return client.post(DOOR, {"username": name, "password": password, "code": code})


def is_in(client: Client) -> bool:
    return bool(client.get("/admin/").status_code == 200)


def test_password_and_code_let_in(client: Client, factor: second_factor.Factor) -> None:
    knock(client, code=factor.code_now())

    assert is_in(client)


def test_recovery_code_lets_in_once(factor: second_factor.Factor) -> None:
    first, second = Client(), Client()

    knock(first, code=factor.recovery[0])
    knock(second, code=factor.recovery[0])

    assert (is_in(first), is_in(second)) == (True, False)


def test_code_counts_once(factor: second_factor.Factor) -> None:
    first, second = Client(), Client()
    code = factor.code_now()

    knock(first, code=code)
    knock(second, code=code)

    assert (is_in(first), is_in(second)) == (True, False)


@pytest.mark.parametrize("code", ["", "000000", "12345", "' OR 1=1 --", "x" * 40, "๑๒๓๔๕๖"])
def test_password_alone_opens_nothing(client: Client, factor: second_factor.Factor, code: str) -> None:
    answer = knock(client, code=code)

    assert answer.status_code == 200
    assert not is_in(client)


def test_code_of_a_colleague_opens_nothing(client: Client, factor: second_factor.Factor) -> None:
    User.objects.create_user("other", password=PASSWORD, is_staff=True)

    knock(client, name="other", code=factor.code_now())

    assert not is_in(client)


def test_account_without_a_second_factor_has_no_way_in(client: Client, person: User) -> None:
    client.force_login(person)

    assert not is_in(client)
    assert client.get("/admin/complaints/complaint/").status_code == 302


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [("somsri", "wrong", ""), ("nobody", PASSWORD, "000000"), ("somsri", PASSWORD, "000000")],
)
def test_answer_does_not_say_what_was_wrong(
    client: Client, factor: second_factor.Factor, name: str, password: str, code: str
) -> None:
    answer = knock(client, name=name, password=password, code=code or factor.code_now())

    (said,) = answer.context["form"].non_field_errors()
    assert said == Client().post(DOOR, {"username": "x", "password": "y", "code": "z"}).context[
        "form"].non_field_errors()[0]  # fmt: skip


def test_sixth_attempt_waits_even_if_it_is_right(client: Client, factor: second_factor.Factor) -> None:
    for _ in range(admission.FREE):
        knock(client, password="wrong", code="000000")

    answer = knock(client, code=factor.code_now())

    assert not is_in(client)
    assert SignInCount.objects.get().failures == admission.FREE
    assert answer.status_code == 200


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-Ip", "Forwarded", "User-Agent"])
def test_other_header_gives_no_fresh_attempts(factor: second_factor.Factor, header: str) -> None:
    for number in range(admission.FREE):
        knock(Client(headers={header: f"203.0.113.{number}"}), password="wrong", code="000000")
    stranger = Client(headers={header: "203.0.113.99"})

    knock(stranger, code=factor.code_now())

    assert not is_in(stranger)


def test_stranger_cannot_lock_out_whoever_signed_in_before(factor: second_factor.Factor) -> None:
    known, stranger = Client(), Client()
    knock(known, code=factor.recovery[0])
    known.post("/admin/logout/")

    for _ in range(40):
        knock(stranger, password="wrong", code="000000")
    knock(known, code=factor.recovery[1])

    assert is_in(known)


def test_workbench_speaks_english_too_and_leads_from_one_language_to_the_other(
    factor: second_factor.Factor,
) -> None:
    thai, english = (Client().get(f"{where}/admin/login/").content.decode() for where in ("", "/en"))

    assert ('lang="th"' in thai, 'href="/en/admin/login/"' in thai) == (True, True)
    assert ("One-time code" in english, 'href="/admin/login/"' in english) == (True, True)


def test_known_browser_has_few_attempts_too(factor: second_factor.Factor) -> None:
    known = Client()
    knock(known, code=factor.recovery[0])
    known.post("/admin/logout/")

    for _ in range(admission.FREE):
        knock(known, password="wrong", code="000000")
    knock(known, code=factor.recovery[1])

    assert not is_in(known)


def test_forged_proof_of_a_known_browser_is_a_stranger(factor: second_factor.Factor) -> None:
    for number in range(admission.FREE):
        forger = Client()
        forger.cookies[admission.COOKIE] = f"{number}:forged"
        knock(forger, password="wrong", code="000000")

    assert SignInCount.objects.get().failures == admission.FREE


def test_two_hundred_accounts_are_counted_apart(client: Client, factor: second_factor.Factor) -> None:
    for number in range(20):
        for _ in range(admission.FREE):
            knock(client, name=f"staff{number}", password="wrong", code="000000")

    knock(client, code=factor.code_now())

    assert is_in(client)


@pytest.mark.django_db(transaction=True)
def test_fifty_guesses_at_once_are_not_more_than_five(rf: Any) -> None:
    def guess(_number: int) -> int:
        try:
            return admission.may_try(rf.post(DOOR), "somsri")
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        attempts = list(threads.map(guess, range(50)))

    assert sorted(number for number in attempts if number) == [1, 2, 3, 4, 5]


def test_series_of_failures_is_told_to_the_operator_without_who_tried(
    client: Client, factor: second_factor.Factor, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(admission.FREE):
        knock(client, password="wrong", code="000000")

    told = [record.getMessage() for record in caplog.records if record.name == "config.sign_in"]
    assert told == ["5 failed sign-ins in a row for the account 'somsri'."]


def test_disabled_account_is_out_at_once(db: None) -> None:
    client = signed_in(roles.TRIAGE)
    assert is_in(client)

    User.objects.filter(username=roles.TRIAGE).update(is_active=False)

    assert not is_in(client)


def test_role_taken_away_is_gone_at_once(db: None) -> None:
    client = signed_in(roles.TRIAGE)

    User.objects.get(username=roles.TRIAGE).groups.clear()

    assert client.get("/admin/complaints/complaint/").status_code == 403


def test_new_password_ends_other_sessions(factor: second_factor.Factor, person: User) -> None:
    client = verified(person)

    person.set_password("another-long-password")
    person.save()

    assert not is_in(client)


def test_session_is_a_new_one_after_signing_in(client: Client, factor: second_factor.Factor) -> None:
    client.get(DOOR)
    before = client.session.session_key

    knock(client, code=factor.code_now())

    assert client.session.session_key != before


def test_new_second_factor_ends_the_old_one(
    client: Client, person: User, factor: second_factor.Factor
) -> None:
    old = factor.recovery[0]

    second_factor.give(person)
    knock(client, code=old)

    assert not is_in(client)
    assert (TOTPDevice.objects.count(), StaticDevice.objects.count()) == (1, 1)


def test_administrator_gives_a_second_factor_and_nobody_else(db: None, person: User) -> None:
    address = f"/admin/auth/user/{person.pk}/second-factor/"

    assert signed_in(roles.SUPERVISOR).post(address).status_code == 403
    page = signed_in("superuser").post(address)

    assert page.status_code == 200
    assert page.context["factor"].secret in page.text
    assert "no-store" in page["Cache-Control"]


def test_nobody_changes_their_own_account(db: None) -> None:
    administrator = account("superuser")
    client = verified(administrator)

    answer = client.post(
        f"/admin/auth/user/{administrator.pk}/change/", {"username": "superuser", "groups": [1]}
    )

    assert answer.status_code == 403
    assert not administrator.groups.exists()


def test_secrets_of_the_second_factor_stand_on_no_page(db: None) -> None:
    for model in ("otp_totp/totpdevice", "otp_static/staticdevice"):
        assert signed_in("superuser").get(f"/admin/{model}/").status_code == 404


def test_demo_accounts_sign_in_with_what_is_printed_and_not_in_production(settings: Any, db: None) -> None:
    out = StringIO()
    call_command("demo_staff", stdout=out)
    lines = [line.split() for line in out.getvalue().splitlines() if line.startswith("demo-")]

    for name, password, code, _secret in lines:
        client = Client()
        knock(client, name=name, password=password, code=code)
        assert is_in(client), name
    assert len(lines) == len(roles.ROLES) + 1
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("demo_staff")


def test_operator_gives_a_second_factor_and_lets_try_again(client: Client, person: User) -> None:
    for _ in range(admission.FREE):
        knock(client, password="wrong", code="000000")
    out = StringIO()

    call_command("second_factor", "somsri", stdout=out)
    code = re.search(r"Recovery codes   (\S+)", out.getvalue())
    assert code
    knock(client, code=code[1])

    assert is_in(client)
    with pytest.raises(CommandError):
        call_command("second_factor", "nobody")
