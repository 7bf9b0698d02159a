"""The words of one exercise as its page says them, from content/<language>/exercises.

On a page nobody waits for a sign, so a last clause that asks for one ("好了告诉我。", "Tell me when
you're there.") is left out; everything else is said as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

from qingting.companion.exercise.exercise import Exercise, Step
from qingting.companion.exercise.run import AFTER, BEFORE, Extent
from qingting.companion.person import Language
from qingting.companion.words.bank import bank, read_toml
from qingting.companion.words.choose import Chooser

_LAST_SENTENCE: Final = re.compile(r"[^。！？.!?]+[。！？.!?]+[”\"’']?$")
_CLAUSE: Final = re.compile(
    r"[，；,;]\s*|\s+and (?=(?:give me|nod|tell me|say|send|write)\b)", re.IGNORECASE
)
_ASKS_FOR_A_SIGN: Final = re.compile(
    r"说一声|应一声|吱一声|告诉我|跟我说|叫我|[应回]我|回个话|回个“|喊我|找我|就说|[发打敲]个(?:字|句号|“)"
    r"|\b(?:tell me|let me know|(?:say|write) (?:ok|so|when|once|hi|anything|me|\")|write\."
    r"|give me a|send (?:me|a word)|a? ?nod\b|make a sign|a dot will|any word|a word from you"
    r"|as soon as you write|you say so)",
    re.IGNORECASE,
)
# What is left of a sentence without its sign says something only when it is longer than this.
_SAYS_SOMETHING: Final = 14
_SAYS_SOMETHING_HAN: Final = 4


class WordsOf:
    """The words of one exercise in one language. seed: with it the same line is taken each time,
    so that a page opened again asks in the same words."""

    def __init__(self, exercise: Exercise, language: Language, seed: str) -> None:
        self._exercise = exercise
        self._data = _file(language, exercise.id)
        self._general = bank(language)
        self._seed = seed

    @property
    def title(self) -> str:
        """Its plain name."""
        return str(self._data["title"])

    @property
    def page(self) -> str:
        """What it is good for."""
        return str(self._data["page"])

    def end(self, extent: Extent) -> str:
        """Said when it is over: no more than was done."""
        if extent == "whole":
            return self._one(self._data.get("end", ()))
        some = self._one(self._data.get("part", ())) if extent == "part" else ""
        return some or self._one(self._general.lines("moves", "exercise", "bare"))

    @property
    def stop(self) -> str:
        """Said when it is left for later."""
        return self._one(self._data.get("stop", ()))

    def asked(self, step: Step) -> str:
        """The question or instruction of a step."""
        if step.id in (BEFORE, AFTER):
            part = "before" if step.id == BEFORE else "after"
            return self._one(self._general.lines("moves", "exercise", part))
        line = self._one(self._step(step).get("say", ()))
        return without_sign(line) if step.kind == "say" else line

    def smaller(self, step: Step) -> str:
        """The same asked smaller; "" where there is nothing."""
        return self._one(self._step(step).get("again", ()))

    def example(self, step: Step) -> str:
        """How somebody else answered; "" where there is nothing."""
        return str(self._step(step).get("example", ""))

    def options(self, step: Step) -> tuple[str, ...]:
        """What can be chosen."""
        return tuple(self._step(step).get("options", ()))

    def played(self, step: Step, role: str) -> str:
        """What we say as somebody else."""
        return self._one(self._step(step).get("as", {}).get(role, ()))

    def _step(self, step: Step) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._data.get("step", {}).get(step.id, {})
        return found

    def _one(self, lines: Any) -> str:
        return Chooser(self._seed, 0, frozenset(), {}).choose(lines) or ""


def without_sign(line: str) -> str:
    """The line without a last clause that asks for a sign; without its last sentence, where
    nothing is left of that."""
    last = _LAST_SENTENCE.search(line)
    if last is None:
        return line
    cuts = [last.start(), *(last.start() + one.end() for one in _CLAUSE.finditer(last[0]))]
    asking = next((at for at in cuts if _ASKS_FOR_A_SIGN.search(_clause(line, at))), None)
    if asking is None:
        return line
    left = line[last.start() : asking].strip(" ，；,;")
    least = _SAYS_SOMETHING_HAN if re.search("[一-鿿]", line) else _SAYS_SOMETHING
    if len(left) > least:
        return line[: last.start()] + " " * line[last.start()].isspace() + left + line[-1]
    return line[: last.start()].rstrip() or line


def _clause(line: str, at: int) -> str:
    """The clause that begins there."""
    return _CLAUSE.split(line[at:], maxsplit=1)[0]


@cache
def _file(language: Language, exercise: str) -> Mapping[str, Any]:
    folder = resources.files("qingting.content") / language / "exercises"
    return read_toml(folder / f"{exercise}.toml")
