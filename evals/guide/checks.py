"""The rules of guided talk, one pure function each: a conversation in, the failing turns out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from evals.guide import texts
from evals.guide.play import Exchange, Played
from evals.guide.words import ADVISING, FEELING, OFFERING, WHY_ASKED
from qingting.companion.person import Language
from qingting.companion.understand.reading import at_least, rank
from tests.companion.banned import banned_in

# Words of an English reply, characters of a Chinese one; characters of a long one in either.
_ORDINARY: Final[dict[Language, int]] = {"zh": 110, "en": 60}
_LONG: Final = 500
_VENTING_TURNS: Final = 3
# A telephone line, by its digits or its hours.
_NUMBER: Final = re.compile(r"\d{3,}-\d{3,}|\d{5,}|24/7|24 ?小[时時]")


@dataclass(frozen=True, slots=True)
class Failure:
    """One exchange that breaks a rule, and what breaks it."""

    exchange: Exchange
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check looked at and what failed."""

    checked: tuple[Exchange, ...] = ()
    failed: tuple[Failure, ...] = ()


Check = Callable[[Played], Outcome]


def over(check: Check, plays: Iterable[Played]) -> Outcome:
    """One check over many conversations."""
    outcomes = [check(played) for played in plays]
    return Outcome(
        tuple(exchange for outcome in outcomes for exchange in outcome.checked),
        tuple(failure for outcome in outcomes for failure in outcome.failed),
    )


def repeats(played: Played) -> Outcome:
    """No sentence twice in a conversation, a few words excepted."""
    said: dict[str, int] = {}
    failed = []
    for exchange in played:
        for sentence in texts.sentences(exchange.reply):
            key = texts.same(sentence)
            if not key or texts.too_short_to_repeat(sentence):
                continue
            if key in said:
                failed.append(Failure(exchange, f"as in turn {said[key]}: {sentence}"))
            else:
                said[key] = exchange.index + 1
    return Outcome(played, tuple(_first_each(failed)))


def takes_up_picks(played: Played) -> Outcome:
    """Every reply takes up something of the message, by the words its author noted alone."""
    return _told(
        [exchange for exchange in played if not texts.says_little(exchange.turn.say)],
        lambda exchange: "" if taken_up(exchange) == "picks" else "none of the noted words",
    )


def takes_up(played: Played) -> Outcome:
    """Every reply takes up something: a noted word, words of the message, a line written for just
    the moment it tells of, or why it asks."""
    return _told(
        [exchange for exchange in played if not texts.says_little(exchange.turn.say)],
        lambda exchange: "" if taken_up(exchange) else "nothing of the message",
    )


def takes_up_little(played: Played) -> Outcome:
    """The same for messages that hardly say a thing; counted apart, few replies can."""
    return _told(
        [exchange for exchange in played if texts.says_little(exchange.turn.say)],
        lambda exchange: "" if taken_up(exchange) else "nothing of the message",
    )


def taken_up(exchange: Exchange) -> Literal["picks", "words", "moment", "why", ""]:
    """How a reply takes up its message; "" when it does not."""
    reply, said = texts.folded(exchange.reply), exchange.turn.say
    if any(texts.holds(reply, texts.folded(pick)) for pick in exchange.turn.picks):
        return "picks"
    if texts.bigrams(said) & texts.bigrams(reply) or texts.stems(said) & texts.stems(reply):
        return "words"
    if exchange.plan.situation is not None and exchange.responder == "guided":
        return "moment"
    return "why" if WHY_ASKED[_language(exchange.reply)].search(reply) else ""


def one_question(played: Played) -> Outcome:
    """At most one question in a reply."""
    return _told(played, lambda exchange: _several(texts.questions(exchange.reply)))


def length(played: Played) -> Outcome:
    """Short replies; longer ones in exercises, in danger and where more was asked for."""
    return _told(played, _too_long)


def language(played: Played) -> Outcome:
    """The reply is in the language the person writes, or the one marked for the turn."""
    expected: Language = played[0].script.language if played else "zh"
    failed = []
    for exchange in played:
        expected = exchange.turn.language or texts.language_of(exchange.turn.say, expected)
        told = texts.language_of(texts.without_quotes(exchange.reply), expected)
        if told != expected:
            failed.append(Failure(exchange, f"{told}, not {expected}"))
    return Outcome(played, tuple(failed))


def after_refusal(played: Played) -> Outcome:
    """No offer in the reply to a refusal nor in the next one, unless the person asks."""
    near: list[Exchange] = []
    since = 2
    for exchange in played:
        since = 0 if exchange.turn.refuses else since + 1
        if exchange.turn.asks:
            since = 2
        if since <= 1:
            near.append(exchange)
    return _told(near, _offers)


