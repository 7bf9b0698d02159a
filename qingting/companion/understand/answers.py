"""What a short answer means after a direct question, and how a message sounds after danger.

"嗯" alone says nothing; after "are you thinking of ending your life?" it is a disclosure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.history import Heard
from qingting.companion.understand.lexicon import alternatives, shared_parts, table
from qingting.companion.understand.reading import Kind, Level, Mark

Shift = Literal["calm", "goodbye", "denial"]

# Longer than this is a telling, not an answer; the rules read it on its own words.
ANSWER: Final = 60
# Words in quotation marks, the apostrophe of "i'm" left out.
_QUOTED: Final = re.compile(
    r"“[^”\n]{1,300}”|「[^」\n]{1,300}」|『[^』\n]{1,300}』|\"[^\"\n]{1,300}\""
    r"|(?<!\w)'(?:[^'\n]|(?<=\w)'(?=\w)){1,300}'(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What an answer discloses: a kind of danger and its level, or a denial."""

    kind: Kind
    level: Level
    mark: Mark | None = None


def answered(text: str, history: Sequence[Heard]) -> Reply | None:
    """What a clean message answers to the question just before it; None when none was asked."""
    asked, with_lead = question_before(history)
    text = text.strip()
    if not asked or not text or len(text) > ANSWER:
        return None
    about_self_harm = asked_of("self_harm").search(with_lead) is not None
    about_suicide = asked_of("suicide").search(with_lead) is not None
    kind: Kind = "self_harm" if about_self_harm and not about_suicide else "suicide"
    if about_self_harm or about_suicide:
        direct = _direct(text, kind)
        return _sooner(text, direct) if direct is not None else None
    return _detail(text, asked, history)


def shift_heard(text: str) -> Shift | None:
    """How a message would sound after danger: taken back, calm, or like a farewell.

    What stands in quotation marks was said to, or by, somebody else: it takes nothing back and
    calms nothing. A farewell is heard there too, for letters are quoted.
    """
    own = unquoted(text)
    if _listed("shift", "denial").search(own):
        return "denial"
    if _listed("shift", "goodbye").search(text):
        return "goodbye"
    return "calm" if _listed("shift", "calm").search(own) else None


def unquoted(text: str) -> str:
    """A clean text without what stands in quotation marks."""
    return _QUOTED.sub(" ", text)


def _direct(text: str, kind: Kind) -> Reply | None:
    yes: Level = "high" if kind == "suicide" else "moderate"
    if _reply("some").search(text):
        return Reply(kind, "moderate")
    if _reply("yes").search(text):
        return Reply(kind, yes)
    if _reply("no").search(text):
        return Reply(kind, "low", "denied")
    opened = re.split(r"[,。.!?;\s]", text, maxsplit=1)[0]
    if opened and _reply("yes").search(opened) and not _reply("unlikely").search(text):
        return Reply(kind, yes)
    return None


def _sooner(text: str, reply: Reply) -> Reply:
    if reply.mark is None and reply.level == "high" and _reply("soon").search(text):
        return Reply(reply.kind, "imminent")
    return reply


def _detail(text: str, asked: str, history: Sequence[Heard]) -> Reply | None:
    """An answer about means or time, once danger is what the conversation is about."""
    if not any(asked_of("suicide").search(_clean(turn.text)) for turn in history):
        return None
    if _reply("unlikely").search(text) or asked_of("company").search(asked):
        return None
    if asked_of("means").search(asked) and _reply("near").search(text):
        return Reply("suicide", "imminent")
    if asked_of("timing").search(asked):
        if _reply("soon").search(text):
            return Reply("suicide", "imminent")
        if _reply("later").search(text):
            return Reply("suicide", "high")
    return None


def question_before(history: Sequence[Heard]) -> tuple[str, str]:
    """What our turn right before asked: the question alone, and with the sentence before it, which
    may name what the question means. Both empty when nothing was asked."""
    if not history or history[-1].speaker == "person":
        return "", ""
    # Words written for somebody else ("ask him: are you ...?") ask this person nothing.
    asked = unquoted(_clean(history[-1].text))
    # Only the question itself: what stood before it ("go to whoever is nearest") was not asked.
    questions = re.findall(r"((?:[^。!?;\n.]+[。!.;]\s*)?)([^。!?;\n.]+[?])", asked)
    if questions:
        lead, question = questions[-1]
        return question, lead + question
    return (asked, asked) if asked_of("question").search(asked) else ("", "")


def _clean(text: str) -> str:
    return cleaned(text).text


def asked_of(section: str) -> re.Pattern[str]:
    """The words of a question about this, as content/lexicon/answers.toml lists them."""
    return _listed("asked", section)


@lru_cache(maxsize=32)
def _listed(part: str, section: str) -> re.Pattern[str]:
    return alternatives(table("answers")[part][section], shared_parts())


@lru_cache(maxsize=16)
def _reply(section: str) -> re.Pattern[str]:
    return alternatives([table("answers")["reply"][section]], shared_parts())
