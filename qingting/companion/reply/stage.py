"""The stage that words the reply: by a model when one may, by the guided responder otherwise.

Model text is released sentence by sentence; a sentence that fails the guard, a stream that breaks
or is slow ends the model's part, and the guided responder finishes in the same bubble. Words
already shown stay.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal

from qingting.companion.events import Event, Notice, Pinned, ResponderChanged, Words
from qingting.companion.parts import Parts
from qingting.companion.plan.answering import ANSWERED
from qingting.companion.plan.articles import ARTICLE
from qingting.companion.plan.checked_in import CHECK_IN
from qingting.companion.plan.dependence import TO_US
from qingting.companion.plan.no_better import NO_BETTER
from qingting.companion.plan.openings import OPENING
from qingting.companion.plan.questions import QUESTIONS
from qingting.companion.plan.requests import AUTHORED
from qingting.companion.plan.voiced import VOICE
from qingting.companion.plan.wished import FORGET, NOTED
from qingting.companion.ports import ChatModel
from qingting.companion.protect.guard import problem_with
from qingting.companion.protect.last_words import LAST_WORDS
from qingting.companion.protect.notices import notice_text
from qingting.companion.protect.places import help_for
from qingting.companion.reply.guided import responder as guided
from qingting.companion.reply.guided.article import card
from qingting.companion.reply.guided.questions import Verbatim
from qingting.companion.reply.model.masking import has_token
from qingting.companion.reply.model.prompt import memories_of, messages_for, texts_of
from qingting.companion.reply.model.pump import Ended, Pump
from qingting.companion.words.choose import fingerprints
from qingting.companion.words.script import in_script
from qingting.companion.work import Work

# A short reply that the model will not end is ended for it, at a sentence.
_SENTENCES: Final = {"short": 4, "normal": 6, "long": 20}
_TOKENS: Final = {"short": 320, "normal": 480, "long": 1200}

# What is promised or asked in words of our own.
AUTHORED_BEGINNINGS: Final = (
    *("about_you", "human", OPENING, CHECK_IN, NOTED, FORGET, NO_BETTER),
    *(QUESTIONS, VOICE, ARTICLE, TO_US),
)

Cause = Literal["model_failed", "model_slow", "sentence_refused", "stopped"]


class Reply:
    """Words the reply unless danger was already answered."""

    name = "reply"
    # The responders keep their own, tighter limits; this one only ends a bug.
    limit = 120.0

    async def run(self, work: Work, parts: Parts) -> AsyncIterator[Event]:
        """See the class."""
        if work.protection.answered:
            return
        model, capped = _model_for(work, parts)
        if capped:
            work.notices.append("model_cap")
            yield Notice(
                "model_cap",
                in_script(notice_text("model_cap", work.language, work.state.seed, 0), work.person),
            )
        if model is None:
            for event in _guided(work, parts, guided.compose(work)):
                yield event
            return
        async for event in _by_model(work, parts, model):
            yield event

    def fall_back(self, work: Work, parts: Parts) -> Sequence[Event]:
        """The guided responder finishes; if even that fails, the last words."""
        if work.spoken and work.responder == "safety":
            return ()
        try:
            return tuple(_guided(work, parts, guided.finish(work)))
        except Exception:  # noqa: BLE001  # content itself may be broken; there is still one sentence
            work.spoken.append(LAST_WORDS[work.language])
            return (Words(LAST_WORDS[work.language]),)


def _model_for(work: Work, parts: Parts) -> tuple[ChatModel | None, bool]:
    """The model that may word this reply, and whether only the daily cap forbids it."""
    model = parts.model
    if model is None or (model.hosted and not work.policy.hosted_model):
        return None, False
    # Beside open danger nothing is said that was not written for it.
    if work.protection.listening or work.protection.authored:
        return None, False
    # Answers about ourselves must be true whichever model runs, so they are always authored.
    if work.plan.small is not None and work.plan.small.startswith(AUTHORED_BEGINNINGS):
        return None, False
    if work.plan.small in AUTHORED or work.plan.small == ANSWERED:
        return None, False
    # Who goes is let go, and a greeting that must not ask how they are does not: by our own lines.
    asks = work.policy.asks_first(minor=work.person.is_minor)
    if work.plan.small in ("goodbye", "hush") or (work.plan.small == "hello" and not asks):
        return None, False
    # The steps of an exercise are what was tried and written down: no model words them.
    if work.plan.part in ("begin", "go_on", "resume"):
        return None, False
    if not parts.allowance.take(work.policy.model_calls_per_day):
        return None, parts.allowance.first_refusal
    return model, False


def _guided(work: Work, parts: Parts, lines: Iterable[str]) -> Iterator[Event]:
    for line in (*lines, *work.protection.after):
        text = _written(line, work)
        spaced = not work.spoken or work.spoken[-1].endswith((" ", "\n"))
        glue = " " if work.language == "en" and not spaced else ""
        work.spoken.append(glue + text)
        yield Words(glue + text)
    if work.article is not None:
        shown = card(work.article, work.language, work.person, wrote=work.message.text)
        if shown is not None and work.to_read is None:
            work.to_read = shown
            yield shown
    if work.plan.small != "human":
        return
    # Looked up only now: an unreadable directory must not cost anyone an ordinary answer.
    at_hand = help_for(work.person, work.language, work.now, parts.directory())
    if at_hand.pinned is not None:
        work.protection = replace(work.protection, resources_shown=True)
        label, href = at_hand.pinned
        yield Pinned(in_script(label, work.person, wrote=work.message.text), href)


def _written(line: str, work: Work) -> str:
    """A line in their characters; the words of a questionnaire are its owner's and stay."""
    if isinstance(line, Verbatim):
        return line
    return in_script(line, work.person, wrote=work.message.text)


