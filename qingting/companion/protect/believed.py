"""When a no is simply believed: after a hint or a way of talking, never after a disclosure.

"i want to die lol this problem set", then "lol not literally", was a joke and goes back to low. A
plain no to our question, where nothing but a hint had been said, ends the asking. Once somebody
has said it in so many words, or answered with a yes, one no lowers nothing
(docs/safety-protocol.md).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from qingting.companion.protect.episode import Episode, noted
from qingting.companion.protect.facets import DIRECT, Path
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import words
from qingting.companion.understand.reading import Kind, Level, at_least

if TYPE_CHECKING:
    from qingting.companion.protect.said import Said

# Messages in a row of which nothing came.
_QUIET: Final = 4
_GRAVE_ANSWERS: Final = frozenset({"yes", "some"})


def disclosed(episode: Episode) -> bool:
    """Whether danger was ever said in so many words: more than a hint, or a yes to our question."""
    grave = any(at_least(change.after, "high") for change in episode.transitions)
    return grave or episode.asking.value("suicide", DIRECT) in _GRAVE_ANSWERS


def was_a_joke(before: Episode, said: Said) -> bool:
    """Whether a message owns up to a way of talking: the words that opened the episode laughed, and
    nothing graver was said before or is said now."""
    small = before.subject == "self" and set(before.levels) == {"suicide"}
    if not (small and before.level == "moderate" and said.told.get("joke") == "yes"):
        return False
    opening = next((c.evidence for c in before.transitions[::-1] if c.after == "moderate"), "")
    laughed = words("turning", "laugh").search(cleaned(opening).text) is not None
    return laughed and not disclosed(before) and not said.dangerous


def let_go(episode: Episode, now: datetime) -> Episode:
    """The episode once its words were owned up to as a joke."""
    level: Level = "low"
    lower = replace(episode, levels=dict.fromkeys(episode.levels, level), number_level="none")
    return noted(lower, episode.level, now, "a way of talking", "")


def nothing_came_of_it(episode: Episode, now: datetime) -> Episode:
    """The episode after one more message about something else. A moderate guess that was asked
    about, and of which nothing came while they talked on of other things, is let go: the words of
    an ordinary evening would else be taken for answers ("I thought about it all day", of a bus
    driver). Nothing graver is, nor anything an answer or words showed."""
    if not (episode.only_guessed and episode.level == "moderate"):
        return episode
    episode = replace(episode, quiet=episode.quiet + 1)
    if episode.quiet < _QUIET or not episode.asking.times:
        return episode
    lower: dict[Kind, Level] = dict.fromkeys(episode.levels, "low")
    gone = replace(episode, levels=lower, number_level="none", quiet=0)
    return noted(gone, episode.level, now, "nothing came of a guess", "")


def only_a_place(before: Episode, said: Said, path: Path) -> bool:
    """Whether all that was said is where they are ("it's so windy up here"), and nothing of danger
    was ever said before: that is asked about, by a question, before any number is given."""
    if path != "suicide" or said.told or disclosed(before) or at_least(before.level, "moderate"):
        return False
    return words("hearing", "only_a_place").search(cleaned(said.words).text.strip()) is not None
