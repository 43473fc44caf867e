"""The reference number and the access key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints import access, sealing

PEPPER = "pepper of the test"


def test_key_has_130_bits_and_is_shown_in_groups() -> None:
    key = access.access_for(access.new_nonce(), PEPPER).key

    assert len(key) * 5 == 130
    assert [len(group) for group in access.grouped(key).split("-")] == [4, 4, 4, 4, 4, 4, 2]


def test_same_form_gives_the_same_access() -> None:
    nonce = access.new_nonce()

    assert access.access_for(nonce, PEPPER) == access.access_for(nonce, PEPPER)
    assert access.access_for(nonce, PEPPER) != access.access_for(nonce, "another pepper")


def test_digests_hold_neither_key_nor_form_number() -> None:
    nonce = access.new_nonce()
    given = access.access_for(nonce, PEPPER)

    assert given.key not in given.key_digest.upper()
    assert nonce != given.nonce_digest
    assert given.key_digest != given.nonce_digest


def test_only_the_key_opens_what_is_sealed_to_the_reporter() -> None:
    given, other = (access.access_for(access.new_nonce(), PEPPER) for _ in range(2))
    sealed = sealing.seal(b"question", given.reporter_key)

    assert sealing.unseal(sealed, [access.reporter_private_key(given.key)]) == b"question"
    with pytest.raises(sealing.SealError):
        sealing.unseal(sealed, [access.reporter_private_key(other.key)])


@given(st.randoms())
def test_key_is_read_as_people_write_it(random: object) -> None:
    key = access.access_for(access.new_nonce(), PEPPER).key
    sloppy = access.grouped(key).lower().replace("0", "o").replace("1", "l").replace("-", " – ")

    assert access.read_key(sloppy) == key


@pytest.mark.parametrize("text", ["", "ABC", "U" * 26, "A" * 25, "A" * 27, "ก" * 26, "A" * 26 + "\n;"])
def test_what_is_no_key_is_read_as_none(text: str) -> None:
    assert access.read_key(text) == ""


@given(st.integers(0, 8), st.integers(1, 9))
def test_wrong_digit_of_a_reference_is_noticed(place: int, change: int) -> None:
    reference = access.new_reference()
    wrong = str((int(reference[place]) + change) % 10)

    assert access.is_reference(reference)
    assert not access.is_reference(reference[:place] + wrong + reference[place + 1 :])


@given(st.integers(0, 7))
def test_swapped_neighbours_of_a_reference_are_noticed(place: int) -> None:
    reference = access.new_reference()
    swapped = reference[:place] + reference[place + 1] + reference[place] + reference[place + 2 :]

    assert swapped == reference or not access.is_reference(swapped)


@pytest.mark.parametrize("text", ["", "12", "g" * 32, "A" * 32, "0" * 33])
def test_form_number_has_one_shape(text: str) -> None:
    assert access.is_nonce(access.new_nonce())
    assert not access.is_nonce(text)