def venting(played: Played) -> Outcome:
    """Who only pours out gets no advice and no offer in the first three turns."""
    early = [
        exchange
        for exchange in played[:_VENTING_TURNS]
        if exchange.script.venting and not exchange.turn.asks
    ]
    return _told(early, lambda exchange: _offers(exchange) or _advises(exchange))


def plain(played: Played) -> Outcome:
    """A plain request is not met with nothing but a question about feelings."""
    return _told([exchange for exchange in played if exchange.turn.plain], _only_feeling)


def plain_met(played: Played) -> Outcome:
    """A plain request is heard as one: the reply was not planned as ordinary talk."""
    return _told([exchange for exchange in played if exchange.turn.plain], _ordinary_talk)


def danger(played: Played) -> Outcome:
    """Nobody is in danger in these scripts: no words of danger, no number, no episode raised."""
    return _told(played, _alarm)


def banned(played: Played) -> Outcome:
    """No worn or forbidden wording (tests/companion/banned.py) outside the person's own words."""
    return _told(played, _banned)


RULES: Final[dict[str, Check]] = {
    "repeats": repeats,
    "takes_up_picks": takes_up_picks,
    "takes_up": takes_up,
    "takes_up_little": takes_up_little,
    "one_question": one_question,
    "length": length,
    "language": language,
    "after_refusal": after_refusal,
    "venting": venting,
    "plain": plain,
    "plain_met": plain_met,
    "danger": danger,
    "banned": banned,
}


def _told(exchanges: Iterable[Exchange], why: Callable[[Exchange], str]) -> Outcome:
    checked = tuple(exchanges)
    told = [Failure(exchange, why(exchange)) for exchange in checked]
    return Outcome(checked, tuple(failure for failure in told if failure.why))


def _first_each(failed: Iterable[Failure]) -> Iterable[Failure]:
    """The first failure of each turn: a turn fails once."""
    return {failure.exchange.index: failure for failure in reversed(list(failed))}.values()


def _language(text: str) -> Language:
    return texts.language_of(texts.without_quotes(text), "zh")


def _several(questions: list[str]) -> str:
    return f"{len(questions)} questions: {' | '.join(questions)}" if len(questions) > 1 else ""


def _too_long(exchange: Exchange) -> str:
    tongue = _language(exchange.reply)
    if exchange.in_exercise or exchange.turn.more or _alarm(exchange):
        told, most, unit = len(exchange.reply), _LONG, "characters"
    else:
        told, most = texts.size(exchange.reply, tongue), _ORDINARY[tongue]
        unit = "characters" if tongue == "zh" else "words"
    return f"{told} {unit}, {most} are the most" if told > most else ""


def _offers(exchange: Exchange) -> str:
    plan = exchange.plan
    if plan.offer or plan.part:
        return f"plan: offer {plan.offer}, exercise {plan.exercise} ({plan.part})"
    if "suggestion" in (plan.skill, plan.second):
        return "plan: suggestion"
    found = OFFERING[_language(exchange.reply)].search(texts.without_quotes(exchange.reply))
    return f"words: {found.group()}" if found else ""


def _advises(exchange: Exchange) -> str:
    found = ADVISING[_language(exchange.reply)].search(texts.without_quotes(exchange.reply))
    return f"words: {found.group().strip()}" if found else ""


def _only_feeling(exchange: Exchange) -> str:
    told = texts.sentences(texts.without_quotes(exchange.reply))
    pattern = FEELING[_language(exchange.reply)]
    only = bool(told) and all(texts.questions(one) and pattern.search(one) for one in told)
    return "only a question about a feeling" if only else ""


def _ordinary_talk(exchange: Exchange) -> str:
    plan = exchange.plan
    return "" if plan.small or plan.part else "taken for ordinary talk"


def _alarm(exchange: Exchange) -> str:
    plan = exchange.plan
    if plan.stage == "safety" or plan.why == "danger" or exchange.responder == "safety":
        return f"answered as danger (episode {exchange.level})"
    if at_least(exchange.level, "moderate") and rank(exchange.level) > rank(exchange.before):
        return f"episode raised to {exchange.level}"
    found = _NUMBER.search(texts.without_quotes(exchange.reply))
    return f"a number is given: {found.group()}" if found else ""


def _banned(exchange: Exchange) -> str:
    about = any("counsel" in topic or "therap" in topic for topic in exchange.script.topics)
    ours = texts.without_quotes(exchange.reply)
    found = banned_in(ours, _language(ours), about_counselling=about)
    return found or ""
