"""What is held of somebody, and whether it is what a script wants."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from qingting.companion.remember.item import Item
from qingting.memory import service
from qingting.people import devices
from tests.memory.ledgered import browser
from tests.memory.scripted import Script


def items_of(token: str) -> list[Item]:
    """Everything of the person of a device, superseded ones too."""
    person = devices.find_person(token)
    return service.current().items(person) if person is not None else []


def held_with(token: str, word: str) -> list[Item]:
    """What is held and has a word in it; all of it for ""."""
    return [
        item
        for item in items_of(token)
        if item.standing == "held" and word in f"{item.says} {item.about} {item.value}"
    ]


def is_held(token: str, wanted: Mapping[str, Any], script: Script) -> bool:
    """Whether something held is so."""
    items = items_of(token)
    held = [item for item in items if item.standing == "held"]
    return any(_fits(item, wanted, script) and _was(item, items, wanted) for item in held)


def page_of(token: str, locale: str) -> str:
    """The words of the page of what is remembered."""
    answer = browser(token, locale).get("/memory/")
    main = html.unescape(answer.content.decode()).split("<main", 1)[1].split("</main>", 1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def _fits(item: Item, wanted: Mapping[str, Any], script: Script) -> bool:
    alike = ("kind", "about", "value", "sensitive")
    return (
        all(getattr(item, name) == wanted[name] for name in alike if name in wanted)
        and wanted.get("says", "") in item.says
        and _day(script, wanted, "on", item.on) == item.on
        and _day(script, wanted, "until", item.until) == item.until
    )


def _was(item: Item, items: Sequence[Item], wanted: Mapping[str, Any]) -> bool:
    """Whether it took the place of what it should have."""
    if "before" not in wanted:
        return True
    before = next((one for one in items if one.id == item.supersedes), None)
    return before is not None and wanted["before"] in before.says


def _day(script: Script, wanted: Mapping[str, Any], name: str, held: date | None) -> date | None:
    """The day that is wanted: days after the first visit, false for none; any by default."""
    given = wanted.get(name)
    if given is None:
        return held
    return None if given is False else script.day(given)
