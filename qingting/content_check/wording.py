"""What lines may say: length, banned words, slots, questions, and the marks of each language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qingting.companion.person import Language
from qingting.companion.words.choose import slots_of
from qingting.content_check.finding import Finding
from qingting.content_check.folder import Folder, Line
from qingting.content_check.schema import named

# Characters of a Chinese line, words of an English one. LONGEST: for any line. COMFORTABLE: for a
# line of the talk, which is read on a phone at night; a longer one is looked at.
LONGEST: Final[dict[Language, int]] = {"zh": 110, "en": 60}
COMFORTABLE: Final[dict[Language, int]] = {"zh": 62, "en": 36}

SLOTS: Final = (
    *("quote", "who", "means", "earlier", "line", "emergency", "answer", "turned"),
    *("weekday", "date", "time", "thing", "when", "emergency_text", "poison", "sum", "police"),
    *("what", "says", "about", "name", "held", "list", "count", "voice", "voices"),
    *("title", "minutes", "word", "one", "other", "them"),
)
# The gaps of the weekly letter (companion/progress/letter.py); they are filled nowhere else.
_LETTER: Final = (
    *("notes", "days", "heavy", "light", "between", "with", "nights", "least", "most", "hours"),
    *("exercise", "before", "after", "times", "events", "pages", "minutes", "person"),
    *("date", "title", "score", "lowest", "highest"),
)
# The gaps of what is told to somebody (companion/protect/told_words.py).
_TOLD: Final = ("name", "who", "words", "link", "minutes", "line")
# Files whose gaps are filled by themselves, and nowhere else.
_OWN: Final = {"letter": _LETTER, "told": _TOLD}
_REMEMBERED: Final = ("moves", "remembered")
# Slots that one file alone, or one list of it, has.
_ONLY_IN: Final = {
    "sum": ("moves", "small", "sum"),
    "thing": ("moves", "remark"),
    **dict.fromkeys(("weekday", "date", "time"), ("moves", "small", "today")),
    **dict.fromkeys(("says", "about", "name", "held"), _REMEMBERED),
    **dict.fromkeys(("list", "count"), ("moves", "questions")),
    **dict.fromkeys(("voice", "voices"), ("moves", "voice")),
    **dict.fromkeys(("title", "minutes"), ("moves", "article")),
    **dict.fromkeys(("word", "one", "other", "them"), ("moves", "asked")),
}
_QUOTED: Final = ("quote", "earlier")

_EMOJI: Final = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]")
_EXCLAIMS: Final = re.compile("[!！]")
_HAN: Final = "\u4e00-\u9fff"
_HALF_WIDTH: Final = re.compile(rf"[{_HAN}][,.?;:()\"']|[,?;:()\"'](?=[{_HAN}])")
_NOT_ENGLISH: Final = re.compile(rf"[{_HAN}，。、；：？！（）“”‘’「」《》]")
_SPACES: Final = re.compile(rf"^\s|\s$|\s\s|[{_HAN}]\s+[{_HAN}]")
_TWICE: Final = re.compile(r"([，。、；：？,;:?])\1|\.\.+|。。+")
_SLOT: Final = re.compile(r"\{\w*\}")


def length(folder: Folder) -> Iterator[Finding]:
    """Lines too long to be read on a phone."""
    for line in folder.lines:
        size = len(line.text) if line.language == "zh" else len(line.text.split())
        if size > LONGEST[line.language]:
            yield line.found("too_long", size=str(size), most=str(LONGEST[line.language]))
        elif line.spoken and size > COMFORTABLE[line.language]:
            yield line.found("long", size=str(size), most=str(COMFORTABLE[line.language]))


def slots(folder: Folder) -> Iterator[Finding]:
    """Gaps in curly brackets: only known ones, in the places where they are filled."""
    for line in folder.lines:
        try:
            found = slots_of(line.text)
        except ValueError:
            yield line.found("slot_open")
            continue
        for slot in sorted(found):
            own = _OWN.get(line.path[0])
            if own is not None:
                if slot not in own:
                    yield line.found("slot_unknown", slot=slot, allowed=named(own))
            elif slot not in SLOTS:
                yield line.found("slot_unknown", slot=slot, allowed=named(SLOTS))
            elif not _belongs(slot, line):
                yield line.found("slot_place", slot=slot)
            elif slot in _QUOTED and not _in_quotes(slot, line):
                yield line.found("slot_bare", slot=slot)


def _belongs(slot: str, line: Line) -> bool:
    """Whether the code fills this slot there."""
    if not line.spoken:
        return False
    shelf, stem, last = line.path[0], line.path[1], line.path[-1]
    if slot in ("line", "emergency", "emergency_text", "poison", "police"):
        # An answer owed in the midst of danger may name one, too.
        owed = shelf == "situations" and stem.startswith("danger_") and last == "answer"
        return shelf in ("danger", "safety") or owed or line.path == ("moves", "people", "human")
    if slot == "earlier":
        return stem in ("connection", "summary", "letter") or last == "remembered"
    if slot == "answer":
        return shelf == "exercises" and last == "got"
    if slot == "thing" and line.path[:2] == ("moves", "takes"):
        return True
    if slot in _ONLY_IN:
        return line.path[: len(_ONLY_IN[slot])] == _ONLY_IN[slot]
    if slot == "turned":
        return last == "turned"
    if slot in ("when", "what"):
        asks = line.path[:2] == ("moves", "check_in") and last == "ask"
        return asks or (slot == "when" and line.path[:2] in (("moves", "remark"), _REMEMBERED))
    return True


def _in_quotes(slot: str, line: Line) -> bool:
    wanted = f"“{{{slot}}}”" if line.language == "zh" else f'"{{{slot}}}"'
    return wanted in line.text


def marks(folder: Folder) -> Iterator[Finding]:
    """Exclamation marks, emoji, spaces, and marks of the other language's writing."""
    for line in folder.lines:
        # A filled slot reads like a word: marks on its two sides do not stand beside each other.
        text = _SLOT.sub("_", line.text)
        if _EXCLAIMS.search(text):
            yield line.found("exclaims")
        if (found := _EMOJI.search(text)) is not None:
            yield line.found("emoji", mark=found[0])
        if _SPACES.search(line.text):
            yield line.found("spaces")
        if (found := _TWICE.search(text)) is not None:
            yield line.found("twice", mark=found[0])
        if line.language == "zh" and (found := _HALF_WIDTH.search(text)) is not None:
            yield line.found("half_width", mark=found[0])
        if line.language == "en" and (found := _NOT_ENGLISH.search(text)) is not None:
            yield line.found("full_width", mark=found[0])