async def _by_model(work: Work, parts: Parts, model: ChatModel) -> AsyncIterator[Event]:
    mask = parts.masking()
    memories = memories_of(work, hosted=model.hosted)
    if model.hosted:
        mask.learn(texts_of(work, memories))
    messages = messages_for(work, mask.mask if model.hosted else str, memories)
    given = dict.fromkeys(one for told in memories for one in told.ids)
    work.used += [one for one in given if one not in work.used]
    limits = parts.limits
    work.responder = "model"
    most = _SENTENCES[work.plan.length]
    cause: Cause | None = None
    async with Pump(model, messages, _TOKENS[work.plan.length]) as pump:
        parts.stop.listen(pump.stop)
        async for item in pump.sentences(
            first=limits.first_words, between=limits.between, whole=limits.whole
        ):
            if isinstance(item, Ended):
                cause = None if item.reason == "complete" else item.reason
                break
            sentence = mask.unmask(item) if model.hosted else item
            verdict = _verdict(sentence, work)
            if verdict == "skip":
                continue
            if verdict == "refuse":
                cause = "sentence_refused"
                break
            yield _say(work, sentence)
            if len(work.spoken) >= most:
                break
    for event in _finished(work, parts, cause):
        yield event


def _verdict(sentence: str, work: Work) -> Literal["say", "skip", "refuse"]:
    if not sentence.strip():
        return "skip"
    if has_token(sentence):
        return "refuse"  # the model made up a name
    before = work.spoken[-1] if work.spoken else ""
    problem = problem_with(sentence, work.language, user=work.message.text, before=before)
    if problem is None and work.state.quiet and sentence.rstrip().endswith(("？", "?")):
        # They had enough of questions: what is said without one is kept.
        return "skip"
    if problem is not None:
        # A worn phrase does no harm but helps nobody: left out, the rest may be good.
        return "skip" if problem == "stock" else "refuse"
    prints = fingerprints(sentence)
    return "skip" if prints and prints <= work.chooser.said else "say"


def _say(work: Work, sentence: str) -> Words:
    text = in_script(sentence, work.person, wrote=work.message.text)
    if not work.spoken:
        text = text.lstrip()
    work.chooser.said |= fingerprints(sentence)
    work.spoken.append(text)
    return Words(text)


def _finished(work: Work, parts: Parts, cause: Cause | None) -> Iterator[Event]:
    if cause is None and work.spoken:
        yield from _guided(work, parts, guided.offers(work))
        return
    if cause == "stopped":
        yield ResponderChanged("guided", "stopped")
        if not work.spoken:
            yield from _guided(work, parts, guided.stopped(work))
        return
    work.fell_back = True
    yield ResponderChanged("guided", cause or "model_failed")
    if not work.spoken:
        # What the model was given went into no reply.
        work.responder = "guided"
        work.used.clear()
    yield from _guided(work, parts, guided.finish(work))
