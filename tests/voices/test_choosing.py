"""Choosing a voice: on its page and in a talk, sealed, brought along, read before a reply."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client

from qingting.companion.message import Message
from qingting.companion.person import Person
from qingting.companion.state import ConversationState
from qingting.companion.voice.words import voices as voices_of
from qingting.people.accounts import joining
from qingting.site.consents import terms_of
from qingting.talk.agreeing import Agreed
from qingting.talk.turns import Closing, OpenTurn, close_turn, open_turn
from qingting.voices import service
from qingting.voices.exporting import ExportedVoice
from qingting.voices.models import VoiceChoice
from qingting.voices.service import Voices, merged
from tests.memory.ledgered import browser, keyring, somebody, wired

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
A_VOICE = voices_of("zh")[0].id


@pytest.fixture(autouse=True)
def voices() -> Iterator[Voices]:
    cache.clear()
    with wired():
        yield service.current()


def page(client: Client, status: int = 200) -> str:
    answer = client.get("/voices/")
    assert answer.status_code == status
    assert "no-store" in answer["Cache-Control"]
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_voice_is_there_with_what_it_is_and_two_lines(language: str) -> None:
    shown = page(browser(language={"zh": "zh-CN", "en": "en-US"}[language]))
    for one in voices_of("zh" if language == "zh" else "en"):
        wanted = (one.name, one.label, one.about, *one.samples, *one.works)
        assert [text for text in wanted if text not in shown] == []
        assert len(one.samples) == 2


def test_a_press_chooses_and_the_talk_shows_it_and_plain_takes_it_back(voices: Voices) -> None:
    person, token = somebody()
    client = browser(token, "zh-CN")
    label = voices_of("zh")[0].label
    assert label not in html.unescape(client.get("/").content.decode())
    answer = client.post("/voices/", {"voice": A_VOICE}, follow=True)
    assert answer.status_code == 200
    assert voices.chosen(person) == A_VOICE
    assert label in html.unescape(client.get("/").content.decode())
    client.post("/voices/", {"voice": "plain"})
    assert voices.chosen(person) == "plain"
    assert label not in html.unescape(client.get("/").content.decode())


def test_a_browser_never_seen_may_choose_and_nothing_else_may_be_chosen(voices: Voices) -> None:
    client = browser(language="zh-CN")
    assert client.post("/voices/", {"voice": "../guard"}).status_code == 400
    assert client.post("/voices/", {"voice": "my_boyfriend"}).status_code == 400
    fresh = browser(language="zh-CN")
    assert fresh.post("/voices/", {"voice": A_VOICE}).status_code == 303
    [row] = VoiceChoice.objects.filter(updated_at__gt=datetime.now(UTC) - timedelta(minutes=1))
    assert voices.chosen(row.person_id) == A_VOICE
    assert A_VOICE.encode() not in bytes(row.body)


def test_it_is_read_with_the_terms_and_what_cannot_be_read_is_plain(
    voices: Voices, monkeypatch: pytest.MonkeyPatch
) -> None:
    from asgiref.sync import async_to_sync

    person, _ = somebody()
    voices.choose(person, A_VOICE)
    assert terms_of(person).voice == A_VOICE
    VoiceChoice.objects.filter(person_id=person).update(body=b"\x01" + b"0" * 40)
    assert terms_of(person).voice == "plain"

    def broken(_: UUID) -> None:
        raise DatabaseError

    agreed = Agreed(broken)  # type: ignore[arg-type]
    assert async_to_sync(agreed.known)(person).voice == "plain"


def test_said_in_a_talk_it_is_kept_but_not_of_a_private_one(voices: Voices) -> None:
    for private in (True, False):
        person, _ = somebody()
        opened = open_turn(
            keyring(),
            person,
            None,
            Message("换", uuid4().hex),
            worker="t",
            now=NOW,
            private=private,
        )
        assert isinstance(opened, OpenTurn)
        about = {"plan": {}, "responder": "guided", "notices": [], "language": "zh"}
        closing = Closing("好。", about, ConversationState(seed="s", turns=1), opened.episode)
        close_turn(opened, replace(closing, voice=A_VOICE), NOW, voices=voices)
        assert voices.chosen(person) == ("plain" if private else A_VOICE)


def test_two_choices_that_meet_are_the_later_one_sealed_anew(voices: Voices) -> None:
    guest, person = somebody()[0], somebody()[0]
    seal = keyring().open(person)
    voices.keep(person, seal, "plain", NOW)
    voices.keep(guest, keyring().open(guest), A_VOICE, NOW)
    joining.bring(guest, person, lambda: None)
    assert voices.chosen(person) == A_VOICE
    one, two = (
        {"voice": v, "at": (NOW + timedelta(days=d)).isoformat()} for v, d in (("a", 1), ("b", 2))
    )
    assert merged(one, two) == merged(two, one) == two
    assert merged(one, None) == one


def test_it_is_in_the_copy_and_what_does_not_open_says_so(voices: Voices) -> None:
    person, _ = somebody()
    voices.choose(person, A_VOICE)
    seal, reader = keyring().open(person), Person(locale="zh-CN")
    section = ExportedVoice().section(person, seal, reader)
    assert section.data == {"voice": A_VOICE}
    assert section.parts[0].lines[0].text == voices_of("zh")[0].label
    VoiceChoice.objects.filter(person_id=person).update(body=b"\x01" + b"0" * 40)
    shut = ExportedVoice().section(person, seal, reader)
    assert shut.data == {"voice": None}
    assert shut.note
