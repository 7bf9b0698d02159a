"""A deed and its entry are one: neither is there without the other, and no words are in either."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, get_args
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connections, transaction
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from qingting.people.models import Person
from qingting.privacy import audit
from qingting.privacy.audit import Action, AuditFailed, By, record
from qingting.privacy.audit_actions import ByKind
from qingting.privacy.audit_chain import ZERO, Entry, hash_of
from qingting.privacy.audit_reading import entries
from qingting.privacy.audit_words import WHO, WORDS, who_of, words_of
from qingting.privacy.errors import KeyMissing, StorageError
from qingting.privacy.models import AuditEntry, AuditHead
from tests.privacy.audit_log import BEGAN, KEY, MIA, Log, count, keyed

both = pytest.mark.django_db(databases=["default", "keys"])
SYSTEM = By("system", "test")


def deed() -> UUID:
    """Something that must not happen without its entry."""
    return Person.objects.create(created_at=BEGAN).id


def done_and_noted(by: By, then: Callable[[], Any] = lambda: None) -> None:
    with transaction.atomic():
        deed()
        record(Action.SIGNED_IN, by=by)
        then()


def swallowing(then: Callable[[], Any] = lambda: None) -> None:
    deed()
    with suppress(StorageError):
        record(Action.SIGNED_IN, by=By("person", "no id"))
    then()


@both
def test_an_entry_holds_what_was_noted_and_no_more(log: Log) -> None:
    account = uuid4()
    conversation = f"conversation:{uuid4()}"
    log.one(Action.CONVERSATION_READ, By("account", account.hex), MIA, conversation)
    log.one(Action.RETENTION_RUN, By("system", "retention"))
    second, first = entries()
    assert (first.seq, second.seq) == (1, 2)
    assert (first.action, first.by_kind, first.by_ref) == (
        "conversation_read",
        "account",
        str(account),
    )
    assert (first.subject, first.object_ref, first.previous) == (MIA, conversation, ZERO)
    assert (second.subject, second.object_ref) == (None, "")
    assert second.previous == first.hash != second.hash
    assert len(first.hash) == 32


@both
def test_the_end_is_noted_in_the_key_database(log: Log) -> None:
    log.note(3)
    [head] = AuditHead.objects.using("keys").all()
    assert (head.epoch, head.began, head.count) == (1, 0, 3)
    assert bytes(head.hash) == bytes(AuditEntry.objects.get(seq=3).hash)
    with connections["default"].cursor() as cursor:
        assert "privacy_audithead" not in connections["default"].introspection.table_names(cursor)


@both
def test_the_end_is_noted_only_once_the_deed_is_done(log: Log) -> None:
    log.note(2)
    with log.commit(execute=True), transaction.atomic():
        record(Action.SIGNED_IN, by=SYSTEM)
        assert AuditHead.objects.get().count == 2
    assert AuditHead.objects.get().count == 3


@both
def test_a_deed_undone_leaves_no_entry(log: Log) -> None:
    log.note(2)
    with pytest.raises(ZeroDivisionError):
        done_and_noted(SYSTEM, then=lambda: 1 // 0)
    assert count() == 2
    assert log.verdict().sound


@both
def test_without_its_entry_a_deed_does_not_happen(log: Log) -> None:
    with pytest.raises(AuditFailed):
        done_and_noted(By("person", "no id"))
    assert not Person.objects.exists()


@both
def test_not_even_when_its_doer_goes_on_as_if_nothing_were(log: Log) -> None:
    """Whoever swallows the error cannot commit what they did."""
    with transaction.atomic():
        swallowing()
    with pytest.raises(DatabaseError), transaction.atomic():
        swallowing(then=deed)
    assert not Person.objects.exists()
    assert count() == 0


def no_key() -> bytes:
    raise KeyMissing("the installation's key is missing")


@both
@pytest.mark.parametrize("key", [no_key, None])
def test_without_a_key_nothing_is_noted_and_so_nothing_done(
    log: Log, key: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "_key_of", key)
    with pytest.raises(AuditFailed):
        done_and_noted(SYSTEM)
    assert not Person.objects.exists()


WORDS_OF_PEOPLE = ["我叫张三", "please help me", "Mia", "mia@example.com", "a\nb", "+4612345", "é"]


@both
@pytest.mark.parametrize("text", [*WORDS_OF_PEOPLE, "x" * 65, " ", ":a"])
def test_words_are_refused_and_never_repeated(log: Log, text: str) -> None:
    for given_ in (
        {"by": SYSTEM, "object_ref": text},
        {"by": By("system", text)},
        {"by": By("command", text)},
        {"by": By("person", text)},
        {"by": By("account", text)},
        {"by": By(text, "x")},  # type: ignore[arg-type]
    ):
        with pytest.raises(AuditFailed) as refused, transaction.atomic():
            record(Action.EXPORTED, **given_)  # type: ignore[arg-type]
        assert text.strip() == "" or text not in str(refused.value)
        assert refused.value.__cause__ is None
    assert count() == 0


@both
def test_an_action_outside_of_the_vocabulary_is_refused(log: Log) -> None:
    with pytest.raises(AuditFailed), transaction.atomic():
        record("said_something", by=SYSTEM)  # type: ignore[arg-type]
    assert count() == 0


@both
@pytest.mark.parametrize("text", ["0", "conversation:0b0c", "keys.rotate", "x" * 64, str(MIA)])
def test_ids_and_names_of_ours_are_taken(log: Log, text: str) -> None:
    log.one(Action.EXPORTED, SYSTEM, MIA, text)
    assert entries()[0].object_ref == text


@both
def test_moments_are_kept_to_the_microsecond_and_in_utc(log: Log) -> None:
    at = datetime(2026, 11, 1, 1, 30, 0, 123456, tzinfo=timezone(timedelta(hours=-7)))
    with log.commit(execute=True):
        record(Action.EXPORTED, by=SYSTEM, now=at)
    assert entries()[0].at == at
    assert log.verdict().sound
    with pytest.raises(AuditFailed), transaction.atomic():
        record(Action.EXPORTED, by=SYSTEM, now=datetime(2026, 11, 1))  # noqa: DTZ001


@both
def test_nobody_known_can_fail_to_sign_in(log: Log) -> None:
    log.one(Action.SIGN_IN_FAILED, By("system", ""))
    assert entries()[0].by_ref == ""
    assert log.verdict().sound


refs = st.text(st.sampled_from("ab:.-"), max_size=6)
entry = st.builds(
    Entry,
    seq=st.integers(1, 2**62),
    at=st.datetimes(timezones=st.just(UTC)),
    action=refs,
    by_kind=refs,
    by_ref=refs,
    subject=st.none() | st.uuids(),
    object_ref=refs,
    previous=st.just(ZERO),
    hash=st.just(b""),
)


@given(entry, entry)
def test_no_two_entries_have_the_same_hash(one: Entry, other: Entry) -> None:
    assert (hash_of(KEY, one) == hash_of(KEY, other)) == (one == other)


@given(entry, st.integers(0, 6))
def test_text_cannot_move_from_one_column_to_the_next(one: Entry, by: int) -> None:
    whole = one.by_kind + one.by_ref
    moved = replace(one, by_kind=whole[:by], by_ref=whole[by:])
    assert (hash_of(KEY, one) == hash_of(KEY, moved)) == (one == moved)


def test_the_key_counts() -> None:
    one = Entry(1, BEGAN, "erased", "system", "x", None, "", ZERO, b"")
    assert hash_of(KEY, one) != hash_of(b"o" * 32, one)


def test_each_word_of_the_vocabulary_fits_and_has_plain_words() -> None:
    assert set(WORDS) == set(Action)
    assert set(WHO) == set(get_args(ByKind))
    assert all(len(one) <= 32 for one in Action)
    assert len({str(words) for words in WORDS.values()}) == len(WORDS)
    with translation.override("en"):
        assert words_of("conversation_read") == "read one of your talks"
        assert who_of("system") == "Qingting, by itself"
        assert words_of("of_a_newer_version") == "did something that this version has no words for"
        assert who_of("robot") == "Somebody"


def test_a_key_that_comes_later_is_asked_for_then() -> None:
    asked: list[Any] = []

    def key() -> bytes:
        asked.append(1)
        return KEY

    with keyed(key):
        assert asked == []
        assert audit.key() == KEY
