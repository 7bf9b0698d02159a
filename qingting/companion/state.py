"""What a conversation carries from one turn to the next. Plain data, small, stored sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from qingting.companion.exercise import run as runs
from qingting.companion.exercise.run import Run
from qingting.companion.instruments import conversation
from qingting.companion.instruments.conversation import Asking
from qingting.companion.understand.history import Heard

# A pause longer than this ends a stretch of use; the break reminder counts stretches.
PAUSE: Final = timedelta(minutes=10)
# So many replies ask nothing after it was said that there are too many questions.
_QUIET: Final = 2
_KEPT_THREADS: Final = 40
_KEPT_SENTENCES: Final = 4_000


@dataclass(frozen=True, slots=True)
class Thread:
    """Something the person said that may be taken up again later, in their own words."""

    quote: str
    topic: str | None
    turn: int
    used: bool = False


@dataclass(frozen=True, slots=True)
class Attention:
    """Where a conversation stands: for the person's own clock, and for notices due."""

    stretch_began: datetime | None = None
    last_at: datetime | None = None
    disclosed_at: datetime | None = None
    reminded_at: datetime | None = None

    def seen(self, now: datetime) -> Attention:
        """The attention after something was said now; a long pause begins a new stretch."""
        if self.last_at is None or now - self.last_at > PAUSE:
            return replace(self, stretch_began=now, last_at=now, reminded_at=None)
        return replace(self, last_at=now)

    def active_seconds(self, now: datetime) -> int:
        """Seconds of active use that this message adds: 0 after a pause."""
        if self.last_at is None or now - self.last_at > PAUSE:
            return 0
        return max(0, int((now - self.last_at).total_seconds()))


@dataclass(frozen=True, slots=True)
class ConversationState:
    """Everything a turn needs to know of the turns before.

    seed: fixed for a conversation; with the turn number it decides which authored line is taken,
    so that a turn repeated after a crash words itself the same way.
    said: fingerprints of the sentences already said, so that none is said twice.
    run: the exercise being done, or the last one. offered_exercise: the one our last reply
    offered, "" when it offered none; exercises: those offered or done in this conversation.
    first: the first line they wrote, "" when it was long or told of danger.
    no_exercises: whether they turned exercises down and have asked for none since.
    quiet_turn: the turn in which they last said that we ask too much.
    remembered_turn, named_turn: the turns in which a reply last took up something remembered of
    them, and last said their name.
    check_in: the kind of thing our last words asked after (remember/follow_ups.py), "" for none.
    choice_turn: the turn in which we last left them the choice of another way or a person.
    asking: the questionnaire being answered, or the last one.
    voice: the voice asked for in a talk of which nothing is kept; "" for the one of their page.
    asides: how the asides of the last few replies began, "" for a reply without one.
    offered_article: the article our last reply offered, "" when it offered none. articles: those
    handed over in this conversation; article_turn: when the last of them was.
    history: the last few messages; loaded with the conversation, not part of the stored state.
    """

    seed: str = ""
    turns: int = 0
    said: frozenset[str] = frozenset()
    threads: tuple[Thread, ...] = ()
    topic: str | None = None
    facet: str | None = None
    topic_turn: int = 0
    listen_only: bool = False
    offered_turn: int = -10
    refused_turn: int = -10
    quiet_turn: int = -10
    question_turns: tuple[int, ...] = ()
    asked_probes: tuple[str, ...] = ()
    attention: Attention = field(default_factory=Attention)
    run: Run | None = None
    offered_exercise: str = ""
    exercises: frozenset[str] = frozenset()
    no_exercises: bool = False
    first: str = ""
    remembered_turn: int = -10
    named_turn: int = -10
    check_in: str = ""
    choice_turn: int = -10
    asking: Asking | None = None
    voice: str = ""
    asides: tuple[str, ...] = ()
    offered_article: str = ""
    articles: frozenset[str] = frozenset()
    article_turn: int = -10
    history: tuple[Heard, ...] = ()

    @property
    def quiet(self) -> bool:
        """Whether the next reply asks nothing, because there were too many questions."""
        return self.turns - self.quiet_turn < _QUIET

    def with_said(self, prints: frozenset[str]) -> ConversationState:
        """The state after those sentences were said."""
        said = self.said | prints
        return replace(self, said=said if len(said) <= _KEPT_SENTENCES else prints)

    def with_thread(self, thread: Thread) -> ConversationState:
        """The state after something worth coming back to was said."""
        return replace(self, threads=(*self.threads, thread)[-_KEPT_THREADS:])


