"""Asked point-blank: "am i being dramatic?", 换你你会怎么选, "do you think she meant it".

Whoever asks us is owed an answer before anything is asked of them: small, honest, and no more than
can be known from here. What is asked stands in the last words of a message, often after a story
(content/lexicon/direct.toml says how it is heard); the answers are content/<language>/moves/
asked.toml. Nobody is decided for, a harsh word about oneself is never agreed with, and in danger
nothing of this is said: other words are owed there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Final

from qingting.companion.person import Language
from qingting.companion.plan.plan import Plan
from qingting.companion.plan.requests import request_in
from qingting.companion.plan.small_talk import shape_of
from qingting.companion.understand.clean import cleaned, has_han
from qingting.companion.understand.lexicon import alternatives, shared_parts, table
from qingting.companion.understand.reading import at_least
from qingting.companion.understand.remarks import is_heavy
from qingting.companion.understand.situations import situation_of
from qingting.companion.words.fragments import against_self
from qingting.companion.work import Work

# How `small` of a plan begins that answers; the rest is a list of moves/asked.toml.
ASKED: Final = "asked."
# Other answers are owed to who asks for a person, for an exercise, or goes.
_ELSEWHERE: Final = ("human", "exercise", "stop")
# About the body and what is taken a leaning would be advice that is not ours to give.
_NOT_OF_BODY: Final = frozenset({"normal", "should", "future", "would"})
# After these the question of a situation that was told of fits as well as our own.
_FOLLOWED: Final = frozenset(
    {"harsh", "deed", "worth", "fault", "normal_grief", "towards_me", "meant", "why_me"}
)
_SENTENCE: Final = re.compile(r"[^。!?\n.;…~]+[。!?\n.;…~]*")
_MARKS: Final = re.compile(r"^[\s,:\"“”'）)(（]+|[\s,。.!;…~\"“”)(]+$")
# A word after the question this short does not take it back.
_AFTER: Final[dict[Language, int]] = {"zh": 12, "en": 40}
# "Tell me honestly" is about what was asked so many messages before.
_BACK: Final = 3
# A message no longer than this asks, and what about was told before it.
_ONLY_ASKS: Final[dict[Language, int]] = {"zh": 16, "en": 48}
# Longer words of theirs are not handed back.
_LONGEST_SLOT: Final[dict[Language, int]] = {"zh": 12, "en": 34}
_SLOTS: Final = ("word", "one", "other", "them")
_PRONOUNS: Final = {"he": "him", "she": "her", "they": "them"}
# "妈" said alone is theirs.
_FAMILY: Final = re.compile(r"^(?=[妈爸哥姐]|弟弟|妹妹)")
# What they may be asked of themselves or of everyone, and not of somebody else's doing.
_OF_SELF: Final = re.compile(r"我|\b(?:i|i'?m|im|i've|me|my)\b")
_OF_OTHERS: Final = re.compile(
    r"他|她|爸|妈|老师|男朋友|女朋友|男友|女友|对象|老板|教练|室友|哥|叔|人家"
    r"|\b(?:he|she|they|his|her|him|them|my \w+ (?!is dead)(?:\w+s|did|has)|boyfriend|girlfriend|"
    r"teacher|coach|boss|dad|mom|mum|uncle|stepdad)\b"
)
_TO_DO: Final = re.compile(r"\bto \w+")
# These ask whether it may be, not whether others do it too.
_JUDGES: Final = re.compile(r"bad|wrong|ok|messed|gross|awful|terrible|horrible|crazy|insane|creep")
_GIVES: Final = re.compile(
    r"我[^他她它]{0,8}(?:考|过|进|上岸|录|做得?到|行|学|毕业|赢|找到?工作|通过|成功|拿到|追上|坚持|撑|熬|办)"
    r"|\b(?:i|i'll|ill|we)\b[^.!?]{0,24}\b(?:pass|make it|get (?:in|into|the|a|hired|accepted)|"
    r"do (?:it|this)|graduate|win|fail|catch up|manage|handle|finish|fix|find a job|chance|shot)\b"
)
_THEY: Final = re.compile(r"他|她|(?<![a-z])ta|前任|人家|\b(?:he|she|they|him|her|my ex)\b")
# Nobody's own choice, even where it is about somebody.
_NOT_THEIRS: Final = re.compile(
    r"没事|好起来|好转|治好|挺过|醒过?来|康复|平安|手术"
    r"|\b(?:be (?:ok|okay|fine|alright|all right)|get better|recover|make it|wake up|survive|"
    r"pull through|heal|turn out)\b"
)
# Whoever died does not come back; nothing is left open there.
_RETURNS: Final = re.compile(r"回来|见到|\b(?:come back|coming back|see (?:him|her|them))\b")


@dataclass(frozen=True, slots=True)
class Asked:
    """A direct question. kind: one of lexicon/direct.toml. sentence: the words that ask, clean.
    slots: words of theirs that the answer may hand back."""

    kind: str
    sentence: str
    slots: dict[str, str] = field(default_factory=dict)


def direct_plan(work: Work) -> Plan | None:
    """The plan of a reply that answers what was asked point-blank; None where nothing was, where
    something else is owed, and in danger."""
    if _in_danger(work) or work.reading.need in _ELSEWHERE:
        return None
    text, language = work.message.text, work.language
    if shape_of(text, language) is not None or request_in(work) is not None:
        return None
    asked = asked_in(text, language)
    if asked is None and _asks_opinion(text, language):
        asked = next(filter(None, (_chosen_in(one, language) for one in _before(work))), None)
    if asked is not None and asked.kind == "honest":
        asked = _asked_before(work) or asked
    named = _list_for(work, asked) if asked is not None else None
    if asked is None or named is None:
        return None
    work.chooser.slots = {**_quotable(work, asked), **asked.slots}
    return Plan(
        stage="explore",
        skill="information",
        question=_may_ask(work),
        why="asked_plainly",
        small=f"{ASKED}{named}",
        situation=situation_of(text, language) if named in _FOLLOWED else None,
    )


def _quotable(work: Work, asked: Asked) -> dict[str, str]:
    """The slots of the work, without a quote that is the question itself, or what somebody else
    said of them: neither is a reason for an answer."""
    slots = dict(work.chooser.slots)
    quoted = cleaned(slots.get("quote", "")).text
    judged = _pattern("judged", "words").search(cleaned(work.message.text).text)
    if judged or quoted in asked.sentence or asked.slots.get("word", "?") in quoted:
        slots.pop("quote", None)
    return slots


def asked_in(text: str, language: Language) -> Asked | None:
    """What a message asks us point-blank in its last words, or None."""
    clean = cleaned(text).text
    for sentence in _last(clean, language):
        if _pattern("opinion", "words").search(sentence):
            return _chosen_in(text, language)
        asked = _asked_by(sentence, language, table("direct")["order"])
        if asked is not None:
            return None if _pattern("leave", "grave").search(sentence) else asked
    return None


def _asked_by(sentence: str, language: Language, kinds: Iterable[str]) -> Asked | None:
    for kind in kinds:
        found = _found(kind, sentence)
        if found is not None:
            return Asked(kind, sentence, _slots_of(found, language))
    return None


def _asks_opinion(text: str, language: Language) -> bool:
    ends = _last(cleaned(text).text, language)
    return any(_pattern("opinion", "words").search(one) for one in ends)


def _chosen_in(text: str, language: Language) -> Asked | None:
    """The choice told before "what do you think"."""
    parts = _parts(cleaned(text).text)
    return next(filter(None, (_choice_in(one, language) for one in parts)), None)


def _choice_in(sentence: str, language: Language) -> Asked | None:
    """A choice between two things that a sentence tells of."""
    asked = _asked_by(f"{sentence}?", language, ("should",))
    return asked if asked is not None and "other" in asked.slots else None


def _parts(clean: str) -> list[str]:
    """Every sentence of a text, and in Chinese every piece of one."""
    return [_bare(one) for one in re.split(r"[。!?\n.;…~]+|(?<=[一-鿿]),", clean) if one.strip()]


def judged_plan(work: Work) -> Plan | None:
    """The plan of a reply to "do you think i'm lazy". It is asked of us, and still about them: what
    is said to somebody who fears to disgust us would be too heavy for it."""
    asked = asked_in(work.message.text, work.language)
    word = asked.slots.get("word") if asked is not None else None
    if word is None or _pattern("feared", "words").search(word):
        return None
    return direct_plan(work)


def mourns(text: str) -> bool:
    """Whether a message speaks of somebody's death or funeral."""
    return _pattern("mourning", "words").search(cleaned(text).text) is not None


