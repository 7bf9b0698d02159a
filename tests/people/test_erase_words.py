"""What somebody wrote goes for good; their account and what they agreed to stay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from qingting.people import data_service, data_words
from qingting.people.accounts import belonging
from qingting.people.accounts.models import Account
from qingting.people.consent.models import Contact
from qingting.people.models import Device, Person
from qingting.privacy import rows
from qingting.privacy.audit_reading import in_order
from qingting.privacy.erasing import Erasing, is_erased
from qingting.privacy.errors import AuditFailed, KeyMissing, StorageError
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import Place
from qingting.site.config import read_config
from qingting.site.wiring import wire
from tests.people.accounts_site import PASSWORD, Browser, accounts_wired, noted
from tests.privacy.somebody import somebody

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
SAID = "我妈翻了我藏在琴盒里的信"
HERE = "/me/erase/words/"


@pytest.fixture(autouse=True)
def keyring() -> Iterator[Keyring]:
    before = data_service._current
    wire(read_config())
    with accounts_wired() as keyring:
        yield keyring
    data_service._current = before


def told(keyring: Keyring) -> tuple[Browser, UUID, str]:
    """Somebody with an account, something in every table and somebody to call."""
    one = somebody(keyring, SAID, token="t" * 43, at=datetime.now(UTC))
    browser = Browser()
    browser.is_guest(one.token)
    browser.sign_up("boat")
    place = Place("consent_contact", "body", one.id)
    sealed = keyring.open(one.id).seal_json({"name": "外婆", "how": "敲门"}, place)
    Contact.objects.create(person_id=one.id, body=sealed, updated_at=datetime.now(UTC))
    return browser, one.id, f"/talk/{one.talk}/"


def person() -> UUID:
    found = belonging.current().person_of(Account.objects.get().pk)
    assert found is not None
    return found


def test_words_go_and_the_account_stays(keyring: Keyring) -> None:
    browser, before, talk = told(keyring)
    assert SAID in browser.read(talk)
    old_key = keyring.open(before)
    assert "Yes, all I wrote" in browser.read(HERE)
    assert "tick the box" in browser.send(HERE)
    assert SAID in browser.read(talk)
    assert "The account is as it was" in browser.send(HERE, sure="1")

    anew = person()
    assert anew != before
    assert is_erased(before)
    assert not is_erased(anew)
    with pytest.raises(KeyMissing):
        keyring.open(before)
    left = {label for label, one in rows.counts(before).items() if one.rows}
    assert left <= {"privacy.AuditEntry"}
    kept = {label for label, one in rows.counts(anew).items() if one.rows}
    assert kept == {
        "people.Person",
        "people.Device",
        "privacy.PersonKey",
        "privacy.AuditEntry",
        "consent.Contact",
        "progress.ProgressChoice",
        "voices.VoiceChoice",
        "accounts.Account",
        "accounts.Belonging",
    }
    contact = Contact.objects.get()
    place = Place("consent_contact", "body", anew)
    assert keyring.open(anew).open_json(contact.body, place)["name"] == "外婆"
    with pytest.raises(StorageError):
        old_key.open(contact.body, Place("consent_contact", "body", before))

    assert browser.get(talk).status_code == 404
    assert browser.account is not None
    assert "words_erased" in noted()
    assert [one.action for one in in_order(subject=anew)] == ["words_erased"]
    # The same sign-in as ever, here and elsewhere; and one can write again.
    other = Browser()
    other.sign_in("boat", PASSWORD)
    assert other.account is not None
    assert browser.post("/", {"text": "又来了", "key": "k" * 32}).status_code == 303
    assert rows.counts(anew)["talk.Message"].rows == 2


def test_what_cannot_be_noted_is_not_done(keyring: Keyring, monkeypatch: Any) -> None:
    browser, before, talk = told(keyring)

    def refuse(*_: Any, **__: Any) -> None:
        raise AuditFailed("no")

    monkeypatch.setattr("qingting.people.data_words.audit.record", refuse)
    answer = browser.post(HERE, {"sure": "1"})
    assert answer.status_code == 503
    monkeypatch.undo()
    assert person() == before
    assert SAID in browser.read(talk)
    assert Person.objects.count() == 1
    assert rows.counts(before)["consent.Contact"].rows == 1


def test_cut_in_the_middle_it_is_finished_at_the_next_start(
    keyring: Keyring, monkeypatch: Any
) -> None:
    browser, before, talk = told(keyring)

    def cut(*_: Any) -> None:
        raise StorageError("cut")

    monkeypatch.setattr(Erasing, "erase", cut)
    assert "follows by itself" in browser.send(HERE, sure="1")
    assert browser.get(talk).status_code == 404
    keyring.open(before)
    monkeypatch.undo()
    erasing = data_service.current().erasing
    assert data_words.finish(erasing) == 1
    assert is_erased(before)
    assert rows.left_of([before]) == set()
    assert data_words.finish(erasing) == 0
    assert Device.objects.exists()
    assert Account.objects.exists()


def test_a_guest_is_led_to_erasing_everything(keyring: Keyring) -> None:
    one = somebody(keyring, SAID, token="t" * 43, at=datetime.now(UTC))
    browser = Browser()
    browser.is_guest(one.token)
    assert browser.send(HERE, sure="1") == "/me/erase/"
    assert HERE not in browser.get("/me/").content.decode()
    assert Person.objects.filter(id=one.id).exists()


def test_it_is_asked_who_they_are(keyring: Keyring) -> None:
    browser, before, _ = told(keyring)
    session = browser.session
    for one in session["account_authentication_methods"]:
        one["at"] -= 3600
    session.save()
    assert browser.send(HERE, sure="1").startswith("/account/reauthenticate/")
    assert person() == before
