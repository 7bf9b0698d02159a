"""The safety plan made in the conversation, one line at a time.

Offered once when the questions are asked; taken up, skipped or left at any line. What they say is
kept as they said it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from re import Pattern
from typing import Final, Literal

from qingting.companion.protect.episode import Episode, Steps
from qingting.companion.protect.safety_plan import SECTIONS, Section
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import alternatives, shared_parts, table

Reply = Literal["yes", "no", "skip", "stop", "thinking", "words"]
Outcome = Literal[
    "offered", "accepted", "declined", "kept", "skipped", "stopped", "finished", "unfinished"
]

OFFER: Final = "offer"
_REPLIES: Final[tuple[Reply, ...]] = ("yes", "no", "skip", "stop", "thinking")
# Said where a line was asked for, these are none: "ok sure" agrees, "hmm" looks for one.
_NO_LINE: Final[frozenset[Reply]] = frozenset({"yes", "thinking"})
# Longer than this is a telling, not a line for the plan.
_LINE: Final = 160
_SHORT: Final = 24


@dataclass(frozen=True, slots=True)
class Step:
    """One step. outcome: what became of what they just said. section: what is asked for next,
    None when nothing is. item: what is to be kept, with its section. again: under which name it is
    kept that the same line was asked for once more."""

    outcome: Outcome
    section: Section | None = None
    item: tuple[Section, str] | None = None
    again: str = ""


def may_offer(episode: Episode) -> bool:
    """Whether the plan was never offered in this episode."""
    return "plan" not in episode.steps.offered


def next_step(episode: Episode, text: str) -> Step | None:
    """The step that a message makes: the next one where our last reply offered the plan or asked
    for a line of it, the first where they ask for one. None when it is about something else."""
    at = episode.steps.plan_at
    said = reply_of(text)
    if not at:
        wanted = len(text) <= _LINE and _listed("wanted").search(cleaned(text).text) is not None
        return Step("accepted", SECTIONS[0]) if wanted else None
    if at == OFFER:
        if said == "yes":
            return Step("accepted", SECTIONS[0])
        return Step("declined") if said in ("no", "stop", "skip") else None
    section = _section(at)
    if section is None:
        return None
    if said == "stop":
        return Step("stopped")
    if said in ("skip", "no"):
        return _onward(episode, section, "skipped", None)
    if said in _NO_LINE:
        return _once_more(episode, section, said)
    if len(text) > _LINE:
        return None
    return _onward(episode, section, "kept", (section, text.strip()))


def tells_a_sign(step: Step | None, text: str) -> bool:
    """Whether a message is the line that was asked for: how they notice that it begins. Such lines
    are dark ("i start thinking they'd be better off") and are no alarm, as long as they tell what
    comes again and again, and nothing of now."""
    if step is None or step.item is None or step.item[0] != "signs":
        return False
    clean = cleaned(text).text
    return bool(_listed("again").search(clean)) and not _listed("at_hand").search(clean)


def taken(steps: Steps, step: Step) -> Steps:
    """The steps after one step of the plan."""
    done = steps.plan_done | ({step.item[0]} if step.item else set())
    stands: Mapping[Outcome, str] = {
        "offered": "offered",
        "declined": "declined",
        "stopped": "stopped",
        "finished": "done",
        "unfinished": "unfinished",
    }
    offered = {**steps.offered, "plan": stands.get(step.outcome, "begun")}
    if step.again:
        offered[step.again] = "asked"
    at = OFFER if step.outcome == "offered" else (step.section or "")
    return replace(steps, offered=offered, plan_at=at, plan_done=frozenset(done))


def reply_of(text: str) -> Reply:
    """How a short message takes the plan; "words" for anything of its own."""
    clean = cleaned(text).text.strip()
    if len(clean) <= _SHORT:
        for name in _REPLIES:
            if _reply(name).fullmatch(clean):
                return name
    return "words"


def _once_more(episode: Episode, section: Section, said: Reply) -> Step:
    """The same line asked for once more, in other words; who nods again, or is still looking for
    one, is not pressed."""
    if _again(section, said) in episode.steps.offered:
        return _onward(episode, section, "skipped", None)
    return Step("accepted", section, again=_again(section, said))


def _again(section: Section, said: Reply) -> str:
    """Under which name it is kept that a line was asked for once more, and after what."""
    return f"plan.{section}.{said}"


def _onward(
    episode: Episode, section: Section, outcome: Outcome, item: tuple[Section, str] | None
) -> Step:
    place = SECTIONS.index(section) + 1
    if place < len(SECTIONS):
        return Step(outcome, SECTIONS[place], item)
    done = episode.steps.plan_done | ({item[0]} if item else set())
    human = bool(done & {"people", "professionals"})
    return Step("finished" if human and len(done) > 1 else "unfinished", None, item)


def _section(name: str) -> Section | None:
    return next((section for section in SECTIONS if section == name), None)


@lru_cache(maxsize=4)
def _listed(name: str) -> Pattern[str]:
    return alternatives(table("plan_replies")[name], shared_parts())


@lru_cache(maxsize=8)
def _reply(name: str) -> Pattern[str]:
    return alternatives(table("plan_replies")["reply"][name], shared_parts())
