"""What a model is told of what is remembered: how they want to be talked to, and a few things that
have to do with the message. Bounded, however much is held; nothing that is to stay on this machine
goes to a model elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qingting.companion.person import Language
from qingting.companion.recall.recollection import Remembered, Wishes
from qingting.companion.understand.clean import has_han
from qingting.companion.understand.reading import at_least
from qingting.companion.work import Work

_MOST_ITEMS: Final = 6
_MOST_LETTERS: Final = 600
_BETWEEN: Final[dict[Language, str]] = {"zh": "、", "en": ", "}
# What people ask not to be called that is nobody's name: a model has to read it to leave it out.
_PET_NAME: Final = re.compile(
    "champ|dear|mate|bro|sis|hun|hon|honey|sweetie|sweetheart|babe|baby|bestie|buddy|beta|queen|"
    "king|kid|kiddo|love|darling|pal|friend|girl|boy|dude|man|angel|princess|"
    "宝宝?|宝贝|宝子|亲亲?|亲爱的|同学|朋友|小朋友|小孩|孩子|姐妹|姐姐?|哥哥?|哥们儿?|兄弟|美女|帅哥|"
    "小仙女|小可爱|全名|大名|本名|真名|名字|老师|老板|用户|学霸|妹妹|弟弟|家人|老铁|[他她您]",
    re.IGNORECASE,
)
# How somebody tells their own name: said so, the mask knows it wherever it stands.
_INTRODUCED: Final[dict[bool, str]] = {True: "我叫{}", False: "my name is {}"}


@dataclass(frozen=True, slots=True)
class Told:
    """One line for the model. ids: of the items it rests on. names: in it, to be masked."""

    line: str
    ids: tuple[str, ...]
    names: tuple[str, ...] = ()


def told(work: Work, wishes: Mapping[str, str], *, hosted: bool) -> list[Told]:
    """The lines, as many as there is room for. wishes: by kind, how each is put. hosted: whether
    the model is on somebody else's machine."""
    kept: list[Told] = []
    room = _MOST_LETTERS
    for one in (*_wishes(work, wishes, hosted), *_items(work, hosted)):
        if len(one.line) <= room:
            kept.append(one)
            room -= len(one.line)
    return kept


def names_in(lines: Sequence[Told]) -> list[str]:
    """Sentences from which a mask learns the names in the lines."""
    names = [name for one in lines for name in one.names]
    return [_INTRODUCED[has_han(name)].format(name) for name in names] + [
        _INTRODUCED[True].format(name) for name in names if not has_han(name)
    ]


def _wishes(work: Work, words: Mapping[str, str], hosted: bool) -> Iterator[Told]:
    wishes = work.memories.wishes
    avoid = _BETWEEN[work.language].join(wishes.avoid)
    values = {
        "name": wishes.name,
        "pronouns": wishes.pronouns,
        "short": "1" if wishes.short else "",
        "long": "1" if wishes.long else "",
        "no_advice": "1" if wishes.no_advice else "",
        "no_questions": "1" if wishes.no_questions else "",
        "no_exercises": "1" if wishes.no_exercises else "",
        "not_called": _BETWEEN[work.language].join(wishes.not_called),
        "tone": "1" if wishes.informal else "",
        "avoid": avoid,
    }
    for kind, value in values.items():
        if not value or kind not in words or (hosted and kind in wishes.local):
            continue
        names = _names(kind, value, wishes)
        yield Told(words[kind].replace("{it}", value), wishes.rests_on.get(kind, ()), names)


def _names(kind: str, value: str, wishes: Wishes) -> tuple[str, ...]:
    """The names in a wish, to be masked. "Don't call me champ" holds none, and says nothing masked;
    what is no known pet name may be their own, and each word of it is masked."""
    if kind == "not_called":
        own = [one for one in wishes.not_called if not _PET_NAME.fullmatch(one)]
        return tuple(dict.fromkeys(word for one in own for word in (one, *one.split())))
    return (value,) if kind == "name" else ()


def _items(work: Work, hosted: bool) -> Iterator[Told]:
    if at_least(work.episode.level, "moderate"):
        return
    taken = work.plan.taken_up
    items = [
        item
        for item in work.memories.items
        if item.kind != "preference" and not (hosted and item.local_only)
    ]
    # What this reply takes up goes first.
    items.sort(key=lambda item: taken is None or item.id != taken.id)
    for item in items[:_MOST_ITEMS]:
        names = (item.value,) if item.kind == "person" and item.value else ()
        yield Told(f"{item.says}{_said_on(item, work)}", (item.id,), names)


def _said_on(item: Remembered, work: Work) -> str:
    """The day it is for, or else the day it was said."""
    day = item.on or work.person.local(item.said_at).date()
    if work.language == "zh":
        date = f"{day.month}月{day.day}日"
        return f"（日子是{date}）" if item.on else f"（{date}说的）"
    date = f"{day.day} {day:%b}"
    return f" (that is {date})" if item.on else f" (said {date})"
