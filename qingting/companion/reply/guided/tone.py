"""The openings that depend on how a thing is said: good news, praise that means the opposite, an
unkind word said of them, a mood in one word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from qingting.companion.person import Language
from qingting.companion.plan.felt import GLAD, heard_feeling, just_in_danger
from qingting.companion.plan.small_talk import big_news, good_news
from qingting.companion.plan.tone import laughs, sours, wry
from qingting.companion.reply.guided.lists import Lists
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.reading import at_least
from qingting.companion.words.choose import Chooser
from qingting.companion.words.said_of_them import unkindly
from qingting.companion.work import Work

# How the two kinds of good news are met, and where the lines that take up the news itself are.
NEWS: Final = {"good_news": "news", "big_news": "won"}
# Out of our mouth these would be surprise that it went well at all: "你居然考上了".
_SURPRISE: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(r"居然|竟然|终于|总算|真的"),
    "en": re.compile(r"\b(?:actually|finally|somehow|just|literally|totally) "),
}
# A message of no more is a mood, of which nothing is known but its name.
_A_WORD: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(r"^(?!.*我)\W*(?:[一-鿿]\W*){1,4}$"),
    "en": re.compile(
        r"^\W*(?:so |just |really |very |kinda |i'?m |im )?[a-z']+\W*$", re.IGNORECASE
    ),
}
# Glad feelings that something good happened; love and hope are told in sorrow, too.
_TOLD_GLADLY: Final = frozenset({"joy", "relief", "pride", "excitement"})
_HEARD: Final = 0.55
_NAMED: Final = 0.75
# Kinds of remark (lexicon/remarks.toml) that are a mood where they are one word.
_MOODS: Final = ("exclaims", "meh")


@dataclass(frozen=True, slots=True)
class Tone:
    """Finds them; None where the message is not said so, or all the lines were said."""

    work: Work
    chooser: Chooser
    lists: Lists

    def news(self) -> str | None:
        """Good news met with the news itself, where one clause of theirs tells it."""
        kind, turned = NEWS.get(self.work.plan.small or ""), self.chooser.slots.get("turned")
        quote, language = self.chooser.slots.get("quote", ""), self.work.language
        if kind is None or turned is None:
            return None
        if not (good_news(quote, language) or big_news(quote, language)):
            return None
        before = self.chooser.slots
        self.chooser.slots = {**before, "turned": _SURPRISE[language].sub("", turned)}
        lines = self.lists.moves("restatement", kind, "turned")
        words = self.chooser.choose(lines, require="turned")
        self.chooser.slots = before
        return words

    def gladly(self) -> str | None:
        """A glad word where something good is heard that is no news, and nothing speaks against it.
        Joy that fills a message has words of its own."""
        language, clause = self.work.language, self.chooser.slots.get("quote", "")
        text = clause or self.work.message.text
        told = self.work.reading.feelings
        glad = max((read.strength for read in told if read.label in _TOLD_GLADLY), default=0.0)
        heavy = any(read.label not in GLAD and read.label != "neutral" for read in told)
        near = just_in_danger(self.work) or at_least(self.work.reading.risk.level, "low")
        if heavy or near or not _HEARD <= glad < _NAMED:
            return None
        if sours(text, language) or laughs(text, language) or wry(text, language):
            return None
        return self.chooser.choose(self.lists.moves("restatement", "glad"))

    def wry(self) -> str | None:
        """A dry word on what was praised and is no good."""
        if not wry(self.work.message.text, self.work.language):
            return None
        return self.chooser.choose(self.lists.moves("restatement", "wry"))

    def unkind(self) -> str | None:
        """A word on what was said of them, which is not repeated."""
        if not unkindly(cleaned(self.work.message.text).text, self.work.language):
            return None
        return self.chooser.choose(self.lists.moves("restatement", "unkind"))

    def mood(self) -> str | None:
        """Room, for a mood of one word: what it is about is not known yet."""
        text, remark = self.work.message.text, self.work.plan.remark
        if self.work.reading.topics or not _A_WORD[self.work.language].match(text):
            return None
        feeling = heard_feeling(self.work)
        heavy = feeling is not None and feeling.label not in GLAD
        if not heavy and (remark is None or remark.kind not in _MOODS):
            return None
        return self.chooser.choose(self.lists.moves("restatement", "mood"))
