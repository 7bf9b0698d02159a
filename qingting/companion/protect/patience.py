"""How long we ask: two questions in a row that nobody answers, then we follow what they talk of.

The number stays in sight. We ask again once danger is said again, or something of it is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qingting.companion.protect.episode import Episode
from qingting.companion.protect.facets import DIRECT, ORDER, SENT, Path, now_order

if TYPE_CHECKING:
    from qingting.companion.protect.said import Said

MOST_UNANSWERED: Final = 2
_ANSWERS_ANYWHERE: Final = frozenset(
    {
        *("called", "moved", "safe", "after_taking", "first_aid", "company", "help", "taken_back"),
        *("put_off", "afraid", SENT),
    }
)


def unanswered_after(before: Episode, said: Said, path: Path) -> int:
    """How many of our questions in a row are unanswered after a message. path: whose words spoke.
    Who wishes for another topic is asked no more."""
    if said.dangerous or said.act != "none" or _answers(said, path):
        return 0
    if "topic" in said.told:
        return MOST_UNANSWERED
    asked_on, _, facet = before.asking.open.partition(".")
    asked = facet == DIRECT or facet in ORDER.get(asked_on, ())
    return before.asking.unanswered + asked


def follows_them(episode: Episode) -> bool:
    """Whether enough was asked in vain: they lead from here."""
    return episode.asking.unanswered >= MOST_UNANSWERED


def _answers(said: Said, path: Path) -> bool:
    wanted = {DIRECT, *ORDER[path], *now_order(path)} | _ANSWERS_ANYWHERE
    return any(facet in wanted for facet in said.told)
