"""The words while an act may be under way: one number, one action, one question."""

from __future__ import annotations

from typing import Final

from qingting.companion.protect.move import Move
from qingting.companion.protect.voice import Parts, Voice

# After something was taken: what is said to "I feel fine" and to "should I throw up".
_OF_THE_BODY: Final = frozenset({"feels_fine", "vomit", "sleepy", "worse"})
# Somebody is with them, or they are on the way.
_SOMEBODY_THERE: Final = frozenset(
    {"company_there", "company_coming", "fetching", "help_going", "help_there"}
)
# Words that are the one thing to do by themselves.
_THE_STEP: Final = frozenset({"company_asleep", "company_near", "unknowing", "put_off"})
# What is asked by somebody who stays with a friend.
_FIRST_AID: Final = frozenset(
    {"water", "no_vomit", "turn", "breathing", "keep_awake", "stay_there"}
)


def act(voice: Voice, move: Move) -> Parts:
    """The number stands first, however they feel."""
    doing, _, feels = move.about.partition(".")
    doing = doing if doing in ("taken", "doing") else ""
    if _others_body(voice):
        first = voice.numbered(voice.safety("act", "other_taken", "first"))
        return [first, _for_another(voice, move), now(voice, move)]
    first = voice.numbered(_first(voice, doing)) if doing else None
    first = first or voice.numbered(voice.own("imminent", "text"))
    first = first or voice.numbered(voice.own("imminent", "act"))
    # Who has somebody at the door is told to put the screen away; whose body gets worse, of that.
    told = voice.own("answers", feels) or voice.safety("act", "taken", feels)
    return [first, voice.plain(told) or _beside(voice, doing), now(voice, move)]


def act_on(voice: Voice, move: Move) -> Parts:
    """The same act under way, its number given already."""
    asked = now(voice, move)
    if move.about in _OF_THE_BODY:
        return [voice.plain(voice.safety("act", "taken", move.about)) or _lead(voice), asked]
    if move.about in _FIRST_AID:
        return [_for_another(voice, move), voice.plain(_dispatcher(voice)), asked]
    answered = _answered_now(voice, move.about)
    if answered is not None and move.about == "fetching":
        # They go: nothing is asked that would hold them here.
        return [answered]
    if answered is not None and move.about in _SOMEBODY_THERE | _THE_STEP:
        # Relief and one job; nothing is urged on top.
        return [answered, asked]
    return [voice.us(move.us) or answered or _lead(voice) or voice.stay(), step(voice), asked]


def _first(voice: Voice, doing: str) -> tuple[str, ...]:
    """The lines with the number that fit: a wound is pressed on, a friend is not told to step back
    from where somebody else stands."""
    if voice.path in ("self_harm", "other_at_risk"):
        return tuple(voice.own("imminent", "act"))
    return tuple(voice.safety("act", _where(voice, doing), "first"))


def _where(voice: Voice, doing: str) -> str:
    """The words for the place: those of the edge as long as they are where one falls."""
    on_edge = doing == "doing" and voice.episode.asking.anywhere("edge") == "yes"
    return "edge" if on_edge else doing


def held(voice: Voice, move: Move) -> Parts:
    """Somebody is there or on the way."""
    if move.asks or voice.path == "other_at_risk":
        return [
            voice.plain(voice.safety("act", "after", "helper")) or voice.stay(),
            voice.ask(move),
        ]
    after = _answered_now(voice, move.about) or voice.plain(voice.safety("act", "after", "lines"))
    return [voice.us(move.us) or after or voice.stay()]


