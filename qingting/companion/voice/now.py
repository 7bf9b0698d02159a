"""Which voice a reply has: the chosen one, and the plain one wherever danger is near.

Danger heard makes it plain at once, of any kind and from its lowest level, and danger that is open
keeps it plain until the episode is closed: nobody is comforted by a costume
(docs/decisions/0018-voices.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from qingting.companion.plan.felt import GLAD
from qingting.companion.understand.reading import at_least
from qingting.companion.voice.words import PLAIN, VoiceWords, voice_words
from qingting.companion.work import Work

_NEWS: Final = frozenset({"good_news", "big_news"})
# Shapes of everyday messages that are told gladly (content moves/remark.toml).
_CHEERFUL: Final = frozenset({"excited", "laughing", "nice", "done"})
_EXCLAIMED: Final = re.compile(r"[!！]{2}")
# From here on shame is no matter for a dry word.
_ASHAMED: Final = 0.5


def chosen(work: Work) -> str:
    """The voice they chose: said in this talk, else of their page."""
    return work.state.voice or work.person.voice


def voice_now(work: Work, wanted: str | None = None) -> str:
    """The id of the voice of this reply. wanted: the one just asked for, instead of the chosen."""
    which = chosen(work) if wanted is None else wanted
    if which == PLAIN or in_danger(work) or voice_words(work.language, which) is None:
        return PLAIN
    quiet = _GOES_QUIET.get(which)
    return PLAIN if quiet is not None and quiet(work) else which


def words_now(work: Work) -> VoiceWords | None:
    """The words of the voice that this reply was planned in; None for the plain one."""
    persona = work.plan.persona
    return None if persona == PLAIN else voice_words(work.language, persona)


def is_glad(work: Work) -> bool:
    """Whether something good was told, and nothing heavy beside it."""
    told = {read.label for read in work.reading.feelings} - {"neutral"}
    remark = work.plan.remark
    cheerful = remark is not None and remark.kind in _CHEERFUL
    exclaimed = _EXCLAIMED.search(work.message.text) is not None
    news = work.plan.small in _NEWS
    return news or (told <= GLAD and (bool(told) or cheerful or exclaimed))


def in_danger(work: Work) -> bool:
    """Whether danger is open, own or a friend's, or anything of it is heard now, however slight: a
    danger also of losing touch with what is real, which is one of the kinds. A slight guess of some
    days ago does not count: it would take the voice from a quarter of everyday replies."""
    protection, episode = work.protection, work.episode
    if protection.answered or protection.listening or protection.authored or protection.after:
        return True
    return episode.weighs or bool(episode.aside) or at_least(work.reading.risk.level, "low")


def _mourns_or_is_ashamed(work: Work) -> bool:
    topics = [topic.name for topic in work.reading.topics] or [work.state.topic or ""]
    felt = {read.label: read.strength for read in work.reading.feelings}
    return "grief" in topics or "grief" in felt or felt.get("shame", 0.0) >= _ASHAMED


# A dry word beside a grave or beside shame is a cold one.
_GOES_QUIET: Final[Mapping[str, Callable[[Work], bool]]] = {"dry": _mourns_or_is_ashamed}
