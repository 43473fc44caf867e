"""What is sealed stays closed to everybody without the key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints import sealing
from complaints.sealing import SealError

OLD, NEW = sealing.new_private_key(), sealing.new_private_key()
WORDS = {"subject": "ถนนสร้างไม่เสร็จ", "accused": [{"name": "นายก"}]}


def test_words_come_back_with_the_private_key() -> None:
    sealed = sealing.seal_words(WORDS, sealing.public_key_of(NEW))

    assert sealing.unseal_words(sealed, [NEW]) == WORDS


def test_sealed_words_hold_no_trace_of_the_text() -> None:
    sealed = sealing.seal_words(WORDS, sealing.public_key_of(NEW))

    assert "ถนน".encode() not in sealed
    assert b"subject" not in sealed


@given(st.text(max_size=300))
def test_length_says_little(text: str) -> None:
    sealed = sealing.seal_words({"subject": text}, sealing.public_key_of(NEW))

    assert (len(sealed) - 1 - 8 - 48) % sealing.PADDED_TO == 0


def test_values_of_an_old_key_open_while_it_is_kept() -> None:
    sealed = sealing.seal(b"before", sealing.public_key_of(OLD))

    assert sealing.unseal(sealed, [NEW, OLD]) == b"before"
    assert sealing.closed_with(sealed) == sealing.name_of(sealing.public_key_of(OLD))


def test_lost_key_is_named_and_nothing_is_returned() -> None:
    sealed = sealing.seal(b"before", sealing.public_key_of(OLD))

    with pytest.raises(SealError, match=sealing.name_of(sealing.public_key_of(OLD))):
        sealing.unseal(sealed, [NEW])


@pytest.mark.parametrize("place", [0, 3, 12, -1])
def test_damaged_value_is_refused(place: int) -> None:
    sealed = bytearray(sealing.seal(b"content", sealing.public_key_of(NEW)))
    sealed[place] ^= 1

    with pytest.raises(SealError):
        sealing.unseal(bytes(sealed), [NEW])


@pytest.mark.parametrize("key", ["", "none", "AAAA", "ก" * 44, "A" * 44])
def test_text_that_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(SealError):
        sealing.seal(b"content", key)


def test_two_seals_of_one_text_differ() -> None:
    public = sealing.public_key_of(NEW)

    assert sealing.seal(b"same", public) != sealing.seal(b"same", public)