def answers(plan: Plan) -> str | None:
    """The list of moves/asked.toml that a plan answers from; None for any other plan."""
    small = plan.small or ""
    return small.removeprefix(ASKED) if small.startswith(ASKED) else None


def _in_danger(work: Work) -> bool:
    protection = work.protection
    grave = at_least(work.reading.risk.level, "moderate") or at_least(
        work.episode.level, "moderate"
    )
    return grave or protection.listening or protection.authored or protection.path is not None


def _may_ask(work: Work) -> bool:
    """Not right after a question of ours: an answer may stand alone."""
    state = work.state
    return not (state.quiet or state.listen_only or state.question_turns[-1:] == (state.turns,))


def _asked_before(work: Work) -> Asked | None:
    """What was asked before "tell me honestly"."""
    found = (asked_in(text, work.language) for text in _before(work))
    return next((one for one in found if one is not None and one.kind != "honest"), None)


def _before(work: Work) -> list[str]:
    """What they said before this message, the last first."""
    said = (heard.text for heard in reversed(work.state.history) if heard.speaker == "person")
    return list(islice((one for one in said if one != work.message.text), _BACK))


def _story(work: Work) -> str:
    """What the question is about: this message, and the one before where this only asks."""
    text = work.message.text
    only_asks = len(text) <= _ONLY_ASKS[work.language]
    return cleaned("\n".join([*_before(work)[:1], text] if only_asks else [text])).text


