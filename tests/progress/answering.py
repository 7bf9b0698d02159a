"""Somebody answering a questionnaire on its pages, without a script."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import connection
from django.test import Client

from qingting.companion.protect.episode import Episode
from qingting.people.consent import service as consent
from qingting.people.consent.ages import Band
from qingting.progress import service
from qingting.progress.models import Questionnaire
from qingting.site.episodes import StoredEpisodes
from tests.memory.ledgered import browser, keyring, somebody, wired

__all__ = ["browser", "keyring", "somebody"]

ZH, EN = "zh-CN", "en-US"
PHQ9 = "/questions/phq9/"
QUIET = {f"a-q{number}": "0" for number in range(1, 10)}
HEAVY = {f"a-q{number}": "2" for number in range(1, 9)} | {"a-q9": "0"}
LAW = {ZH: "筛查结果不能代替诊断，请到医疗机构", EN: "Screening is not a diagnosis"}
HEARD = 'class="heard"'
NUMBER = 'class="value"'


@contextmanager
def at_work(later: timedelta = timedelta()) -> Iterator[service.Progress]:
    """Progress in this process. later: so far ahead is its clock."""
    before = service._current
    cache.clear()
    with wired():
        progress = service.current()
        progress.clock = lambda: datetime.now(UTC) + later
        yield progress
    service._current = before


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    assert "no-store" in answer["Cache-Control"]
    return html.unescape(answer.content.decode())


def which_of(shown: str) -> str:
    """The id that a form carries."""
    [which] = re.findall(r'name="which" value="([^"]+)"', shown)
    return str(which)


def send(
    client: Client, values: dict[str, str], press: str = "done", path: str = PHQ9, **more: str
) -> Any:
    """Open the form, fill it in and press a button; the answer, not followed."""
    form = page(client, path)
    sent = {"which": which_of(form), **values, press: "1", **more}
    return client.post(path.partition("?")[0], sent)


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def followed(client: Client, answer: Any) -> str:
    """The page that an answer leads to."""
    assert answer.status_code == 303, answer.status_code
    return page(client, answer["Location"])


def episode_of(person: UUID) -> Episode:
    with connection.cursor() as cursor:
        return StoredEpisodes().of(cursor, person, keyring().open(person))


def aged(person: UUID, band: Band) -> None:
    consent.current().declare_age(person, band)


def kept() -> Questionnaire:
    return Questionnaire.objects.get()
