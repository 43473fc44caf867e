"""Messages that are signed by the wrong hand, too old, or changed are refused."""

from __future__ import annotations

import dataclasses

import pytest

from complaints import signatures
from complaints.signatures import SignatureError, Signed

NOW = 1_700_000_000
KEY, OTHER = signatures.new_signing_key(), signatures.new_signing_key()
BODY = b'{"type":"complaint"}'
SIGNED = signatures.sign(BODY, id="msg-1", at=NOW, signing=KEY)


def check(body: bytes = BODY, signed: Signed = SIGNED, *, key: str = KEY, now: int = NOW) -> None:
    signatures.verify(body, signed, verify_keys=[signatures.verify_key_of(key)], now=now)


def test_message_of_the_right_hand_is_accepted() -> None:
    check()
    check(now=NOW + signatures.TOLERANCE)


def test_either_of_two_keys_is_accepted_while_they_change() -> None:
    keys = [signatures.verify_key_of(OTHER), signatures.verify_key_of(KEY)]

    signatures.verify(BODY, SIGNED, verify_keys=keys, now=NOW)


@pytest.mark.parametrize("now", [NOW - 301, NOW + 301])
def test_old_and_future_messages_are_refused(now: int) -> None:
    with pytest.raises(SignatureError, match="too far"):
        check(now=now)


def test_changed_body_is_refused() -> None:
    with pytest.raises(SignatureError):
        check(BODY + b" ")


def test_wrong_hand_is_refused() -> None:
    with pytest.raises(SignatureError):
        check(key=OTHER)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "msg-2"},
        {"id": ""},
        {"id": "x" * 201},
        {"id": "ก"},
        {"timestamp": ""},
        {"timestamp": "-1"},
        {"timestamp": "1e9"},
        {"timestamp": "๑๗๐๐๐๐๐๐๐๐"},
        {"timestamp": str(NOW + 1)},
        {"signature": ""},
        {"signature": "v1a"},
        {"signature": "v1a,"},
        {"signature": "v1a,%%%"},
        {"signature": "v1a,AAAA"},
        {"signature": SIGNED.signature.replace("v1a,", "v1,")},
        {"signature": SIGNED.signature.replace("v1a,", "")},
        {"signature": SIGNED.signature[:-8]},
        {"signature": SIGNED.signature.swapcase()},
    ],
)
def test_each_header_is_needed_as_it_was_signed(changes: dict[str, str]) -> None:
    with pytest.raises(SignatureError):
        check(signed=dataclasses.replace(SIGNED, **changes))