def _last(text: str, language: Language) -> Iterator[str]:
    """The sentences at the end in which a question may stand, the last first. A sound after it, or
    a few words, do not take it back."""
    sentences = [one.strip() for one in _SENTENCE.findall(text.replace("？", "?")) if one.strip()]
    while len(sentences) > 1 and _trails(sentences[-1]):
        sentences.pop()
    room = 2
    for sentence in reversed(sentences[-room:]):
        yield from _pieces(sentence)
        asks = len(sentences) > 1 and sentences[-room].endswith("?")
        if not asks and len(sentence) > _AFTER["zh" if has_han(sentence) else language]:
            return


def _pieces(sentence: str) -> Iterator[str]:
    """A sentence without what leads up to the question; and in Chinese, where a comma joins what
    English would part, its last pieces by themselves."""
    yield _bare(sentence)
    if "," in sentence or (has_han(sentence) and " " in sentence):
        parts = [one for one in re.split(r"[,\s]+" if has_han(sentence) else r",", sentence) if one]
        while len(parts) > 1 and _trails(parts[-1]):
            parts.pop()
        for part in reversed(parts[-2:]):
            yield _bare(part)


def _bare(sentence: str) -> str:
    core = _MARKS.sub("", sentence)
    return _pattern("opening", "words").sub("", core) or core


def _trails(sentence: str) -> bool:
    core = _MARKS.sub("", sentence).rstrip("?")
    return not core or _pattern("trailing", "words").fullmatch(core) is not None


def _found(kind: str, sentence: str) -> re.Match[str] | None:
    """Where a sentence asks a thing of this kind: of us, not of them by somebody else."""
    if _unless(kind).search(sentence):
        return None
    for pattern in _words(kind):
        found = pattern.search(sentence)
        if found is not None:
            before = sentence[: found.start()]
            if not _pattern("asked_by_others", "words").search(before):
                return found
    return None


