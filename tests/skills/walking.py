"""Somebody doing an exercise on its pages, one step after another, without a script."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client

from qingting.companion.protect import record as episodes
from qingting.companion.protect.episode import Episode, raised
from qingting.companion.understand.reading import Kind, Level
from qingting.people import devices
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import Place
from qingting.safety.models import EpisodeRecord
from qingting.site.episodes import StoredEpisodes
from qingting.site.talks import StoredTalks
from qingting.skills import service
from qingting.skills.models import ExerciseRun
from qingting.voices import service as voices

ZH, EN = "zh-CN", "en-US"
THOUGHT = "/skills/thought_record/"
TYPED = {
    "situation": "周三交作业，助教当着大家念了我的名字",
    "feeling": "8",
    "thought": "他们都觉得我水平不行",
    "evidence_for": "我晚交了两天\n\n 助教皱了眉 ",
    "feeling_again": "6",
}
ALL = {
    **TYPED,
    "trap": "认定了别人怎么想我",
    "evidence_against": "下课她把笔记发给了我",
    "other_view": "迟交是真的，不等于我不行",
}
DANGER = "我不想活了，药都准备好了"


def wire(keyring: Keyring, later: timedelta = timedelta()) -> None:
    # The line under a reply names the voice it is in.
    voices.use(voices.Voices(keyring, lambda: datetime.now(UTC) + later))
    service.use(
        service.Skills(keyring, StoredEpisodes(), StoredTalks(), lambda: datetime.now(UTC) + later)
    )


def browser(**options: Any) -> Client:
    return Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE=ZH, **options)


def page_of(visitor: Client, path: str, status: int = 200) -> str:
    answer = visitor.get(path)
    assert answer.status_code == status, path
    assert "no-store" in answer["Cache-Control"]
    return html.unescape(answer.content.decode())


def form_of(page: str) -> dict[str, str]:
    """What the exercise's form would send as it stands, without a button."""
    form = page.split("data-doing")[1].split("</form>", maxsplit=1)[0]
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea id="[^"]+" name="([^"]+)"[^>]*>([^<]*)</textarea>', form))
    ticked = re.findall(r'<input type="radio" name="([^"]+)" value="([^"]*)" checked>', form)
    return {**found, **dict(ticked)}


def names_on(page: str) -> set[str]:
    """The fields of a page."""
    form = page.split("data-doing")[1].split("</form>", maxsplit=1)[0]
    return set(re.findall(r'<(?:textarea id="[^"]+"|input type="radio") name="([^"]+)"', form))


def press(visitor: Client, page: str, how: str, **typed: str) -> str:
    """Type into a page as it stands and press a button; the page that answers."""
    [path] = re.findall(r'action="(/skills/[^"]+)" class="doing"', page)
    answer = visitor.post(path, {**form_of(page), **typed, how: "1"}, follow=True)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def walk(visitor: Client, typed: dict[str, str], path: str = THOUGHT, how: str = "later") -> str:
    """Go through the steps, typing what is there for each; with "later" stop where the last of it
    was typed, with "next" go on to the end. The page that answers last."""
    page, left = page_of(visitor, path), dict(typed)
    while "data-doing" in page:
        here = {name: left.pop(name) for name in names_on(page) if name in left}
        pressed = "later" if how == "later" and not left else "next"
        page = press(visitor, page, pressed, **here)
        if pressed == "later":
            break
    return page


def at(run: ExerciseRun, step: str = "", path: str = THOUGHT) -> str:
    return f"{path}?run={run.id}" + (f"&step={step}" if step else "")


def kept() -> ExerciseRun:
    return ExerciseRun.objects.get()


def plain(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page)


def person_of(visitor: Client) -> UUID:
    person = devices.find_person(visitor.cookies["device"].value.rpartition(":")[0])
    assert person is not None
    return person


def know(visitor: Client, keyring: Keyring, levels: dict[Kind, Level]) -> None:
    """A stored safety episode of this level."""
    person, now = person_of(visitor), datetime.now(UTC)
    with connection.cursor() as cursor:
        episode = raised(Episode(), levels, now, reason="a test")
        StoredEpisodes().keep(cursor, person, keyring.open(person), episode, now)


def episode_of(visitor: Client, keyring: Keyring) -> Episode:
    person = person_of(visitor)
    place = Place("safety_episoderecord", "record", person)
    sealed = EpisodeRecord.objects.get(person_id=person).record
    return episodes.load(keyring.open(person).open_json(sealed, place))
