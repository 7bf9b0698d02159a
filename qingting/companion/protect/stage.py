"""The stage that answers danger before any responder runs, and says which notices are due."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from qingting.companion.events import Event, Notice, NoticeKind, Pinned, Words
from qingting.companion.parts import Parts
from qingting.companion.protect import episode as episodes
from qingting.companion.protect.danger import (
    Answer,
    DangerWords,
    path_of,
    situation_of,
    worst_kind,
)
from qingting.companion.protect.last_words import LAST_WORDS
from qingting.companion.protect.notices import notice_text
from qingting.companion.protect.places import Help, help_for
from qingting.companion.understand.reading import at_least
from qingting.companion.words.bank import bank
from qingting.companion.words.script import in_script
from qingting.companion.work import Protection, Work


class Protect:
    """Updates the episode, speaks the authored words of danger, tells notices that are due."""

    name = "protect"
    limit = 2.0

    async def run(self, work: Work, parts: Parts) -> AsyncIterator[Event]:
        """See the class."""
        for notice in _notices_due(work):
            yield notice
        work.episode = episodes.heard(work.episode, work.reading, work.now)
        at_hand = help_for(work.person, work.language, work.now, parts.directory())
        kind = worst_kind(work.episode, work.reading)
        work.chooser.slots = {**work.chooser.slots, **at_hand.slots(kind)}
        if kind is None or not _concerns_danger(work):
            return
        path = path_of(kind, work.episode, work.reading)
        situation = situation_of(work.reading, work.episode, work.state, work.message.text)
        if situation == "open" and work.reading.need == "about_you":
            # "Will you tell my parents?" is owed a straight answer before the next question.
            work.protection = Protection(may_offer=False, path=path)
            return
        words = DangerWords(bank(work.language), work.chooser, path, work.state)
        due = work.episode.number_due(work.conversation) or work.reading.need == "human"
        answer = words.answer(situation, work.episode, number_due=due)
        for event in _told(work, answer, path, at_hand):
            yield event

    def fall_back(self, work: Work, parts: Parts) -> Sequence[Event]:
        """Risk falls towards human help: the last words, unless danger was already answered."""
        if work.spoken or not _concerns_danger(work):
            return ()
        work.responder = "safety"
        work.protection = Protection(answered=True, may_offer=False)
        words = LAST_WORDS[work.language]
        work.spoken.append(words)
        return (Words(words),)


def _concerns_danger(work: Work) -> bool:
    return at_least(work.reading.risk.level, "moderate") or at_least(work.episode.level, "moderate")


def _told(work: Work, answer: Answer, path: str, at_hand: Help) -> Iterator[Event]:
    """Tell an answer: its words, and a line to keep in sight when one was given."""
    lines = answer.lines
    if answer.number:
        work.episode = replace(
            work.episode, number_level=work.episode.level, number_in=work.conversation
        )
        if at_hand.pinned is not None:
            label, href = at_hand.pinned
            yield Pinned(in_script(label, work.person, wrote=work.message.text), href)
    glue = "" if work.language == "zh" else " "
    for index, line in enumerate(lines):
        text = in_script(line, work.person, wrote=work.message.text)
        piece = text if index == 0 else glue + text
        work.spoken.append(piece)
        yield Words(piece)
    work.state = replace(work.state, asked_probes=(*work.state.asked_probes, *answer.probes))
    work.protection = Protection(
        answered=bool(lines), may_offer=False, path=path, resources_shown=answer.number
    )
    if lines:
        work.responder = "safety"


def _notices_due(work: Work) -> Iterator[Notice]:
    attention, now, policy = work.state.attention, work.now, work.policy
    seen = attention.seen(now)
    if attention.disclosed_at is None:
        due: NoticeKind | None = "ai_disclosure" if policy.disclose_at_start else None
    else:
        due = (
            "ai_disclosure" if now - attention.disclosed_at >= policy.disclosure_interval else None
        )
    if due is not None:
        seen = replace(seen, disclosed_at=now)
        yield _notice(work, due)
    if _break_due(seen.stretch_began, seen.reminded_at, work):
        seen = replace(seen, reminded_at=now)
        yield _notice(work, "break_reminder")
    work.state = replace(work.state, attention=seen)


def _break_due(began: datetime | None, reminded: datetime | None, work: Work) -> bool:
    # Never in the middle of danger: a pause is not what is needed then.
    if began is None or _concerns_danger(work):
        return False
    return work.now - max(began, reminded or began) >= work.policy.break_after(
        minor=work.person.is_minor
    )


def _notice(work: Work, kind: NoticeKind) -> Notice:
    work.notices.append(kind)
    text = notice_text(kind, work.language, work.state.seed, work.state.turns)
    return Notice(kind, in_script(text, work.person, wrote=work.message.text))