def _slots_of(found: re.Match[str], language: Language) -> dict[str, str]:
    """The words of the question that an answer may hand back, by the names of their slots."""
    slots: dict[str, str] = {}
    for name, value in found.groupdict().items():
        slot = name.rstrip("0123456789")
        words = _MARKS.sub("", value or "").rstrip("?")
        if slot in _SLOTS and 0 < len(words) <= _LONGEST_SLOT[language]:
            slots[slot] = words
    if "them" in slots and language == "en":
        slots["them"] = _PRONOUNS.get(slots["them"], "them")
    elif "them" in slots:
        whom = _FAMILY.sub("你", slots["them"]).replace("ta", "对方")
        slots["them"] = whom.replace("我", "你")
    if "one" in slots and "other" in slots and slots["one"] == slots["other"]:
        del slots["other"]
    return slots


def _list_for(work: Work, asked: Asked) -> str | None:
    """The list of moves/asked.toml that answers; None where it is not ours to answer."""
    text, kind = _story(work), asked.kind
    if kind in _NOT_OF_BODY and _pattern("leave", "body").search(asked.sentence):
        return None
    mourning = mourns(text)
    if kind == "fault" and mourning:
        return "fault_grief"
    if kind == "normal":
        return _normal(work, asked.sentence, text, mourning=mourning)
    if kind in ("harsh", "worth", "fault") and _did(asked.sentence, text):
        return "deed"
    if kind == "meant" and not _OF_OTHERS.search(text):
        # Perhaps it is our own words that were not clear.
        return None
    if kind == "agree":
        return _agreed(asked.sentence, text)
    if kind == "should":
        return _choice(asked, text)
    if kind == "future":
        gone = (mourning or _heavy(work)) and _RETURNS.search(asked.sentence)
        return None if gone else _future(asked.sentence)
    return kind


def _heavy(work: Work) -> bool:
    topics = work.reading.topics
    return is_heavy(topics[0].name if topics else work.state.topic)


def _did(sentence: str, text: str) -> bool:
    """Whether they tell of something that they did to somebody, or ask whether it hurt."""
    told = _pattern("did", "words").search(text) is not None
    return told or _pattern("did", "hurt").search(sentence) is not None


def _normal(work: Work, sentence: str, text: str, *, mourning: bool) -> str | None:
    """Whether it is usual: said plainly only of what they feel and do themselves. What somebody
    else does to them is not made right by being usual, and what may be harm is not called so."""
    about = sentence if _OF_SELF.search(sentence) or _OF_OTHERS.search(sentence) else text
    if _pattern("leave", "body").search(about):
        return None
    if mourning:
        return "normal_grief"
    told = work.reading.risk.level == "none" and (_OF_SELF.search(about) or _TO_DO.search(about))
    others = _OF_OTHERS.search(about) or _JUDGES.search(sentence)
    return "normal" if told and not others else "common"


def _agreed(sentence: str, text: str) -> str | None:
    """What we are asked to agree with: hard words about themselves are not, and what somebody
    else feels is not ours to know."""
    if against_self(text):
        return "worth"
    if _pattern("judged", "words").search(text):
        return "harsh"
    if _pattern("leave", "body").search(sentence):
        return None
    return "towards_me" if _pattern("sweeping", "words").search(sentence) else "agree"


def _choice(asked: Asked, text: str) -> str:
    if _pattern("mourning", "rite").search(text):
        return "should_grief"
    return "should_two" if "other" in asked.slots and "one" in asked.slots else "should"


def _future(sentence: str) -> str:
    if _GIVES.search(sentence):
        return "able"
    theirs = _THEY.search(sentence) and not _NOT_THEIRS.search(sentence)
    return "they_will" if theirs else "future"


@lru_cache(maxsize=32)
def _words(kind: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of a kind, each for itself: the names of their groups may be alike."""
    data = table("direct")
    parts = {**shared_parts(), **data["parts"]}
    # Where a question ends, marks may follow.
    ended = (one.replace("$", "[? ]*$") for one in data["kind"][kind]["words"])
    return tuple(alternatives([one], parts) for one in ended)


@lru_cache(maxsize=32)
def _unless(kind: str) -> re.Pattern[str]:
    return alternatives(table("direct")["kind"][kind].get("unless", ()), shared_parts())


@lru_cache(maxsize=16)
def _pattern(part: str, section: str) -> re.Pattern[str]:
    return alternatives(table("direct")[part][section], shared_parts())
