"""Sealed values open with their own key, in their own place, unchanged; and in no other way."""

from __future__ import annotations

import os
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingting.privacy.errors import KeyMissing, StorageError, Unreadable
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import KEY_BYTES, KeyWrap, PersonSeal, Place

# What UTF-8 can carry: everything but half of a surrogate pair.
texts = st.text(st.characters(exclude_categories=["Cs"]))
keys = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)
names = st.sampled_from(["talk_message", "talk_conversation", "safety_episoderecord"])
columns = st.sampled_from(["body", "about", "title", "state", "record"])
places = st.builds(Place, names, columns, st.uuids())
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=10,
)
HERE = Place("talk_message", "body", UUID(int=7))


@given(keys, texts, places)
def test_what_is_sealed_opens_as_it_was(key: bytes, text: str, place: Place) -> None:
    assert PersonSeal(key).open(PersonSeal(key).seal(text, place), place) == text


@given(keys, values, places)
def test_values_come_back_as_they_were(key: bytes, value: object, place: Place) -> None:
    seal = PersonSeal(key)
    assert seal.open_json(seal.seal_json(value, place), place) == value


@given(texts, places, places)
def test_moved_to_another_place_it_does_not_open(text: str, place: Place, other: Place) -> None:
    seal = PersonSeal(bytes(KEY_BYTES))
    sealed = seal.seal(text, place)
    if place == other:
        return
    with pytest.raises(Unreadable):
        seal.open(sealed, other)


@pytest.mark.parametrize(
    "other",
    [
        Place("talk_message", "about", HERE.row),
        Place("talk_conversation", "body", HERE.row),
        Place("talk_message", "body", UUID(int=8)),
    ],
)
def test_each_part_of_the_place_counts(other: Place) -> None:
    seal = PersonSeal(bytes(KEY_BYTES))
    with pytest.raises(Unreadable):
        seal.open(seal.seal("只在这里", HERE), other)


@given(keys, keys, texts)
def test_another_persons_key_does_not_open_it(mine: bytes, theirs: bytes, text: str) -> None:
    if mine == theirs:
        return
    with pytest.raises(Unreadable):
        PersonSeal(theirs).open(PersonSeal(mine).seal(text, HERE), HERE)


@given(texts, st.data())
def test_changed_in_any_byte_it_does_not_open(text: str, data: st.DataObject) -> None:
    seal = PersonSeal(bytes(KEY_BYTES))
    sealed = bytearray(seal.seal(text, HERE))
    index = data.draw(st.integers(0, len(sealed) - 1))
    sealed[index] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Unreadable):
        seal.open(bytes(sealed), HERE)


@given(texts, st.data())
def test_cut_anywhere_it_does_not_open(text: str, data: st.DataObject) -> None:
    seal = PersonSeal(bytes(KEY_BYTES))
    sealed = seal.seal(text, HERE)
    with pytest.raises(Unreadable):
        seal.open(sealed[: data.draw(st.integers(0, len(sealed) - 1))], HERE)


@given(st.binary(max_size=80))
def test_garbage_does_not_open(garbage: bytes) -> None:
    with pytest.raises(Unreadable):
        PersonSeal(bytes(KEY_BYTES)).open(garbage, HERE)


def test_the_same_words_never_look_the_same() -> None:
    seal = PersonSeal(bytes(KEY_BYTES))
    assert len({seal.seal("我好累", HERE) for _ in range(50)}) == 50


def test_no_error_says_what_was_sealed() -> None:
    seal = PersonSeal(bytes(KEY_BYTES))
    sealed = seal.seal("谁也不能看见", HERE)
    with pytest.raises(Unreadable) as refused:
        PersonSeal(os.urandom(KEY_BYTES)).open(sealed, HERE)
    assert "谁也不能看见" not in repr(refused.value)
    assert refused.value.__cause__ is None
    assert isinstance(refused.value, StorageError)


@given(keys, keys, st.uuids())
def test_a_wrapped_key_comes_back(master: bytes, data_key: bytes, person: UUID) -> None:
    assert KeyWrap(master).unwrap(KeyWrap(master).wrap(data_key, person), person) == data_key


def test_a_wrapped_key_is_nobody_elses_and_needs_its_own_installation() -> None:
    person, wrap = uuid4(), KeyWrap(b"a" * 32)
    wrapped = wrap.wrap(bytes(KEY_BYTES), person)
    with pytest.raises(Unreadable):
        wrap.unwrap(wrapped, uuid4())
    with pytest.raises(Unreadable):
        KeyWrap(b"b" * 32).unwrap(wrapped, person)


def test_without_the_installations_key_the_keyring_says_so() -> None:
    keyring = Keyring(None)
    for use in (keyring.create, keyring.open):
        with pytest.raises(KeyMissing):
            use(uuid4())


@pytest.mark.django_db(databases=["default", "keys"])
def test_a_key_made_once_opens_for_every_process_of_the_installation() -> None:
    person = uuid4()
    sealed = Keyring(b"k" * 32).create(person).seal("第一句", HERE)
    assert Keyring(b"k" * 32).open(person).open(sealed, HERE) == "第一句"
    with pytest.raises(Unreadable):
        Keyring(b"o" * 32).open(person)
