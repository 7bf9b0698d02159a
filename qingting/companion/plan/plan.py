"""The plan of one reply: what it should do, before a word of it exists.

Stages and skills follow Hill's three-stage helping model (exploration, insight, action) in the
form the ESConv corpus uses for peer support (Liu et al., ACL 2021): explore, comfort, act.
Self-disclosure is left out on purpose: a program has nothing to disclose.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from qingting.companion.plan.taken_up import Noted, TakenUp
from qingting.companion.understand.remarks import Remark
from qingting.companion.understand.situations import Situation

Stage = Literal["explore", "comfort", "act", "safety"]
Skill = Literal[
    "question", "restatement", "reflection", "affirmation", "suggestion", "information", "presence"
]
Length = Literal["short", "normal", "long"]
Offer = Literal["exercise", "check_in", "person", "article"]
# What the reply does with an exercise: offers it, begins it, goes on with it, takes it up again.
ExercisePart = Literal["offer", "begin", "go_on", "resume"]
# How to say something to somebody, what we make of a thing, whether to do it.
Advice = Literal["say", "opinion", "should"]
# Who else is brought in at the end of an ordinary reply (plan/dependence.py): one asked about, one
# they named, the few questions, or what was agreed on with them.
Bring = Literal["ask", "named", "check", "taper.day", "taper.hour", "taper.person"]
Why = Literal[
    "danger",
    "heard_feeling",
    "heard_topic",
    "asked_about_us",
    "asked_for_advice",
    "listening_only",
    "few_words",
    "asked_plainly",
    "leaving",
    "refused",
    "gathering",
    "taking_up_again",
    "exercise",
    "checked_in",
    "small_thing",
    "no_better",
    "questions",
    "voice",
    "asked_to_read",
    "unsure",
]


@dataclass(frozen=True, slots=True)
class Plan:
    """One typed plan.

    stage: where the helping stands. skill: the one helping skill the reply rests on; second: a
    skill it may add. question: whether it may end on a question (never more than one).
    offer: at most one. topic, facet: the topic pack it draws on. why: the reason, as a key of
    content/<language>/why.toml, shown under "Why this reply?". exercise: the exercise it is about,
    part: what it does with it. situation: the authored one that the message tells of.
    advice: what kind of advice is asked for. remark: the shape of an everyday message, where no
    situation, feeling or side of a topic says more. taken_up: the one remembered thing it takes up.
    noted: the wish or the correction that it confirms. persona: the voice it is worded in; voice:
    the one asked for in this message, "" for none. article: slug of the one that is offered or
    given, "" for all of them, None for none. bring: who else is brought in at its end.
    """

    stage: Stage = "explore"
    skill: Skill = "restatement"
    second: Skill | None = None
    question: bool = True
    offer: Offer | None = None
    length: Length = "short"
    topic: str | None = None
    facet: str | None = None
    persona: str = "plain"
    why: Why = "unsure"
    small: str | None = None
    exercise: str | None = None
    part: ExercisePart | None = None
    situation: Situation | None = None
    advice: Advice | None = None
    remark: Remark | None = None
    taken_up: TakenUp | None = None
    noted: Noted | None = None
    bring: Bring | None = None
    voice: str = ""
    article: str | None = None

    def public(self) -> dict[str, Any]:
        """The plan as data, for the evaluation door and for "Why this reply?"."""
        return {
            "stage": self.stage,
            "skill": self.skill,
            "second": self.second,
            "question": self.question,
            "offer": self.offer,
            "length": self.length,
            "topic": self.topic,
            "facet": self.facet,
            "persona": self.persona,
            "why": self.why,
            "exercise": self.exercise,
            "situation": self.situation.key if self.situation else None,
            "article": self.article,
            "remark": self.remark.kind if self.remark else None,
        }
