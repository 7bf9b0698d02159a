"""Short answers that are only dangerous because of what was asked: "桥上" after "你在哪儿？".

content/lexicon/probes.toml pairs a question with the whole answer that tells of danger. Beside it,
one form needs no list: a question with two halves of which one is danger, and an answer that takes
that half ("the second one", "都有").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from qingting.companion.understand.answers import ANSWER, Reply, asked_of, question_before
from qingting.companion.understand.history import Heard
from qingting.companion.understand.lexicon import LexiconError, alternatives, shared_parts, table
from qingting.companion.understand.reading import KINDS, LEVELS, Kind, Level

_HALVES: Final = re.compile(r"[,，]?\s*(?:\bor\b|还是|或者)")
_TIRED_OF_LIFE: Final = re.compile(
    r"(?:tired|sick|done) of (?:being alive|living|life|being here)"
    r"|活(?:累|够)了|不想(?:活|醒|再醒|在了)"
)
_END: Final = r"(?: one)?(?:吧|呢|了|啊|tbh|i think|i guess)*[\s.。!~…]*"
_FIRST: Final = re.compile(
    r"(?:the |是|就是|嗯,?)*(?:first|former|第一[个种]|前者|前面(?:那)?[个种]?)" + _END
)
_SECOND: Final = re.compile(
    r"(?:the |是|就是|嗯,?)*(?:second|latter|last|第二[个种]|后者|后面(?:那)?[个种]?)" + _END
)
_BOTH: Final = re.compile(
    r"(?:kind of |a bit of |嗯,?)*(?:both|都有|都是|两个都有?|两者都有?)" + _END
)


@dataclass(frozen=True, slots=True)
class Probe:
    """A question and the answer to it that tells of danger.

    level: once danger is what the talk is about. alone: without that.
    """

    name: str
    kind: Kind
    level: Level
    alone: Level
    asked: re.Pattern[str]
    reply: re.Pattern[str]


def probed(text: str, history: Sequence[Heard], in_danger: Callable[[], bool]) -> Reply | None:
    """What a clean message discloses as an answer to the question just before it; None when it
    discloses nothing. in_danger: whether danger was told before; asked only where it matters."""
    text = text.strip()
    if not text or len(text) > ANSWER:
        return None
    asked, with_lead = question_before(history)
    if not asked:
        return None
    found = _chosen(text, asked)
    if found is not None:
        return found
    for probe in probes():
        if probe.asked.search(with_lead) and probe.reply.fullmatch(text):
            level = probe.level if probe.level == probe.alone or in_danger() else probe.alone
            if level != "none":
                return Reply(probe.kind, level)
    return None


def _chosen(text: str, asked: str) -> Reply | None:
    """The dangerous half of a question, taken."""
    halves = _HALVES.split(asked)
    if len(halves) != 2:
        return None
    first, second = map(_danger_in, halves)
    if _FIRST.fullmatch(text):
        kind = first
    elif _SECOND.fullmatch(text):
        kind = second
    else:
        kind = (first or second) if _BOTH.fullmatch(text) else None
    return Reply(kind, "moderate") if kind is not None else None


def _danger_in(half: str) -> Kind | None:
    if asked_of("suicide").search(half) or _TIRED_OF_LIFE.search(half):
        return "suicide"
    return "self_harm" if asked_of("self_harm").search(half) else None


@lru_cache(maxsize=1)
def probes() -> tuple[Probe, ...]:
    """All of them, in the order of the file. Raises LexiconError for one that cannot be used."""
    content = table("probes")
    parts = {**shared_parts(), **content["parts"]}
    return tuple(_probe(entry, parts) for entry in content["probe"])


def _probe(entry: dict[str, Any], parts: dict[str, str]) -> Probe:
    name, kind, level, alone = (entry[key] for key in ("name", "kind", "level", "alone"))
    if kind not in KINDS or level not in LEVELS or alone not in LEVELS:
        raise LexiconError(f"probes.toml, probe {name!r}: unknown kind or level")
    asked = asked_of(entry["about"]) if "about" in entry else alternatives(entry["asked"], parts)
    return Probe(name, kind, level, alone, asked, alternatives([entry["reply"]], parts))
