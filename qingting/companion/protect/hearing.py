"""From a message and its reading to what it is for the safety episode."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final

from qingting.companion.person import Language
from qingting.companion.protect import around, barriers, telling
from qingting.companion.protect.episode import Act, Episode
from qingting.companion.protect.facets import DIRECT, SENT, Facet
from qingting.companion.protect.naming import BREAK
from qingting.companion.protect.plan_talk import reply_of
from qingting.companion.protect.said import Said
from qingting.companion.protect.turning import turned_at_peace, turned_here
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import words
from qingting.companion.understand.reading import Kind, Reading, Risk, at_least
from qingting.companion.words.bank import ContentError

log = logging.getLogger(__name__)

# What an answer to our direct question is called in the data of answers, where the question of a
# path is not about thoughts of dying.
_DIRECT_AS: Final = {
    "abuse": "safe",
    "sexual_violence": "safe",
    "mania": "safe",
    "psychosis": "commands",
    "eating_disorder": "body",
    "substance": "body",
}
# Kinds in which something may have been taken.
_TAKES: Final[frozenset[Kind]] = frozenset({"suicide", "self_harm", "substance"})
# Asked about, a person in the answer is somebody to tell; of the others a name says something else.
# Questions to which a yes is graver than to the direct one.
_GRAVE: Final = frozenset({"means", "timing", "plan"})
_WHO: Final = frozenset({"who", "who_near"})
_ELSE: Final = frozenset({"kept_going", "alone", "with_them", "where_now", "safe", DIRECT})


def heard(reading: Reading, episode: Episode, text: str, language: Language) -> Said:
    """What a message is to an episode. text: as typed. Without an open episode, and without
    danger in the message, only what is always answered is looked for."""
    open_danger = at_least(episode.level, "moderate")
    dangerous = at_least(reading.risk.level, "moderate")
    barrier = _barrier(text, language, danger=open_danger) or _medicine(text, episode)
    if not (open_danger or dangerous):
        told = turned_at_peace(text, reading.risk, episode)
        return Said(risk=reading.risk, told=told, barrier=barrier, need=reading.need, words=text)
    told = _told(episode, text)
    if words("hearing", "no_more_lines").search(text.lower()):
        told["called"] = "refused"
    told = _in_place(told | _besides(text, episode), reading, episode, text)
    told |= around.told(text, reading.risk, episode, told)
    told |= turned_here(text, episode, told, other=_of_somebody_else(reading, episode))
    told = _feared(text, episode, told)
    act = "none" if _only_ate(reading, episode) else _act(told.get("act", ""))
    if act == "none" and on_an_edge(text, reading.risk, episode):
        told["edge"], act = "yes", "doing"
    elif act == "none" and they_are_on_an_edge(text, episode):
        act = "doing"
    elif told.get("moved") == "done":
        told["edge"] = "no"
    if act == "doing" and "moved" not in told and episode.asking.anywhere("moved") == "done":
        # Whoever begins again is not away from it any more.
        told["moved"] = "no"
    if words("hearing", "to_the_doctor").search(cleaned(text).text):
        told["doctor"] = "will"
    named = _who(text, reading, episode, told)
    return Said(
        risk=reading.risk,
        told=told,
        named=named,
        role=telling.role_of(named) if named else "unknown",
        hurt_by=telling.hurt_by(text),
        hushed_by=around.hushed_by(text),
        barrier=barrier,
        act=act,
        need=reading.need,
        words=text,
    )


def on_an_edge(text: str, risk: Risk, episode: Episode) -> bool:
    """Whether somebody with a grave wish to die says that they are where one falls: on a bridge, on
    a roof. That is an act begun, whatever else they say; "on the roof with friends" is not."""
    if risk.subject == "other" or (episode.subject == "other" and episode.is_open):
        return False
    said = "none" if risk.guessed else risk.levels.get("suicide", "none")
    if not (at_least(said, "high") or at_least(episode.levels.get("suicide", "none"), "high")):
        return False
    clean = cleaned(text).text
    there = words("hearing", "at_the_edge").search(clean)
    return there is not None and not words("hearing", "not_at_the_edge").search(clean)


def they_are_on_an_edge(text: str, episode: Episode) -> bool:
    """Whether somebody else, known to be in grave danger, is said to be where one falls."""
    grave = episode.subject == "other" and at_least(episode.levels.get("suicide", "none"), "high")
    if not grave:
        return False
    clean = cleaned(text).text
    there = words("hearing", "them_at_the_edge").search(clean)
    return there is not None and not words("hearing", "not_at_the_edge").search(clean)


def _only_ate(reading: Reading, episode: Episode) -> bool:
    """Whether something was taken that is no danger: "made pancakes, ate them", where nothing but a
    guess opened the episode, of another kind than dying, harm to oneself or a substance, and
    nothing in this message is heard as danger."""
    harmless = not at_least(reading.risk.level, "moderate")
    return harmless and episode.only_guessed and not _TAKES & episode.levels.keys()


def _medicine(text: str, episode: Episode) -> str | None:
    """What is in the way of who asks "can I just stop?" of a medicine answered about before."""
    if not at_least(episode.level, "high"):
        # Below that, what follows on a medicine is answered as any talk of it.
        return None
    spoken = any(key.startswith("barrier.medication") for key in episode.steps.offered)
    asks = spoken and words("hearing", "stop_it").search(cleaned(text).text.strip()) is not None
    return "medication_stop" if asks else None


def _barrier(text: str, language: Language, *, danger: bool) -> str | None:
    try:
        return barriers.heard(text, language, danger=danger)
    except ContentError as error:
        # A broken list of hindrances must not cost anyone the words of danger.
        log.error("barriers cannot be read: %s", type(error).__name__)
        return None


def _told(episode: Episode, text: str) -> dict[Facet, str]:
    """What the message tells, the answer to the direct question under its own name."""
    path, _, facet = episode.asking.open.partition(".")
    asked = _DIRECT_AS.get(path, DIRECT) if facet == DIRECT else facet
    told = telling.told(text, asked or None) | _late(text, episode)
    if facet in _GRAVE and facet in told and speaks_of_dying(text):
        # "Yes, I do think about it", said to another question, answers the direct one.
        own = telling.told(text, None)
        told = {**own, DIRECT: "yes"} if facet not in own else told
    if facet == "means" and told.get(facet) == "near" and _only_of_company(text, told):
        del told[facet]
    if facet == DIRECT and asked != DIRECT and asked in told:
        told[DIRECT] = told[asked]
    if path == "suicide" and told.get("dying") == "no":
        # "No, I'm not suicidal", to whatever was asked, is an answer to the direct question.
        told.setdefault(DIRECT, "no")
    if facet == SENT:
        return _sent(text, told)
    if facet and facet not in told and facet not in telling.FACETS and text.strip():
        # A question whose answers nobody can list: whatever comes answers it.
        told[facet] = "told"
    return told


def _late(text: str, episode: Episode) -> dict[Facet, str]:
    """A yes to the direct question that comes a turn late: who says "um" first is not asked again
    at once, and then says it of their own accord."""
    asking = episode.asking
    waits = asking.asked("suicide", DIRECT) > 0 and not asking.value("suicide", DIRECT)
    if asking.open or not waits or episode.subject == "other":
        return {}
    small = cleaned(text).text.strip()
    if words("hearing", "late_no").search(small) or not words("hearing", "late_yes").search(small):
        return {}
    return {DIRECT: "some" if words("hearing", "late_some").search(small) else "yes"}


def _only_of_company(text: str, told: Mapping[Facet, str]) -> bool:
    """Whether an answer to "is it near you?" tells only who is there: "just me in here" has the
    words of something at hand and says nothing of it. "Yes. just me here" does both."""
    clean = cleaned(text).text
    if "alone" not in told or words("hearing", "the_thing").search(clean):
        return False
    pieces = (piece for piece in BREAK.split(clean) if piece.strip())
    rest = (piece for piece in pieces if "alone" not in telling.told(piece, None))
    return not any(telling.told(piece, "means").get("means") == "near" for piece in rest)


def speaks_of_dying(text: str) -> bool:
    """Whether a message itself says that they think of ending their life."""
    return words("hearing", "dying_said").search(text.lower()) is not None


def _sent(text: str, told: dict[Facet, str]) -> dict[Facet, str]:
    """What became of the sentence we wrote together."""
    said = reply_of(text)
    if told.get("called") == "done":
        return {**told, SENT: "done"}
    return {**told, SENT: said} if said in ("yes", "no") else told


def _besides(text: str, episode: Episode) -> dict[Facet, str]:
    """What must not go unanswered or unminded, whatever was asked: that it was their own fault,
    that he is at the door, that it is enough of questions, that they lack the words."""
    small = text.lower()
    found = {
        ("fault", "mine"): "my_fault",
        ("washed", "done"): "washed",
        ("safe", "now"): "at_the_door",
        ("asking", "enough"): "no_questions",
        ("draft", "wanted"): "write_it",
        ("called", "incoming"): "calling_me",
    }
    if episode.only_guessed:
        # "My brother is banging on the door" is a bathroom, where nobody said they are afraid.
        del found["safe", "now"]
    return {
        facet: value
        for (facet, value), name in found.items()
        if words("hearing", name).search(small)
    }


def _angry_alone(episode: Episode) -> bool:
    """Whether violence is open and nothing that somebody may do to themselves."""
    known = [kind for kind, level in episode.levels.items() if at_least(level, "moderate")]
    return "violence" in known and not {"suicide", "self_harm"}.intersection(known)


def _in_place(
    told: dict[Facet, str], reading: Reading, episode: Episode, words_of: str
) -> dict[Facet, str]:
    """What was told, without what has no place in this episode: a sentence sent before anybody was
    named, first aid where nothing happened to anybody."""
    out = dict(told)
    other = _of_somebody_else(reading, episode)
    taken = episode.act == "taken" or told.get("act") == "taken"
    if other or not taken:
        out.pop("after_taking", None)
    if not (other or taken) or out.get("after_taking") == out.get("first_aid"):
        # "Should I throw up?" after taking something has words of its own.
        out.pop("first_aid", None)
    if out.get("act") == "taken":
        # "I took all of them" puts nothing out of reach.
        out = {facet: value for facet, value in out.items() if facet not in ("means", "moved")}
    if "means" in out and _angry_alone(episode):
        # "There's a knife in the kitchen", of a quarrel, is a weapon, and left there it is none.
        del out["means"]
        if not words("hearing", "left_alone").search(cleaned(words_of).text):
            out["weapon"] = "yes"
    asked = episode.asking.open_facet
    drafted = any(key.startswith("named.") for key in episode.steps.offered)
    begun = bool(episode.people.named) or drafted
    if not begun and asked not in (SENT, *_WHO):
        out.pop(SENT, None)
    return out


def _feared(text: str, episode: Episode, told: dict[Facet, str]) -> dict[Facet, str]:
    """What was told, without comfort where "they" are there again and somebody feels watched."""
    watched = at_least(episode.levels.get("psychosis", "none"), "moderate")
    if not watched or not words("hearing", "they_are_there").search(cleaned(text).text):
        return told
    comforts = ("alone", "company", "called", "moved", "help", "with_them")
    return {facet: value for facet, value in told.items() if facet not in comforts}


def _who(text: str, reading: Reading, episode: Episode, told: dict[Facet, str]) -> str | None:
    """Whom the message names as one who could know, and puts it into `told`. None, too, where they
    need no first sentence: somebody knows by now, or it is about somebody else's danger."""
    asked = episode.asking.open_facet
    hated = at_least(episode.levels.get("violence", "none"), "moderate")
    found = telling.could_know(text, near=asked not in _ELSE and not hated, bare=asked not in _ELSE)
    hurt = episode.people.hurt_by | telling.hurt_by(text)
    quiet = episode.people.hushed | around.hushed_by(text)
    safe = tuple(one for one in found if telling.role_of(one) not in hurt | quiet)
    # Somebody who hurts is taken up only to be ruled out, where they are really thought of.
    found = safe or telling.could_know(text, near=False, bare=False)
    if asked in _WHO and told.get(asked) != "nobody":
        found = found or telling.people_named(text)
    # A doctor is rung, and not asked to sit with somebody.
    found = tuple(one for one in found if not words("hearing", "doctors").search(one.lower()))
    # Who knew and kept it down is no help, however often they are spoken of.
    found = tuple(one for one in found if telling.role_of(one) not in quiet)
    if not found:
        if told.get("who") == "named":
            del told["who"]
        return None
    if _of_somebody_else(reading, episode):
        told["who_near"] = "named"
        told.pop("who", None)
        return None
    told["who"] = "named"
    # Nor does who goes to get them, or waits for them, need a first sentence.
    knows = told.get(SENT) == "done" or told.get("called") == "done"
    knows = knows or "company" in told
    return None if knows else found[0]


def _of_somebody_else(reading: Reading, episode: Episode) -> bool:
    """Whether the danger is somebody else's: the open one, else the one that was read."""
    if at_least(episode.level, "moderate"):
        return episode.subject == "other"
    return reading.risk.subject == "other"


def _act(value: str) -> Act:
    return value if value in ("taken", "doing") else "none"  # type: ignore[return-value]