def step(voice: Voice) -> str | None:
    """One thing to do now, without a number."""
    if _others_body(voice):
        words = voice.plain(voice.safety("act", _near_or_far(voice), "more"))
    elif voice.path == "other_at_risk" and _far(voice):
        words = voice.plain(voice.safety("act", "other_far", "more"))
    elif voice.path == "self_harm" and voice.episode.asking.value("self_harm", "wound") != "ok":
        words = voice.plain(voice.own("care", "lines"))
    elif voice.episode.act == "taken":
        words = voice.plain(
            (
                *voice.safety("act", "taken", "keep"),
                *voice.safety("act", "taken", "honest"),
                *voice.safety("act", "taken", "feels_fine"),
            )
        )
    elif (
        voice.episode.act == "doing"
        and voice.path != "other_at_risk"
        and voice.episode.asking.anywhere("moved") != "done"
    ):
        words = voice.plain(voice.safety("act", _where(voice, "doing"), "step"))
    elif voice.episode.asking.anywhere("means") == "near":
        words = voice.plain(voice.safety("act", "means", "step"))
    else:
        words = None
    words = words or voice.plain(voice.own("high", "act"))
    return words or voice.plain(voice.safety("act", "taken", "honest"))


def now(voice: Voice, move: Move) -> str | None:
    """The one question."""
    doing = voice.episode.act
    away = voice.episode.asking.anywhere("moved") == "done"
    if doing == "doing" and voice.path != "other_at_risk" and not away:
        # On an edge nobody is asked about rooms.
        asked = voice.marked("next", voice.safety("act", _where(voice, "doing"), "ask"))
        if asked is not None:
            return asked
    for facet in move.asks:
        words = voice.plain(voice.own("now", facet)) or voice.plain(voice.own("probes", facet))
        if words is not None:
            return voice.mark(facet, words)
    if _others_body(voice):
        return voice.marked("next", voice.safety("act", _near_or_far(voice), "ask"))
    if voice.path == "other_at_risk":
        return voice.marked("next", voice.safety("act", "other_far", "ask"))
    return voice.marked("next", voice.safety("act", doing if doing != "none" else "taken", "ask"))


def _lead(voice: Voice) -> str | None:
    return voice.plain(voice.own("imminent", "lead"))


def _answered_now(voice: Voice, about: str) -> str | None:
    """Words for an answer. Who will not call while an act is under way is not told that this is
    all right: somebody else can do it."""
    doing = voice.episode.act
    if about == "call_refused" and doing != "none":
        return voice.plain(voice.safety("act", doing, "refused"))
    if about in ("sent", "agreed", "declined"):
        return voice.plain(voice.safety("people", about, "lines"))
    if about in _SOMEBODY_THERE and voice.path != "self_harm":
        own = voice.plain(voice.safety("act", doing, about))
        return own or voice.plain(voice.safety("answers", about, "lines"))
    if not about:
        return None
    own = voice.plain(voice.own("answers", about))
    return own or voice.plain(voice.safety("answers", about, "lines"))


def _others_body(voice: Voice) -> bool:
    """Whether somebody else has taken or done something, or cannot be woken."""
    taken = voice.episode.act == "taken" or voice.episode.asking.anywhere("awake") == "no"
    return voice.path == "other_at_risk" and taken


def _far(voice: Voice) -> bool:
    return voice.episode.asking.value("other_at_risk", "with_them") == "no"


def _near_or_far(voice: Voice) -> str:
    return "other_far" if _far(voice) else "other_taken"


def _for_another(voice: Voice, move: Move) -> str | None:
    if move.about in _FIRST_AID:
        return voice.plain(voice.safety("act", "other_taken", move.about)) or voice.plain(
            _dispatcher(voice)
        )
    return voice.plain(voice.safety("act", _near_or_far(voice), "more"))


def _dispatcher(voice: Voice) -> tuple[str, ...]:
    return tuple(voice.safety("act", "other_taken", "dispatcher"))


def _beside(voice: Voice, doing: str) -> str | None:
    if voice.path == "self_harm":
        return voice.plain(voice.own("care", "lines")) or _lead(voice)
    if _where(voice, doing) == "edge":
        # The number came with the one thing to do; neighbours and doors are far from there.
        return _lead(voice)
    if doing == "taken":
        feels = voice.plain(voice.safety("act", "taken", "feels_fine"))
        return feels or voice.plain(voice.safety("act", "taken", "honest"))
    if voice.episode.asking.anywhere("means") == "near":
        return voice.plain(voice.safety("act", "means", "step")) or _lead(voice)
    return _lead(voice)
