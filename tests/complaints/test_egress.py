"""Out of the house: which addresses are reached, and which answers are a receipt."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress

import pytest

from complaints.channels import egress
from complaints.channels.base import DeliveryError
from complaints.channels.webhook import receipt_of


@pytest.mark.parametrize(
    "place",
    [
        "127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "240.0.0.1", "::1", "::", "fe80::1",
        "fc00::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "2002:7f00:1::", "2001:db8::1", "64:ff9b::7f00:1",
        "ff02::1", "2001:0:53aa:64c:0:0:0:1", "fe80::1%eth0",
    ],
)  # fmt: skip
def test_address_inside_is_never_reached(place: str) -> None:
    assert not egress.is_public(place)
    with pytest.raises(DeliveryError, match="private network"):
        egress.post("https://agency.example/", b"", {}, lookup=lambda host, port: ["8.8.8.8", place])


@pytest.mark.parametrize(
    "address",
    [
        "http://agency.example/", "ftp://agency.example/", "file:///etc/passwd", "gopher://agency.example/",
        "https://", "https://user@agency.example/", "https://a:b@agency.example/", "agency.example", "",
        "https://agency.example:99999/", "https://[::1/", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_address_of_another_kind_is_never_visited(address: str) -> None:
    with pytest.raises(DeliveryError) as refused:
        egress.post(address, b"", {}, lookup=lambda host, port: pytest.fail("looked up"))

    assert refused.value.permanent


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_server_that_speaks_one_sign_at_a_time_is_cut_off(scheme: str) -> None:
    """Each sign comes in time; all of them would take half an hour, the greeting before a letter too."""
    listening = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        with suppress(OSError), listening.accept()[0] as there:
            for sign in b"\x16\x03\x03\x40\x00" + bytes(16_384):
                there.sendall(bytes([sign]))
                time.sleep(0.05)

    threading.Thread(target=drip, daemon=True).start()
    address, began = f"{scheme}://localhost:{listening.getsockname()[1]}/", time.monotonic()

    with listening, pytest.raises(DeliveryError):
        egress.post(address, b"{}", {}, private=True, lookup=lambda *_: ["127.0.0.1"], seconds=0.5)

    assert time.monotonic() - began < 5


def test_receipt_for_another_delivery_is_none() -> None:
    with pytest.raises(DeliveryError):
        receipt_of(egress.Answer(200, {}, b'{"received": "other"}'), "mine")


@pytest.mark.parametrize("body", [b"[" * 60_000, b'"', b"\xff", b'{"received": ' + b"9" * 60_000])
def test_answer_that_cannot_be_read_is_no_receipt(body: bytes) -> None:
    with pytest.raises(DeliveryError):
        receipt_of(egress.Answer(200, {}, body), "mine")


@pytest.mark.parametrize(
    ("receipt", "kept"),
    [(r'"\u0000"', "mine"), (r'"A\u0000\ud800\r\n1"', "A 1"), ("7", "7"), ("[]", "mine"), ('" "', "mine")],
)
def test_receipt_is_kept_in_signs_that_can_be_kept_and_seen(receipt: str, kept: str) -> None:
    answer = egress.Answer(200, {}, f'{{"received": "mine", "receipt": {receipt}}}'.encode())

    assert receipt_of(answer, "mine").text == kept
