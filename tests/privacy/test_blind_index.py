"""What is looked up without being stored is found by its index, and by nobody without the key."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from qingting.privacy.blind_index import INDEX_BYTES, BlindIndex, same_form
from qingting.privacy.errors import KeyMissing, Unreadable
from qingting.privacy.installation import Installation
from qingting.privacy.key_provider import GivenKeys
from qingting.privacy.sealing import PersonSeal, Place

texts = st.text(st.characters(exclude_categories=["Cs"]))
HERE = Place("accounts_belonging", "person", uuid4())


@given(texts, texts)
def test_the_same_value_has_the_same_index_and_another_has_another(one: str, two: str) -> None:
    index = BlindIndex(b"k" * 32, "campus id")
    assert len(index.of(one)) == INDEX_BYTES
    assert (index.of(one) == index.of(two)) == (one == two)


@given(texts)
def test_another_purpose_or_another_key_has_nothing_in_common(value: str) -> None:
    found = {
        BlindIndex(key, purpose).of(value)
        for key in (b"k" * 32, b"o" * 32)
        for purpose in ("e-mail", "campus id", "people.belonging")
    }
    assert len(found) == 6


def test_a_purpose_is_needed() -> None:
    with pytest.raises(ValueError, match="purpose"):
        BlindIndex(b"k" * 32, "")


def test_ways_of_writing_the_same_are_one() -> None:
    assert same_form(" Mei.Lin@EXAMPLE.edu ") == same_form("ｍｅｉ．ｌｉｎ＠example.edu")
    assert same_form("2023001") != same_form("2023002")


@pytest.mark.django_db(databases=["default", "keys"])
def test_processes_of_one_installation_agree() -> None:
    one, two = (Installation(GivenKeys([b"k" * 32])) for _ in range(2))
    assert one.blind_index("e-mail", "a@b.c") == two.blind_index("e-mail", "a@b.c")
    assert two.seal().open(one.seal().seal("谁是谁", HERE), HERE) == "谁是谁"
    assert one.key("audit") == two.key("audit")
    assert len({one.key("audit"), one.key("seal"), one.key("index")}) == 3


@pytest.mark.django_db(databases=["default", "keys"])
def test_a_seal_of_the_installation_is_nobodys_and_bound_to_its_place() -> None:
    installation = Installation(GivenKeys([b"k" * 32]))
    sealed = installation.seal().seal("谁是谁", HERE)
    with pytest.raises(Unreadable):
        installation.seal().open(sealed, Place("accounts_belonging", "person", uuid4()))
    with pytest.raises(Unreadable):
        PersonSeal(b"k" * 32).open(sealed, HERE)


@pytest.mark.django_db(databases=["default", "keys"])
def test_its_keys_cannot_stand_in_for_one_another() -> None:
    installation = Installation(GivenKeys([b"k" * 32]))
    installation.key("audit")
    installation.key("seal")
    with connections["keys"].cursor() as cursor:
        cursor.execute(
            "UPDATE privacy_installationkey SET wrapped = (SELECT wrapped FROM "
            "privacy_installationkey WHERE name = 'audit') WHERE name = 'seal'"
        )
    with pytest.raises(Unreadable):
        Installation(GivenKeys([b"k" * 32])).key("seal")


@pytest.mark.django_db(databases=["default", "keys"])
def test_without_the_installations_key_it_says_so() -> None:
    with pytest.raises(KeyMissing):
        Installation(GivenKeys([])).seal()
    Installation(GivenKeys([b"k" * 32])).seal()
    with pytest.raises(Unreadable):
        Installation(GivenKeys([b"o" * 32])).seal()