def dump(state: ConversationState) -> dict[str, Any]:
    """The stored form: JSON types only, history left out (the messages are stored themselves)."""
    attention = state.attention
    return {
        "v": 9,
        "seed": state.seed,
        "turns": state.turns,
        "said": sorted(state.said),
        "threads": [[t.quote, t.topic, t.turn, t.used] for t in state.threads],
        "topic": [state.topic, state.facet, state.topic_turn],
        "listen_only": state.listen_only,
        "offered": state.offered_turn,
        "refused": state.refused_turn,
        "quiet": state.quiet_turn,
        "questions": list(state.question_turns),
        "probes": list(state.asked_probes),
        "run": runs.dump(state.run) if state.run else None,
        "offered_exercise": state.offered_exercise,
        "exercises": sorted(state.exercises),
        "no_exercises": state.no_exercises,
        "first": state.first,
        "remembered": state.remembered_turn,
        "named": state.named_turn,
        "check_in": state.check_in,
        "choice": state.choice_turn,
        "asking": conversation.dump(state.asking) if state.asking else None,
        "voice": state.voice,
        "asides": list(state.asides),
        "articles": [state.offered_article, sorted(state.articles), state.article_turn],
        "attention": [
            moment.isoformat() if moment else None
            for moment in (
                attention.stretch_began,
                attention.last_at,
                attention.disclosed_at,
                attention.reminded_at,
            )
        ],
    }


def load(stored: Mapping[str, Any], history: tuple[Heard, ...] = ()) -> ConversationState:
    """The state back from its stored form. Raises KeyError or ValueError when it is not one."""
    if stored.get("v") == 1:
        # Conversations begun before there were exercises.
        stored = {**stored, "run": None, "offered_exercise": "", "exercises": []}
    if stored.get("v") in (1, 2):
        # And before it was kept that somebody had enough of questions.
        stored = {**stored, "quiet": -10}
    if stored.get("v") in (1, 2, 3):
        # And before it was kept that somebody wants no exercises, and how they began.
        stored = {**stored, "no_exercises": False, "first": ""}
    if stored.get("v") in (1, 2, 3, 4):
        # And before anything was remembered from one conversation to the next.
        stored = {**stored, "remembered": -10, "named": -10, "check_in": ""}
    if stored.get("v") in (1, 2, 3, 4, 5):
        # And before somebody who is not getting better was given a choice.
        stored = {**stored, "choice": -10}
    if stored.get("v") in (1, 2, 3, 4, 5, 6):
        # And before a questionnaire could be answered in it.
        stored = {**stored, "asking": None}
    if stored.get("v") in (1, 2, 3, 4, 5, 6, 7):
        # And before there were voices.
        stored = {**stored, "voice": "", "asides": []}
    if stored.get("v") in (1, 2, 3, 4, 5, 6, 7, 8):
        # And before there was a library.
        stored = {**stored, "articles": ["", [], -10]}
    topic, facet, topic_turn = stored["topic"]
    offered_article, articles, article_turn = stored["articles"]
    moments = [datetime.fromisoformat(m) if m else None for m in stored["attention"]]
    return ConversationState(
        seed=stored["seed"],
        turns=stored["turns"],
        said=frozenset(stored["said"]),
        threads=tuple(Thread(*thread) for thread in stored["threads"]),
        topic=topic,
        facet=facet,
        topic_turn=topic_turn,
        listen_only=stored["listen_only"],
        offered_turn=stored["offered"],
        refused_turn=stored["refused"],
        quiet_turn=stored["quiet"],
        question_turns=tuple(stored["questions"]),
        asked_probes=tuple(stored["probes"]),
        attention=Attention(*moments),
        run=runs.load(stored["run"]) if stored["run"] else None,
        offered_exercise=stored["offered_exercise"],
        exercises=frozenset(stored["exercises"]),
        no_exercises=stored["no_exercises"],
        first=stored["first"],
        remembered_turn=stored["remembered"],
        named_turn=stored["named"],
        check_in=stored["check_in"],
        choice_turn=stored["choice"],
        asking=conversation.load(stored["asking"]) if stored["asking"] else None,
        voice=stored["voice"],
        asides=tuple(stored["asides"]),
        offered_article=offered_article,
        articles=frozenset(articles),
        article_turn=article_turn,
        history=history,
    )
