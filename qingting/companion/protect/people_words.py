"""The words once somebody was named: the first sentence to send them, or why not to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qingting.companion.person import Language
from qingting.companion.protect.facets import BY_OTHERS
from qingting.companion.protect.move import Move
from qingting.companion.protect.now_words import now
from qingting.companion.protect.voice import Parts, Voice
from qingting.companion.words.bank import Lines

_QUOTED: Final[Mapping[Language, str]] = {"zh": "“{}”", "en": '"{}"'}
# Whom one writes to more carefully than to a friend.
_BY_OFFICE: Final = frozenset({"teacher", "counsellor", "boss"})
# What is told to the first person, by path.
_DONE: Final[Mapping[str, str]] = {
    "abuse": "home",
    "sexual_violence": "forced",
    "exploitation": "pictures",
}
# Whose hurting is said as "at home", and whose as "the one I'm with".
_BY: Final = (
    ("home", frozenset({"mother", "father", "parent", "sibling", "relative"})),
    ("partner", frozenset({"partner"})),
)
_BODY: Final = frozenset({"eating_disorder", "substance", "panic", "psychosis", "mania"})


def named(voice: Voice, move: Move) -> Parts:
    """Somebody was named: the first sentence to send them, or, where they are the one who hurts,
    nobody tells them."""
    whom = voice.chooser.slots.get("who", "")
    voice.offered = f"named.{whom}"
    if move.about in voice.episode.people.hurt_by:
        unsafe = voice.plain(voice.safety("people", "unsafe_person", "lines"))
        asked = voice.marked("who", voice.own("probes", "who"))
        return [unsafe or voice.stay(), voice.bring(move), asked]
    words = voice.plain(voice.safety("people", "named", "lines"))
    draft = voice.plain(drafts(voice, move.about))
    quoted = _QUOTED[voice.language].format(draft) if draft else None
    asked_now = now(voice, move) if voice.imminent else None
    return [words or voice.stay(), quoted, voice.bring(move), asked_now]


def drafts(voice: Voice, role: str) -> Lines:
    """First sentences that fit what is known, to somebody of a role: nothing is put into their
    mouth that they did not say."""
    return tuple(
        line for part in _situations(voice, role) for line in voice.safety("people", "draft", part)
    )


def _what_was_done(voice: Voice, role: str) -> tuple[str, ...]:
    """Words for what others do or did to them. Who hurts them is said no nearer than is known."""
    kind = _DONE.get(voice.path, "hurt")
    by = voice.episode.people.hurt_by
    if kind == "home":
        kind = next((name for name, roles in _BY if by and by <= roles), "hurt")
    office = f"{kind}_office"
    return (office,) if role in _BY_OFFICE and voice.safety("people", "draft", office) else (kind,)


def _situations(voice: Voice, role: str) -> tuple[str, ...]:
    if voice.path == "other_at_risk":
        return ("for_another",)
    if voice.path in BY_OTHERS:
        return ("anger",) if voice.path == "violence" else _what_was_done(voice, role)
    if role in _BY_OFFICE:
        return ("office",)
    asking = voice.episode.asking
    known = ["anyone"]
    if voice.imminent or asking.value("suicide", "alone") == "no":
        known.append("come")
    if asking.value("suicide", "means") == "near" or asking.value("self_harm", "means") == "near":
        known.append("means")
    if asking.value("suicide", "thoughts") == "yes":
        known.append("dying")
    if voice.path in _BODY:
        known.append("doctor")
    return tuple(known)
