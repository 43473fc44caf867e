"""The one contract of all channels, and what each adds to it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from pysequoia import Tsk

from complaints.channels import CHANNELS
from complaints.channels.base import DeliveryError, Means
from complaints.channels.email import LARGEST, message_id
from complaints.channels.sftp import Sftp, place_of, public_line
from complaints.dossier import dossier
from complaints.letters import Enclosure
from complaints.models import Desk
from complaints.return_paths import return_path
from proofs.mailbox import Mailbox

from .agency_worlds import REMARK, SECRETS, SIGNING, WORLDS, World, letter

REACHED = list(WORLDS)


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with WORLDS[request.param](tmp_path) as made:
        yield made


each_channel = pytest.mark.parametrize("world", REACHED, indirect=True)


def test_each_channel_stands_in_the_register_and_has_a_world() -> None:
    assert set(CHANNELS) == set(Desk.Channel.values) == (set(WORLDS) - {"notice"}) | {"paper"}


@each_channel
def test_receipt_names_the_delivery_or_is_the_desks_own(world: World) -> None:
    sent = world.letter()

    receipt = world.channel.send(sent, world.means)

    assert receipt.text
    assert world.effects() == {sent.number: 1}


@each_channel
def test_twice_sent_is_once_there(world: World) -> None:
    sent = world.letter()

    first, second = world.channel.send(sent, world.means), world.channel.send(sent, world.means)

    assert first == second
    assert world.effects() == {sent.number: 1}


@each_channel
def test_stranger_on_the_way_learns_nothing_of_the_case(world: World) -> None:
    sent = world.letter()

    world.channel.send(sent, world.means)

    seen = world.seen()
    telling = [*SECRETS, sent.reference, "corruption", "สำนักงาน"]
    assert [word for word in telling if word.encode() in seen] == []


@pytest.mark.parametrize("world", ["webhook", "email", "sftp"], indirect=True)
def test_signed_screening_sheet_comes_with_the_letter(world: World) -> None:
    sent = world.letter()

    world.channel.send(sent, world.means)

    (line,) = world.got()["screening"]["sheet"]["lines"]
    assert world.got()["screening"]["version"] == 2
    assert (line["mark"], line["remark"]) == ("yes", REMARK)


@pytest.mark.parametrize("world", ["webhook", "sftp"], indirect=True)
def test_desk_that_does_not_answer_is_a_failure_that_comes_again(world: World) -> None:
    world.break_down()

    with pytest.raises(DeliveryError) as failed:
        world.channel.send(world.letter(), world.means)

    assert not failed.value.permanent
    assert [word for word in SECRETS if word in str(failed.value)] == []


@pytest.mark.parametrize("world", ["email", "notice", "pickup"], indirect=True)
def test_mail_server_that_does_not_answer_is_a_failure_that_comes_again(
    world: World, monkeypatch: Any
) -> None:
    def silent(*args: Any) -> int:
        raise TimeoutError

    monkeypatch.setattr(EmailBackend, "send_messages", silent)

    with pytest.raises(DeliveryError) as failed:
        world.channel.send(world.letter(), world.means)

    assert not failed.value.permanent
    assert [word for word in SECRETS if word in str(failed.value)] == []


# What each adds


def test_paper_is_a_task_for_a_person() -> None:
    with pytest.raises(DeliveryError) as failed:
        CHANNELS["paper"].send(letter(), Means())

    assert failed.value.permanent


def test_letter_to_a_desk_with_a_key_has_arrived_and_a_notice_has_not(tmp_path: Path) -> None:
    with WORLDS["email"](tmp_path) as keyed, WORLDS["notice"](tmp_path) as keyless:
        assert keyed.channel.send(keyed.letter(), keyed.means).has_arrived
        assert not keyless.channel.send(keyless.letter(), keyless.means).has_arrived

    assert "https://staff.example/" in mail.outbox[1].message().get_content()


def test_dossier_too_large_for_mail_is_picked_up(tmp_path: Path) -> None:
    with WORLDS["email"](tmp_path) as world:
        large = replace(world.means, dossier=lambda letter: b"0" * (LARGEST + 1))
        assert not world.channel.send(world.letter(), large).has_arrived


def test_key_that_is_no_key_is_left_to_a_person() -> None:
    with pytest.raises(DeliveryError) as failed:
        CHANNELS["email"].send(
            letter(openpgp_key="no key"), Means(SIGNING, sender="a@b.example", dossier=dossier)
        )

    assert failed.value.permanent
    assert mail.outbox == []


def test_without_a_mail_server_the_letter_becomes_a_task() -> None:
    with pytest.raises(DeliveryError) as failed:
        CHANNELS["email"].send(letter(), Means(SIGNING))

    assert failed.value.permanent


def test_message_has_the_same_id_each_time(tmp_path: Path) -> None:
    with WORLDS["notice"](tmp_path) as world:
        sent = world.letter()
        world.channel.send(sent, world.means)

    assert mail.outbox[0].message()["Message-ID"] == message_id(sent)


@pytest.mark.parametrize("address", ["a@b.example\nBcc: c@d.example", "a@b.example\r\nX: y", "a b", ""])
def test_address_cannot_add_a_header(address: str) -> None:
    with pytest.raises((DeliveryError, ValueError)):
        CHANNELS["email"].send(letter(address=address), Means(SIGNING, sender="a@b.example"))

    assert mail.outbox == []


def test_server_with_another_key_gets_nothing(tmp_path: Path) -> None:
    with WORLDS["sftp"](tmp_path) as one, WORLDS["sftp"](tmp_path) as other:
        stolen = replace(one.letter(), address=other.fit["address"])
        with pytest.raises(DeliveryError) as failed:
            one.channel.send(stolen, one.means)

        assert failed.value.permanent
        assert one.effects() == other.effects() == {}


def test_sum_beside_the_file_fits_it_and_nothing_half_written_is_left(tmp_path: Path) -> None:
    with WORLDS["sftp"](tmp_path) as world:
        sent = world.letter()
        world.channel.send(sent, world.means)

    names = sorted(path.name for path in tmp_path.glob("*/in/*"))
    zipped = next(tmp_path.glob("*/in/*.zip")).read_bytes()
    said = next(tmp_path.glob("*/in/*.sha256")).read_text().split()[0]
    assert names == [f"{sent.number}.zip", f"{sent.number}.zip.sha256"]
    assert said == sha256(zipped).hexdigest()


def test_sftp_never_leads_into_a_private_network() -> None:
    with pytest.raises(DeliveryError, match="private network"):
        Sftp(lambda host, port: ["10.0.0.1"]).send(
            letter(address="sftp://us@files.example/in"), Means(SIGNING)
        )


@pytest.mark.parametrize(
    "address",
    ["https://files.example/", "sftp://files.example/", "sftp://a:b@files.example/", "sftp://", "x",
     "sftp://a@files.example:99999/"],
)  # fmt: skip
def test_address_of_no_server_for_files_is_refused(address: str) -> None:
    with pytest.raises(DeliveryError) as refused:
        place_of(address)

    assert refused.value.permanent


def test_key_for_files_is_always_the_same_and_not_the_one_that_signs() -> None:
    assert public_line(SIGNING) == public_line(SIGNING)
    assert public_line(SIGNING).startswith("ssh-ed25519 ")


# The dossier


def test_dossier_holds_the_form_the_evidence_and_a_sum_of_each() -> None:
    sent = letter()

    with zipfile.ZipFile(io.BytesIO(dossier(sent))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}

    manifest = json.loads(files.pop("manifest.json"))
    assert files["evidence/01.jpg"] == b"cleaned copy"
    assert files["form-1-02.pdf"].startswith(b"%PDF-")
    assert {f["name"]: f["sha256"] for f in manifest["files"]} == {
        name: sha256(content).hexdigest() for name, content in files.items()
    }
    assert manifest["originals"][0]["sha256"] == "a" * 64


def test_dossier_without_a_signed_sheet_holds_none() -> None:
    with zipfile.ZipFile(io.BytesIO(dossier(letter(screening=None)))) as archive:
        assert "screening.pdf" not in archive.namelist()


def test_dossier_is_the_same_bytes_each_time() -> None:
    sent = letter()

    assert dossier(sent) == dossier(sent)


def test_any_text_can_be_set_on_the_form() -> None:
    words = "ก็\u200b\x07 \u202e \U0001f4a9 <b>'\"& " + "ยาว" * 500 + "x" * 500

    assert dossier(letter(matter={"subject": words, "detail": words}, accused=[{"name": words}]))


def test_form_says_which_file_has_no_copy() -> None:
    assert dossier(letter(enclosures=[Enclosure(1, "pdf", 9, "a" * 64, "infected")]))


@pytest.mark.parametrize("key", ["", "own"])
def test_real_mail_server_takes_the_message_as_it_is(tmp_path: Path, settings: Any, key: str) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    desk = Tsk.generate("desk@agency.example")
    sent = letter(openpgp_key=str(desk.extract_certificate()) if key else "")
    back = return_path(sent.number, 1, "bounces@spending.example", "key")
    means = Means(SIGNING, sender="site@spending.example", return_path=back, dossier=dossier)

    with Mailbox(tmp_path / "mail") as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = *box.address, False
        CHANNELS["email"].send(sent, means)
        (message,), opened = box.messages(), box.opened(desk)

    assert box.senders == [back]
    assert message["From"] == "site@spending.example"
    assert message["Message-ID"] == message_id(sent)
    assert message["Subject"] == f"Delivery {sent.number}"
    assert ("ลาดยาง" in opened) == bool(key)
    assert not any(word in str(message) for word in SECRETS)
