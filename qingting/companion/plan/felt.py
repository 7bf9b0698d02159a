"""Which feeling a reply may name, and when anything may be met gladly."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from qingting.companion.plan.small_talk import big_news, good_news
from qingting.companion.plan.tone import beams, laughs, sours, told_well, wry
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.feelings import feelings_of
from qingting.companion.understand.reading import FeelingRead, at_least
from qingting.companion.work import Work

# "lol" is armour more often than joy: a glad feeling is only taken up when it is plain.
GLAD: Final = frozenset({"joy", "relief", "hope", "pride", "excitement", "gratitude", "love"})
_PLAIN: Final = 0.6
# A heavy feeling weaker than this is a guess, and no reason to pass over plain joy.
_GUESS: Final = 0.5
# Shaking hands after a yes are no fear.
_OF_EXCITEMENT: Final = frozenset({"anxiety", "fear", "hurt", "confusion", "overwhelm", "numbness"})
# So many of their messages back good news still rings.
_RINGS: Final = 2
# For so long after danger nothing is met gladly: "the only thing i'm good at" may be the harm.
_GLAD_AGAIN: Final = timedelta(days=1)


def heard_feeling(work: Work) -> FeelingRead | None:
    """The feeling a reply may name: the strongest, a glad one only when nothing else was heard
    (unless as a guess), it is plain and meant, and no danger was heard just before."""
    told = [read for read in work.reading.feelings if read.label != "neutral"]
    plain = [read for read in told if read.label in GLAD and read.strength >= _PLAIN]
    if plain and (just_in_danger(work) or not _meant(work)):
        plain = []
    heavy = [read for read in told if read.label not in GLAD]
    if plain:
        heavy = [read for read in heavy if read.strength >= _GUESS]
    if heavy and not just_in_danger(work) and _beams(work):
        heavy = []
    if heavy and still_glad(work):
        heavy = [read for read in heavy if read.label not in _OF_EXCITEMENT]
    return max(heavy or plain, key=lambda read: read.strength, default=None)


def glad(work: Work) -> bool:
    """Whether good news may be met gladly: nothing heavy was heard beside it. Where plain good news
    is all that was said, a guess at something heavy does not count."""
    feeling, text = heard_feeling(work), work.message.text
    if just_in_danger(work):
        return False
    if feeling is None or feeling.label in GLAD:
        return True
    return told_well(text, work.language) and (_beams(work) or not says_heavy(text))


def still_glad(work: Work) -> bool:
    """Whether good news was told in this message or just before, and nothing has soured it."""
    text, language = work.message.text, work.language
    if just_in_danger(work) or sours(text, language) or wry(text, language):
        return False
    before = [heard.text for heard in work.state.history if heard.speaker == "person"]
    lately = [text, *before[-_RINGS:]]
    return any(big_news(one, language) or good_news(one, language) for one in lately)


def just_in_danger(work: Work) -> bool:
    """Whether danger was heard so lately that nothing is met gladly."""
    at = work.episode.danger_at
    grave = at_least(work.episode.level, "moderate")
    return grave and at is not None and work.now - at < _GLAD_AGAIN


def _meant(work: Work) -> bool:
    """Whether a glad word is meant: not praise of another day in the rain, nor a laugh alone."""
    text, language = work.message.text, work.language
    if wry(text, language):
        return False
    return not laughs(text, language) or big_news(text, language) or good_news(text, language)


def _beams(work: Work) -> bool:
    text, language = work.message.text, work.language
    return beams(text, language) and told_well(text, language)


def says_heavy(text: str) -> bool:
    """Whether something heavy is said in the words themselves, not only guessed from them."""
    return any(
        read.label not in GLAD and read.label != "neutral" and read.strength >= _GUESS
        for read in feelings_of(cleaned(text))
    )
