"""What the talk says of it: the letter beside the reply; the truth when nothing can be kept."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from qingting.companion.protect.episode import Episode
from qingting.talk import telling_someone
from qingting.telling.models import Telling, Why
from tests.servers.smtp import Mailbox, mail_server
from tests.telling.telling_site import ZH, Site, Somebody, danger, somebody

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(scope="module")
def server() -> Iterator[Mailbox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def site(server: Mailbox) -> Site:
    server.letters.clear()
    server.recipients.clear()
    return Site(server)


def told(her: Somebody, episode: Episode) -> list[dict[str, Any]]:
    """What the reader of a turn is told, by the turn's own way but without its thread."""
    message = SimpleNamespace(key="a key")
    opened: Any = SimpleNamespace(person=her.person, seal=her.seal, message=message)
    try:
        return [dict(one) for one in telling_someone._told(opened, episode, ZH)]
    except telling_someone.CannotBegin:
        return [{"text": telling_someone._words("not_kept", episode, ZH, "", "a key")}]


def test_the_whole_letter_stands_beside_the_reply(site: Site) -> None:
    her = somebody(site)
    (notice,) = told(her, danger(site.now))
    assert notice["kind"] == "telling"
    assert "林小满" in notice["text"]
    assert "10分钟" in notice["text"]
    assert any("红烧肉" in line for line in notice["letter"])
    assert told(her, danger(site.now)) == []


def test_with_a_full_disk_she_hears_the_truth_and_a_number(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    her = somebody(site)

    def full(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(Telling, "save", full)
    (notice,) = told(her, danger(site.now, "imminent", act="doing"))
    assert "没能发出去" in notice["text"]
    assert "急救电话" in notice["text"] or "120" in notice["text"]
    assert not Telling.objects.exists()
    # Whoever named nobody is not told of somebody.
    assert told(somebody(site, None), danger(site.now)) == []


def test_a_mail_server_that_never_took_it_is_told_with_the_next_reply_once(site: Site) -> None:
    her = somebody(site)
    told(her, danger(site.now, "imminent", act="doing"))
    her.said(danger(site.now, "imminent", act="doing"))
    site.connect("smtp://127.0.0.1:1?tls=none")
    for _ in range(7):
        site.run()
    assert her.last().state == "failed"
    (notice,) = told(her, danger(site.now, "imminent", act="doing"))
    assert "林小满的信没能发出去" in notice["text"]
    assert told(her, danger(site.now, "imminent", act="doing")) == []


DEEDS = st.lists(
    st.sampled_from(["high", "imminent", "act", "hurt", "stop", "not_them", "wait", "work"]),
    max_size=12,
)


@examples(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(DEEDS)
def test_in_whatever_order_it_happens_nobody_is_told_who_must_not_be(
    site: Site, deeds: list[str]
) -> None:
    """She says it, says who hurts, stops it, waits; the worker works. No letter goes unseen, after
    a stop, to the one who hurts, or twice for one telling."""
    site.box.letters.clear()
    her = somebody(site)
    seen: set[str] = set()
    ruled_out, hurt = False, ""
    for deed in deeds:
        if deed in ("high", "imminent", "act", "hurt"):
            hurt = "sibling" if deed == "hurt" else hurt
            level = "high" if deed == "high" else "imminent"
            doing = "doing" if deed == "act" else "none"
            shown = her.said(danger(site.now, level, act=doing, hurt=hurt))
            if shown is not None and shown.letter is not None:
                seen.add(shown.letter.text)
        elif deed == "wait":
            site.later(minutes=7)
        elif deed in ("stop", "not_them"):
            why = Why.NOT_NOW if deed == "stop" else Why.NOT_THEM
            if site.tellings.stop(her.person, why):
                ruled_out = ruled_out or deed == "not_them"
        before = len(site.box.letters)
        may = not (hurt or ruled_out)
        if deed in ("work", "wait"):
            site.run()
        assert may or len(site.box.letters) == before
    bodies = [site.box.body(number) for number in range(len(site.box.letters))]
    assert set(bodies) <= seen
    assert len(set(bodies)) == len(bodies)
    stopped = Telling.objects.filter(person_id=her.person, state="stopped").count()
    sent = Telling.objects.filter(person_id=her.person).exclude(state="stopped").count()
    assert len(bodies) <= sent
    assert stopped + sent == Telling.objects.filter(person_id=her.person).count()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM telling_telling")
        cursor.execute("DELETE FROM outbox_letter")
