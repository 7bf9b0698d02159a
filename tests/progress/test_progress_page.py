"""The page of how somebody is doing: theirs alone, kind when empty, there when storage is not."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from qingting.companion.progress.mood import Mood
from qingting.people.accounts import belonging
from qingting.progress import service
from qingting.progress.rows import MOODS
from qingting.progress.schedules import ask_again
from qingting.progress.service import Choice, Progress
from qingting.site.wiring import wire
from tests.memory.ledgered import browser, somebody
from tests.progress.noting import planted

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

CHARTS = ["mood", "sleep", "helped", "score-phq9", "hours"]


@pytest.fixture(autouse=True)
def progress() -> Iterator[Progress]:
    before = service._current
    wire(settings.CONFIG)
    yield service.current()
    service._current = before


def page(client: Client, query: str = "", status: int = 200) -> str:
    answer = client.get(f"/progress/{query}")
    assert answer.status_code == status
    assert "no-store" in answer["Cache-Control"]
    return html.unescape(answer.content.decode())


def shown(text: str) -> list[str]:
    return re.findall(r'<section class="chart" aria-labelledby="([\w-]+)-h"', text)


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
@pytest.mark.parametrize("days", [0, 1, 5, 500])
def test_the_charts_that_have_something_are_there(days: int, language: str) -> None:
    _, token = planted(days, "zh" if language == "zh-CN" else "en")
    for span in ("", "?span=90", "?span=365", "?span=all"):
        text = page(browser(token, language), span)
        assert shown(text) == (CHARTS if days else [])
        main = text[text.index("<main") : text.index("</main>")]
        assert not re.search(r"\sstyle=|<style|<script|\son\w+=", main)
        assert main.count("<table>") == main.count("<svg ") == len(shown(text))
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids))
        assert 'href="/progress/mood/"' in main


def test_somebody_never_seen_and_somebody_new_are_told_what_will_be_here() -> None:
    for client in (browser(), browser(somebody()[1])):
        text = page(client)
        assert "Nothing here yet, and that is fine." in text
        assert "span=" not in text


def test_what_lies_further_back_is_not_called_nothing(progress: Progress) -> None:
    person, token = somebody()
    at = timezone.now() - timedelta(days=60)
    mood = Mood(uuid4().hex, at.date(), at, 1)
    MOODS.keep(person, uuid4(), mood, progress.seal(person), at)
    text = page(browser(token))
    assert "What you noted before is still there." in text
    assert '<a href="?span=all">' in text
    assert shown(page(browser(token), "?span=all")) == ["mood"]


def test_nobody_sees_what_somebody_else_noted() -> None:
    planted(40)
    assert shown(page(browser(somebody()[1]), "?span=all")) == []


def test_what_was_read_in_talks_goes_with_the_choice(progress: Progress) -> None:
    person, token = planted(5)
    assert "hours" in shown(page(browser(token)))
    progress.choose(person, Choice(felt=False))
    assert "hours" not in shown(page(browser(token)))


def test_being_asked_again_is_one_quiet_line(progress: Progress) -> None:
    person, token = planted(1)
    line = "You wanted to be asked again."
    ask_again(progress, person, "phq9", timezone.now().date())
    assert line not in page(browser(token))
    later = timezone.now() + timedelta(days=20)
    service.use(Progress(progress.keyring, progress.episodes, lambda: later, progress.ages))
    assert page(browser(token)).count(line) == 1


def test_a_row_that_does_not_open_costs_itself_alone() -> None:
    person, token = planted(5)
    broken = MOODS.model.objects.filter(person_id=person).first()
    broken.body = b"nothing that opens"
    broken.save()
    assert "mood" in shown(page(browser(token)))


def test_where_storage_fails_it_says_that_nothing_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, token = planted(5)

    def fails(*_: object, **__: object) -> None:
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(MOODS, "all_of", fails)
    text = page(browser(token), status=503)
    assert "It is not lost." in text
    assert shown(text) == []
    assert 'class="help-now"' in text
    assert belonging.current()
