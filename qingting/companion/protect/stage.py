"""The stage that answers danger before any responder runs, and says which notices are due."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from qingting.companion.events import Event, Notice, NoticeKind, Pinned, Words
from qingting.companion.library.asking import wondered
from qingting.companion.parts import Parts
from qingting.companion.plan.checked_in import plain_answer
from qingting.companion.plan.dependence import says_again
from qingting.companion.plan.exercising import says_no
from qingting.companion.plan.openings import asks_for_words
from qingting.companion.plan.requests import request_of
from qingting.companion.protect.aside import set_aside
from qingting.companion.protect.beside import feeling_told, told_beside
from qingting.companion.protect.bodily import with_bodily
from qingting.companion.protect.childhood import weighed_for_a_child
from qingting.companion.protect.danger import Answer, answer
from qingting.companion.protect.episode import Episode, raised
from qingting.companion.protect.facets import DIRECT, SENT, UNSHAKEN
from qingting.companion.protect.guesses import (
    about_medicine,
    cautious,
    more_of_the_same,
    not_about_dying,
    only_a_sign,
    only_asked,
    only_wondered,
    tempered,
    told_harmless,
)
from qingting.companion.protect.hearing import heard
from qingting.companion.protect.last_words import LAST_WORDS
from qingting.companion.protect.long_ago import asked_about
from qingting.companion.protect.move import Move
from qingting.companion.protect.moves import decide
from qingting.companion.protect.naming import role_of
from qingting.companion.protect.notices import disclosure_due, notice_text
from qingting.companion.protect.places import help_for
from qingting.companion.protect.plan_talk import next_step, taken, tells_a_sign
from qingting.companion.protect.questioned import met_here, only_answers, tick_of
from qingting.companion.protect.said import Said, advance, says_dying, worst_kind
from qingting.companion.protect.telling import means_named
from qingting.companion.protect.turning import taken_after_all, taken_back
from qingting.companion.protect.voice import Voice
from qingting.companion.understand.about_us import asked_about_us
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.reading import Kind, at_least
from qingting.companion.understand.situations import Situation
from qingting.companion.words.bank import ContentError, bank
from qingting.companion.words.script import in_script
from qingting.companion.work import Protection, Work

log = logging.getLogger(__name__)


class Protect:
    """Updates the episode, speaks the authored words of danger, tells notices that are due."""

    name = "protect"
    limit = 2.0

    async def run(self, work: Work, parts: Parts) -> AsyncIterator[Event]:
        """See the class."""
        for notice in _notices_due(work):
            yield notice
        before = work.episode = set_aside(work.episode, work.reading.risk)
        tick = tick_of(work)
        if tick is not None:
            for event in met_here(work, tick):
                yield event
            return
        text = work.message.text
        said = _said(work)
        work.episode = advance(before, said, work.now)
        situation = told_beside(work, said)
        owed = situation is not None and situation.answers
        tells = situation is not None or feeling_told(work)
        said = replace(said, tells=tells, owed=owed)
        step = next_step(before, text)
        move = decide(
            before,
            work.episode,
            said,
            conversation=work.conversation,
            now=work.now,
            first=work.state.turns == 0,
            step=step,
        )
        at_hand = help_for(work.person, work.language, work.now, parts.directory())
        kind = worst_kind(work.episode, said.risk)
        work.chooser.slots = {
            **work.chooser.slots,
            **at_hand.slots(kind),
            **_named_slots(said, work.episode),
        }
        if move.name in ("none", "aside"):
            # "Will you tell my parents?" is owed a straight answer before the next question.
            if _concerns_danger(work):
                grave = at_least(work.episode.level, "high")
                authored = grave or not UNSHAKEN.isdisjoint(_open_kinds(work.episode))
                work.protection = Protection(may_offer=False, path=move.path, authored=authored)
            work.episode = _closed(work.episode)
            return
        voice = Voice(
            bank(work.language),
            work.chooser,
            work.language,
            work.episode,
            work.person.is_minor,
            situation,
            work.tells,
        )
        grave = at_least(work.episode.level, "imminent")
        pinned = at_hand.pinned_now(kind) if grave else at_hand.pinned_for(kind)
        told = answer(voice, move)
        if move.name == "beside":
            _left_to_say(work, move, told, situation)
            return
        for event in _told(work, move, told, pinned):
            yield event

    def fall_back(self, work: Work, parts: Parts) -> Sequence[Event]:
        """Risk falls towards human help: the last words, unless danger was already answered."""
        if work.spoken or not _concerns_danger(work):
            return ()
        # What was read is kept all the same, so that the next message is not met as if nothing was.
        risk = work.reading.risk
        work.episode = raised(
            work.episode, risk.levels, work.now, subject=risk.subject, reason="heard, words failed"
        )
        work.responder = "safety"
        work.protection = Protection(answered=True, may_offer=False)
        words = LAST_WORDS[work.language]
        work.spoken.append(words)
        return (Words(words),)


def _said(work: Work) -> Said:
    """What the message is to the episode, with what is only guessed weighed against it."""
    text = work.message.text
    meant = asked_about(text, work.reading.risk, work.episode)
    read = taken_back(text, taken_after_all(text, meant), work.episode)
    plain = only_asked(read, _request(work), work.episode)
    plain = only_wondered(plain, wondered(text, work.language), work.episode)
    plain = only_a_sign(plain, tells_a_sign(next_step(work.episode, text), text), work.episode)
    plain = more_of_the_same(plain, says_dying(text), work.episode)
    risk, hint = tempered(cautious(plain, work.episode), work.episode)
    risk = weighed_for_a_child(risk, work.person.age_band)
    reading = replace(work.reading, risk=risk)
    said = heard(reading, work.episode, work.message.text, work.language)
    if said.told.get(DIRECT) in ("yes", "some"):
        # A yes to the direct question is no guess any more.
        said = replace(said, risk=tempered(work.reading.risk, work.episode)[0])
    if "outcome" in said.told and work.reading.risk.guessed:
        # "Her dad is with her, she's safe" has the words of danger and is its end.
        said = replace(said, risk=replace(said.risk, level="low", levels={}))
    about_us = _about_us(work.message.text)
    risk = told_harmless(about_medicine(said.risk, said.barrier), said.told, work.episode)
    risk = not_about_dying(risk, said.told, work.episode)
    said = with_bodily(replace(said, risk=risk, about_us=about_us, hint=hint), work.episode)
    if said.told.get("draft") == "wanted" and said.named is None and work.episode.people.named:
        # "Can you write it?" is about the one who was named before.
        last = work.episode.people.named[-1]
        return replace(said, named=last, role=role_of(last))
    return said


def _request(work: Work) -> str | None:
    try:
        if work.state.check_in and plain_answer(work.message.text, work.language):
            return "check_in"
        if only_answers(work):
            return "questions"
        asked = request_of(work) or ("no_exercise" if says_no(work) else None)
        return asked or ("opening" if asks_for_words(work) else None)
    except ContentError as error:
        log.error("small talk cannot be read: %s", type(error).__name__)
        return None


def _about_us(text: str) -> str | None:
    try:
        return asked_about_us(cleaned(text).text)
    except ContentError as error:
        # A broken list of small talk must not cost anyone the words of danger.
        log.error("questions about us cannot be read: %s", type(error).__name__)
        return None


def _open_kinds(episode: Episode) -> list[Kind]:
    return [kind for kind, level in episode.levels.items() if at_least(level, "moderate")]


def _concerns_danger(work: Work) -> bool:
    return at_least(work.reading.risk.level, "moderate") or at_least(work.episode.level, "moderate")


def _told(work: Work, move: Move, told: Answer, pinned: tuple[str, str] | None) -> Iterator[Event]:
    """Tell an answer: its words, and a line to keep in sight when one was given."""
    work.episode = _after(work.episode, move, told, work.conversation)
    if told.number and pinned is not None:
        label, href = pinned
        yield Pinned(in_script(label, work.person, wrote=work.message.text), href)
    glue = "" if work.language == "zh" else " "
    for index, line in enumerate(told.lines):
        text = in_script(line, work.person, wrote=work.message.text)
        piece = text if index == 0 else glue + text
        work.spoken.append(piece)
        yield Words(piece)
    work.state = replace(work.state, asked_probes=(*work.state.asked_probes, *told.probes))
    work.protection = Protection(
        answered=bool(told.lines),
        may_offer=False,
        path=move.path,
        resources_shown=told.number,
        plan_items=(move.step.item,) if move.step and move.step.item else (),
    )
    if told.lines:
        work.responder = "safety"


def _left_to_say(work: Work, move: Move, told: Answer, situation: Situation | None) -> None:
    """What they told is answered by authored words first; the question comes after those."""
    work.episode = _after(work.episode, move, told, work.conversation)
    work.state = replace(work.state, asked_probes=(*work.state.asked_probes, *told.probes))
    work.protection = Protection(
        may_offer=False,
        path=move.path,
        listening=True,
        after=told.lines,
        situation=situation,
    )


def _after(episode: Episode, move: Move, told: Answer, conversation: str) -> Episode:
    """The episode after an answer was given."""
    steps = episode.steps
    if move.step is not None:
        steps = taken(steps, move.step)
    elif steps.plan_at:
        steps = replace(steps, plan_at="")
    if told.offered:
        steps = replace(steps, offered={**steps.offered, told.offered: "offered"})
    if move.about.isdigit():
        steps = replace(steps, back=steps.back | {int(move.about)})
    asking = episode.asking.putting(told.probes, told.said)
    if told.offered.startswith("named."):
        asking = replace(asking, open=f"{move.path}.{SENT}")
    episode = replace(episode, steps=steps, asking=asking)
    if told.number or (move.number is not None and told.lines):
        # Where the place has no line to give, people were named instead: once is enough, too.
        episode = replace(episode, number_level=episode.level, number_in=conversation)
    return episode


def _closed(episode: Episode) -> Episode:
    """The episode when the responder speaks: no question of ours is open any more."""
    return replace(
        episode,
        asking=replace(episode.asking, open=""),
        steps=replace(episode.steps, plan_at=""),
    )


def _named_slots(said: Said, episode: Episode) -> dict[str, str]:
    """Who and what was named, in words that can be said back."""
    slots = {}
    if said.named is not None:
        slots["who"] = said.named
    known = episode.asking.known.get("suicide.means") or episode.asking.known.get("self_harm.means")
    means = means_named(said.words) or (means_named(known.words) if known else None)
    if means is not None:
        slots["means"] = means
    return slots


def _notices_due(work: Work) -> Iterator[Notice]:
    attention, now = work.state.attention, work.now
    seen = attention.seen(now)
    work.disclosed = says_again(work)
    if work.disclosed or disclosure_due(attention, work.policy, now):
        seen = replace(seen, disclosed_at=now)
        yield _notice(work, "ai_disclosure")
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
