"""An answer to a questionnaire that tells of danger: how grave it is taken, and what is said to it.

A tick is no sentence: "several days" on an item about death and hurting oneself may be a passing
thought or a plan. So the level only decides how we go on; what it means is asked, directly, in the
same reply. Where it could be either, it counts as the graver.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal

from qingting.companion.person import Person
from qingting.companion.protect import danger
from qingting.companion.protect.episode import Episode, raised
from qingting.companion.protect.facets import DIRECT, Facet
from qingting.companion.protect.last_words import LAST_WORDS
from qingting.companion.protect.move import Move
from qingting.companion.protect.moves import decide
from qingting.companion.protect.places import help_for
from qingting.companion.protect.resources import Directory
from qingting.companion.protect.said import Said
from qingting.companion.protect.voice import Voice
from qingting.companion.understand.reading import Level, Risk, at_least, rank
from qingting.companion.words.bank import ContentError, bank
from qingting.companion.words.choose import Chooser
from qingting.companion.words.script import in_script

log = logging.getLogger(__name__)

# How the first words take it (content/<language>/safety/ticked.toml).
Tone = Literal["some", "often", "told", "declined"]
_TONES: Final[tuple[Tone, ...]] = ("declined", "some", "often", "told")
# The moves whose first words would speak of something they wrote.
_LED: Final = frozenset({"moderate", "high", "answer", "stay"})


@dataclass(frozen=True, slots=True)
class Ticked:
    """One such answer. item: its key, as it stands in the record of the episode. level: what it
    shows at the least. told: what it answers of the things we would ask. tone: how it is met."""

    item: str
    level: Level
    tone: Tone = "some"
    told: Mapping[Facet, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Met:
    """What is said. words: in the reader's characters. line: label and address of a line to keep
    in sight. episode: after it."""

    words: str
    line: tuple[str, str] | None
    episode: Episode


def together(found: Sequence[Ticked]) -> Ticked:
    """Several such answers as one: the gravest leads. found: at least one."""
    worst = max(found, key=lambda one: (rank(one.level), _TONES.index(one.tone)))
    told = {facet: value for one in found for facet, value in one.told.items()}
    return replace(worst, item=" ".join(one.item for one in found), told={**told, **worst.told})


def met(one: Ticked, person: Person, episode: Episode, now: datetime, seed: str) -> Met:
    """What is said to it, in the authored words of a talk, and the episode after that. seed: with
    it the same words are taken each time."""
    after = _raised(episode, one, now)
    try:
        return _met(one, person, episode, after, now, seed)
    except ContentError as error:
        log.error("words for an answered item cannot be read: %s", type(error).__name__)
        return Met(in_script(LAST_WORDS[person.language], person), None, after)


def _met(
    one: Ticked, person: Person, before: Episode, after: Episode, now: datetime, seed: str
) -> Met:
    said = Said(risk=Risk(level=one.level, levels={"suicide": one.level}), words=one.item)
    move = decide(before, after, said, conversation=seed, now=now, first=False)
    at_hand = help_for(person, person.language, now, Directory.load())
    chooser = Chooser(seed, 1, after.asking.said, at_hand.slots("suicide"))
    voice = Voice(bank(person.language), chooser, person.language, after, person.is_minor)
    answered = _led(voice, move, one.tone) if move.name in _LED else danger.answer(voice, move)
    grave = at_least(after.level, "imminent")
    line = at_hand.pinned_now("suicide") if grave else at_hand.pinned_for("suicide")
    glue = "" if person.language == "zh" else " "
    words = glue.join(in_script(text, person) for text in answered.lines)
    return Met(
        words or in_script(LAST_WORDS[person.language], person),
        (in_script(line[0], person), line[1]) if line is not None else None,
        _put(after, move, answered, seed),
    )


def lead(one: Ticked, person: Person, seed: str) -> str:
    """The first words alone: for whoever reads it again, when the question was put already."""
    chooser = Chooser(seed, 1, frozenset(), {})
    lines = bank(person.language).lines("safety", "ticked", one.tone, "lead")
    return in_script(chooser.choose(lines) or LAST_WORDS[person.language], person)


def _raised(episode: Episode, one: Ticked, now: datetime) -> Episode:
    """Levels rise to what was answered; what it tells is known from now on."""
    # The kind is suicide also where the item asks after hurting oneself in the same breath: the
    # graver reading is asked about first.
    risen = raised(episode, {"suicide": one.level}, now, reason="ticked", evidence=one.item)
    told = dict(one.told)
    if risen.asking.value("suicide", DIRECT) == "no":
        # A no in a talk does not stand beside this.
        told.setdefault(DIRECT, "some")
    return replace(risen, asking=risen.asking.telling("suicide", told, one.item, now))


def _led(voice: Voice, move: Move, tone: Tone) -> danger.Answer:
    """Words that begin with the tick instead of something they wrote."""
    voice.path = move.path
    first = voice.plain(voice.safety("ticked", tone, "lead")) or voice.stay()
    # The direct question goes before all others for as long as nothing answers it.
    direct = tuple(facet for facet in move.asks if facet == DIRECT)
    move = replace(move, number="line", asks=(*direct, *move.asks))
    parts = [first, voice.bring(move), voice.ask(move)]
    lines = tuple(line for line in parts if line)
    return danger.Answer(lines, tuple(voice.asked), voice.said, voice.number)


def _put(episode: Episode, move: Move, told: danger.Answer, seed: str) -> Episode:
    """The episode once our question stands before them."""
    episode = replace(episode, asking=episode.asking.putting(told.probes, told.said))
    if told.number or (move.number is not None and told.lines):
        episode = replace(episode, number_level=episode.level, number_in=seed)
    return episode
