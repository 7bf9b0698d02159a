"""What is to be asked next: what is owed, what is unknown, what counts before somebody goes."""

from __future__ import annotations

from qingting.companion.protect.episode import Episode
from qingting.companion.protect.facets import (
    DIRECT,
    MOST_ASKED,
    NEEDLESS,
    NOW_FAR,
    ORDER,
    Facet,
    Path,
    now_order,
)
from qingting.companion.protect.said import Said
from qingting.companion.understand.reading import at_least


def asks_after(episode: Episode, said: Said, path: Path) -> tuple[Facet, ...]:
    """What is to be asked, best first. What was only guessed is asked about before the rest."""
    asks = open_questions(episode, path)
    if episode.asking.anywhere("asking") == "enough" and not said.dangerous:
        # Who has had enough of questions is kept company; only the direct one stays owed.
        return (DIRECT,) if owed(episode, path) else ()
    if path == "other_at_risk" and episode.asking.value(path, "called") == "done":
        # Others are on it: what is left to ask about is the one who called them.
        return tuple(facet for facet in asks if facet in (DIRECT, "you"))
    if said.hint in asks and not owed(episode, path):
        return (said.hint, *(facet for facet in asks if facet != said.hint))
    return asks


def owed(episode: Episode, path: Path) -> bool:
    """Whether the direct question of this path was neither asked nor answered."""
    asking = episode.asking
    answered = asking.value(path, DIRECT) or DIRECT in _needless(episode, path)
    return not answered and asking.asked(path, DIRECT) == 0


def _needless(episode: Episode, path: Path) -> frozenset[Facet]:
    """What need not be asked after what was told."""
    told = [
        facets
        for (where, facet, value), facets in NEEDLESS.items()
        if where == path and episode.asking.value(path, facet) == value
    ]
    return frozenset().union(*told)


def open_questions(episode: Episode, path: Path) -> tuple[Facet, ...]:
    """What is still to be asked, best first: the direct question, then what is unknown; what was
    asked and passed over comes once more, last."""
    needless = _needless(episode, path)
    wanted = [f for f in (DIRECT, *ORDER[path]) if f not in needless]
    unknown = [f for f in wanted if not episode.asking.value(path, f)]
    new = [f for f in unknown if episode.asking.asked(path, f) == 0]
    passed = [f for f in unknown if 0 < episode.asking.asked(path, f) < MOST_ASKED]
    return (*new, *passed)


def passed_over(episode: Episode, path: Path) -> int:
    """How many things were asked on this path and not told."""
    asking = episode.asking
    return sum(asking.asked(path, f) > 0 and not asking.value(path, f) for f in ORDER[path])


def how_are_you(episode: Episode, said: Said, path: Path) -> tuple[Facet, ...]:
    """Once help has come for somebody else, the one who got it is asked about, once; not in the
    moment in which it comes."""
    asked = episode.asking.asked(path, "you") or episode.asking.value(path, "you")
    asked = asked or said.told.get("called") == "done" or said.told.get("moved") == "done"
    return ("you",) if path == "other_at_risk" and not asked else ()


def now_asked(episode: Episode, path: Path) -> tuple[Facet, ...]:
    """What is asked while an act may be under way. Whether a friend can be woken is nothing that
    somebody in another town can tell."""
    if path == "other_at_risk" and episode.asking.value(path, "with_them") == "no":
        return NOW_FAR
    # Distance undoes nothing that was taken, and who stands on a balcony is awake.
    needless = {"taken": "moved", "doing": "awake"}.get(episode.act)
    return tuple(facet for facet in now_order(path) if facet != needless)


def unknown_now(episode: Episode, path: Path, wanted: tuple[Facet, ...]) -> tuple[Facet, ...]:
    """Of these, what was not told, the least often asked first."""
    told = [f for f in wanted if episode.asking.value(path, f) in ("", "failed", "maybe")]
    return tuple(sorted(told, key=lambda facet: episode.asking.asked(path, facet)))


def parting(asks: tuple[Facet, ...]) -> tuple[Facet, ...]:
    """Before somebody goes: who is with them counts most."""
    near = [facet for facet in ("who", "alone", "who_near") if facet in asks]
    return (*near, *(facet for facet in asks if facet not in near))


def after_denial(episode: Episode, path: Path, asks: tuple[Facet, ...]) -> tuple[Facet, ...]:
    """A no is heard and thanked. Where the level is high for another reason, what is still open
    is asked; otherwise nothing more is."""
    if not at_least(episode.level, "high"):
        return ()
    return tuple(facet for facet in asks if facet != DIRECT)
