"""Letters by e-mail: asked for, confirmed, brought once, stopped with one click; nothing of anybody leaks."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from following import delivery, subscribing, tasks
from following.counting import BY_CALLER, FOR_ADDRESS
from following.keys import opened
from following.models import MOST_REFUSALS, AskingCount, Subscriber, Subscription, next_morning
from following.subjects import subject_of
from tests.factories import allocation, head, loaded

from .conftest import ADDRESS, Sink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("book")]
AGENCY = {"kind": "agency", "key": "15008"}


def asked(client: Client, address: str = ADDRESS, language: str = "", **subject: str) -> Any:
    return client.post(f"{language}/follow/", {"email": address, **(subject or AGENCY)})


def plain(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def links(letter: EmailMessage) -> list[str]:
    """The addresses of the site in the plain words of a letter, without its host."""
    return re.findall(r"https://example\.org(\S+)", plain(letter))


def confirm_link(letter: EmailMessage) -> str:
    return next(link for link in links(letter) if "/follow/" in link and "/stop/" not in link)


def stop_link(letter: EmailMessage) -> str:
    return str(letter["List-Unsubscribe"]).strip(" <>").removeprefix("https://example.org")


def written(pk: int) -> bool | None:
    return delivery.write_to(pk)


def confirmed(client: Client, sink: Sink, *, language: str = "", **subject: str) -> Subscriber:
    """Somebody who asked, got the letter and confirmed; what is published from now on is news."""
    asked(client, language=language, **subject)
    delivery.ask_to_confirm(Subscription.objects.latest("pk").pk)
    client.post(confirm_link(sink.received.pop()[1]), {"act": "confirm"})
    return Subscriber.objects.get()


def next_day() -> None:
    """Let the night pass: what was told, written or published lies a day back, and a letter is due."""
    day = timedelta(days=1)
    for one in Subscription.objects.exclude(told_until=None):
        Subscription.objects.filter(pk=one.pk).update(told_until=one.told_until - day)  # type: ignore[operator]
    for subscriber in Subscriber.objects.all():
        before = subscriber.written_on and subscriber.written_on - day
        Subscriber.objects.filter(pk=subscriber.pk).update(next_at=timezone.now(), written_on=before)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE spending_edition SET published_at = published_at - interval '1 day'")


def corrected(folder: Path, amount: str = "120.00") -> None:
    loaded(head(), allocation(1, amount), allocation(2, "50.00"), folder=folder)


# Asking and confirming


def test_nothing_is_sent_before_the_link_is_confirmed(client: Client, sink: Sink, tmp_path: Path) -> None:
    assert asked(client).status_code == 302
    one = Subscription.objects.get()
    assert delivery.ask_to_confirm(one.pk)

    letter = sink.letter()
    link = confirm_link(letter)
    assert sink.received[0][0] == ADDRESS
    corrected(tmp_path)
    next_day()
    assert written(one.subscriber.pk) is None
    assert client.get(link).status_code == 200  # a mail program that looks at links confirms nothing
    assert Subscription.objects.get().confirmed_at is None
    assert len(sink.received) == 1

    assert client.post(link, {"act": "confirm"}).status_code == 200
    assert Subscription.objects.get().confirmed_at is not None


def test_letter_tells_before_and_after_in_the_language_asked_for(
    client: Client, sink: Sink, tmp_path: Path
) -> None:
    subscriber = confirmed(client, sink, language="/en")
    corrected(tmp_path)
    next_day()

    assert written(subscriber.pk)

    letter = sink.letter()
    text = plain(letter)
    html = letter.get_body(("html",))
    assert "รายการที่ 1: 100 → 120 baht" in text
    assert "https://example.org/en/agencies/15008/" in text
    assert "Budget lines: 0 new, 0 gone, 1 with another amount" in text
    assert html is not None
    assert "100 → 120 baht" in html.get_content()
    assert "<img" not in html.get_content()
    assert "src=" not in html.get_content()
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Auto-Submitted"] == "auto-generated"


def test_thai_letter_is_thai(client: Client, sink: Sink, tmp_path: Path) -> None:
    subscriber = confirmed(client, sink)
    corrected(tmp_path)
    next_day()
    written(subscriber.pk)

    text = plain(sink.letter())

    assert "บาท" in text
    assert not re.search(r"\b[A-Za-z]+ [a-z]+\b", re.sub(r"https?://\S+", "", text))


def test_signs_of_a_name_stand_in_plain_words_as_they_are(client: Client, sink: Sink, tmp_path: Path) -> None:
    subscriber = confirmed(client, sink)
    signs = allocation(1, "120.00", description='ซ่อม "A" & <B>')
    loaded(head(), signs, allocation(2, "50.00"), folder=tmp_path)
    next_day()
    written(subscriber.pk)

    assert 'ซ่อม "A" & <B>: ' in plain(sink.letter())


def test_one_letter_a_day_gathers_all_that_changed(client: Client, sink: Sink, tmp_path: Path) -> None:
    confirmed(client, sink)
    subscriber = confirmed(client, sink, kind="corrections", key="")
    corrected(tmp_path)
    next_day()

    assert written(subscriber.pk)
    assert len(links(sink.letter())) > 4
    Subscriber.objects.update(next_at=timezone.now())
    corrected(tmp_path, "130.00")
    assert written(subscriber.pk) is None  # today's went
    next_day()
    assert written(subscriber.pk)
    assert "120 → 130" in plain(sink.received[1][1])
    next_day()
    assert written(subscriber.pk) is None  # nothing new
    assert len(sink.received) == 2


def test_edition_published_a_moment_ago_waits_for_the_next_letter(
    client: Client, sink: Sink, tmp_path: Path
) -> None:
    subscriber = confirmed(client, sink)
    next_day()
    corrected(tmp_path)

    assert written(subscriber.pk) is None
    next_day()
    assert written(subscriber.pk)


def test_words_that_nobody_confirmed_stand_in_no_letter(client: Client, sink: Sink) -> None:
    asked(client, kind="search", key="ซื้อเลยที่ http://spam.example")
    delivery.ask_to_confirm(Subscription.objects.get().pk)

    letter = sink.letter()

    assert "spam" not in letter.as_string()
    assert "spam" in client.get(confirm_link(letter)).content.decode()


def test_same_answer_whether_an_address_is_known_or_not(client: Client, sink: Sink) -> None:
    confirmed(client, sink)

    known, other = asked(client), asked(client, "other@example.org")

    assert (known.status_code, known["Location"]) == (other.status_code, other["Location"])
    assert not client.cookies
    waiting, _subscribers = delivery.due()
    assert len(waiting) == 1  # who follows already is not asked again


def test_capital_letters_make_no_second_subscriber(client: Client) -> None:
    asked(client)
    asked(client, ADDRESS.upper())

    assert Subscriber.objects.count() == Subscription.objects.count() == 1


# Floods


def test_address_is_asked_three_times_a_day_at_most(client: Client, sink: Sink) -> None:
    for _ in range(FOR_ADDRESS + 3):
        assert asked(client).status_code == 302
        for pk in delivery.due()[0]:
            delivery.ask_to_confirm(pk)

    assert len(sink.received) == FOR_ADDRESS


def test_one_caller_asks_so_often_in_an_hour(client: Client) -> None:
    answers = [asked(client, f"n{number}@example.org").status_code for number in range(BY_CALLER + 1)]

    assert answers == [302] * BY_CALLER + [429]
    assert Subscriber.objects.count() == BY_CALLER


def test_household_of_the_newer_protocol_asks_as_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("following.counting.BY_CALLER", 1)
    answers = []
    for number, place in enumerate(["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"]):
        client.defaults["REMOTE_ADDR"] = place
        answers.append(asked(client, f"n{number}@example.org").status_code)

    assert answers == [302, 429, 302]


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "a@example.org\nBcc: b@example.org", "ก" * 300])
def test_what_is_no_address_is_explained(client: Client, address: str) -> None:
    response = asked(client, address)

    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert not Subscriber.objects.exists()


# Stopping


def test_one_click_stops_all_and_forgets_the_address(client: Client, sink: Sink, tmp_path: Path) -> None:
    subscriber = confirmed(client, sink)
    corrected(tmp_path)
    next_day()
    written(subscriber.pk)
    link = stop_link(sink.letter())

    assert client.get(link).status_code == 200  # asks, and does nothing
    assert Subscriber.objects.exists()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert not Subscriber.objects.exists()
    assert not Subscription.objects.exists()
    assert strict.post(link).status_code == 200  # the same answer again


def test_one_subject_can_be_stopped_alone(client: Client, sink: Sink, tmp_path: Path) -> None:
    confirmed(client, sink)
    subscriber = confirmed(client, sink, kind="editions", key="")
    corrected(tmp_path)
    next_day()
    written(subscriber.pk)
    first = confirm_link(sink.letter())

    client.post(first, {"act": "stop"})

    assert Subscription.objects.get().kind == "editions"
    assert client.get(first).status_code == 404


def test_pages_of_links_are_kept_and_told_to_nobody(client: Client) -> None:
    for address in ("/follow/stop/abc/", "/follow/abc/"):
        answer = client.get(address)
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "about=" not in answer.content.decode()


# Retention


def test_what_nobody_confirms_is_forgotten_after_two_days(client: Client, sink: Sink) -> None:
    asked(client)
    delivery.ask_to_confirm(Subscription.objects.get().pk)
    link = confirm_link(sink.letter())
    Subscription.objects.update(asked_at=timezone.now() - timedelta(hours=49))

    assert client.post(link, {"act": "confirm"}).status_code == 404
    tasks.forget()

    assert not Subscriber.objects.exists()
    assert not Subscription.objects.exists()


def test_confirmed_ones_stay_and_counts_of_past_spans_go(client: Client, sink: Sink) -> None:
    confirmed(client, sink)
    Subscription.objects.update(asked_at=timezone.now() - timedelta(days=400))
    AskingCount.objects.create(key="old", span=1, count=1)

    tasks.forget()

    assert Subscription.objects.count() == 1
    assert not AskingCount.objects.filter(key="old").exists()
    assert AskingCount.objects.count() == 2


# Failing


def test_letter_that_is_not_taken_comes_again(client: Client, sink: Sink, tmp_path: Path) -> None:
    subscriber = confirmed(client, sink)
    corrected(tmp_path)
    next_day()
    sink.answer_to_letter = "451 try later"

    assert written(subscriber.pk) is False
    assert written(subscriber.pk) is None  # not before a while
    sink.answer_to_letter = "250 OK"
    Subscriber.objects.update(next_at=timezone.now())
    assert written(subscriber.pk)

    assert "100 → 120" in plain(sink.letter())


def test_address_refused_for_good_is_given_up_on_the_third_morning(
    client: Client, sink: Sink, tmp_path: Path
) -> None:
    subscriber = confirmed(client, sink)
    corrected(tmp_path)
    sink.answer_to_recipient = "550 no such user"

    for _morning in range(MOST_REFUSALS):
        assert Subscriber.objects.exists()
        next_day()
        assert written(subscriber.pk) is False

    assert not Subscriber.objects.exists()


def test_refused_address_that_asked_is_forgotten_at_once(client: Client, sink: Sink) -> None:
    asked(client)
    sink.answer_to_recipient = "550 no such user"

    assert delivery.ask_to_confirm(Subscription.objects.get().pk) is False

    assert not Subscriber.objects.exists()


@pytest.mark.usefixtures("sink")
def test_server_that_is_away_loses_nothing(client: Client, settings: Any) -> None:
    settings.EMAIL_PORT = 1
    asked(client)

    assert delivery.ask_to_confirm(Subscription.objects.get().pk) is False

    one = Subscription.objects.get()
    assert (one.attempts, one.letter_sent_at) == (1, None)
    assert one.next_at > timezone.now()


# Privacy


def test_address_stands_nowhere_in_the_open(
    client: Client, sink: Sink, settings: Any, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG, logger="following")
    subscriber = confirmed(client, sink)
    corrected(tmp_path)
    next_day()
    sink.answer_to_recipient = "550 who is Somchai.Jaidee@example.org"
    written(subscriber.pk)

    with connection.cursor() as cursor:
        tables = ("following_subscriber", "following_subscription", "following_askingcount")
        kept = ""
        for table in tables:
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            kept += str(cursor.fetchone()[0])
    said = kept + caplog.text
    assert "omchai" not in said.casefold()
    assert b"omchai".hex() not in said
    assert "127.0.0.1" not in said
    assert opened(subscriber.sealed)["address"] == ADDRESS
    settings.FOLLOWING_PRIVATE_KEYS = []
    with pytest.raises(delivery.SealError):
        opened(subscriber.sealed)


def test_keys_of_links_are_kept_as_hashes_alone(client: Client, sink: Sink) -> None:
    asked(client)
    delivery.ask_to_confirm(Subscription.objects.get().pk)
    letter = sink.letter()
    tokens = [confirm_link(letter).split("/")[-2], stop_link(letter).split("/")[-2]]

    one = Subscription.objects.get()

    assert all(len(token) >= 22 for token in tokens)  # 128 bits in base 64
    kept = f"{one.token_digest} {one.subscriber.stop_digest} {bytes(one.sealed_token)!r}"
    assert not [token for token in tokens if token in kept]


def test_message_of_the_queue_carries_a_number_alone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[Any, ...]] = []
    monkeypatch.setattr(tasks.ask_to_confirm, "delay", lambda *args: sent.append(args))
    asked(client)

    tasks.sweep()

    assert sent == [(Subscription.objects.get().pk,)]


def test_worker_without_the_key_says_so_and_tries_again(client: Client, settings: Any, sink: Sink) -> None:
    asked(client)
    settings.FOLLOWING_PRIVATE_KEYS = []

    assert delivery.ask_to_confirm(Subscription.objects.get().pk) is False
    assert not sink.received


# Without mail, and on trial


def test_without_a_mail_server_feeds_are_offered_instead(client: Client, settings: Any) -> None:
    settings.FOLLOWING_BY_MAIL = False

    page, form = client.get("/agencies/15008/"), client.get("/follow/?kind=agency&key=15008")

    for answer in (page, form):
        assert 'type="email"' not in answer.content.decode()
        assert "/agencies/15008/changes.atom" in answer.content.decode()
    assert asked(client).status_code == 404
    assert delivery.due() == ([], [])


def test_on_trial_letters_become_files(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.MAIL_FOLDER = str(tmp_path / "mail")
    asked(client)

    assert delivery.ask_to_confirm(Subscription.objects.get().pk)

    assert ADDRESS in next((tmp_path / "mail").iterdir()).read_text()
    assert str(tmp_path / "mail") in client.get("/agencies/15008/").content.decode()


def test_search_is_followed_by_its_words(client: Client, sink: Sink, tmp_path: Path) -> None:
    subscriber = confirmed(client, sink, kind="search", key="รายการที่ 1")
    corrected(tmp_path)
    next_day()

    written(subscriber.pk)

    assert "100 → 120" in plain(sink.letter())


def test_subject_that_is_gone_stops_nothing_else(client: Client, sink: Sink, tmp_path: Path) -> None:
    subscriber = confirmed(client, sink)
    subject = subject_of("editions", "")
    subscribing.ask(ADDRESS, subject, "th")
    Subscription.objects.filter(kind="agency").update(key="99999")
    Subscription.objects.update(confirmed_at=timezone.now(), told_until=timezone.now())
    corrected(tmp_path)
    next_day()

    assert written(subscriber.pk)
    assert not mail.outbox


def test_letters_go_in_the_morning() -> None:
    now = timezone.now()

    due = next_morning(now)

    assert timezone.localtime(due).hour == 7
    assert timedelta(0) < due - now <= timedelta(days=1)
