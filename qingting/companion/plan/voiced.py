"""How we sound: a wish for another voice told in a talk, and the voice a reply is worded in."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from qingting.companion.plan.exercising import under_way
from qingting.companion.plan.plan import Plan
from qingting.companion.understand.voices import BACK, WHICH, is_alone, wish_in
from qingting.companion.voice.now import chosen, in_danger, voice_now
from qingting.companion.voice.words import PLAIN, known, voice_words, voices
from qingting.companion.work import Work

# How `small` of a plan begins that answers a wish about the voice: "voice.changed".
VOICE: Final = "voice."


def voice_plan(work: Work) -> Plan | None:
    """The plan of a reply to a wish for another voice and nothing besides, or None. In the middle
    of an exercise what they write belongs to its step."""
    if under_way(work):
        return None
    wish = wish_in(work.message.text)
    if wish is None or (wish == BACK and chosen(work) == PLAIN):
        return None
    if wish not in (BACK, WHICH) and _is_voice(work, wish) and not is_alone(work.message.text):
        # They told something, too: that is answered, in the new voice.
        return None
    _fill(work, wish)
    if wish == BACK:
        return _plan("back", PLAIN)
    if not _is_voice(work, wish):
        # One that this language cannot give is answered with those that it can.
        return _plan(WHICH if known(wish) else wish)
    if in_danger(work):
        return _plan("later", wish)
    return _plan("already" if wish == chosen(work) else "changed", wish)


def with_voice(work: Work, plan: Plan) -> Plan:
    """The plan with the voice it is worded in, and the one that this message asks for."""
    if not plan.voice and plan.small is None and not under_way(work):
        wish = wish_in(work.message.text)
        if wish is not None and _is_voice(work, wish) and wish != chosen(work):
            _fill(work, wish)
            plan = replace(plan, voice=wish)
    return replace(plan, persona=voice_now(work, plan.voice or None))


def _is_voice(work: Work, wish: str) -> bool:
    return voice_words(work.language, wish) is not None


def _fill(work: Work, wish: str) -> None:
    """Put what a line about voices needs into the slots of the work."""
    names = [one.name for one in voices(work.language)]
    words = voice_words(work.language, wish)
    slots = {"voices": _row(names, chinese=work.language == "zh")} if names else {}
    if words is not None:
        slots["voice"] = _row([words.name], chinese=work.language == "zh")
    work.chooser.slots = {**work.chooser.slots, **slots}


def _row(names: list[str], *, chinese: bool) -> str:
    """Names in a row, as they are read aloud."""
    if chinese:
        return "、".join(names)
    low = [name[0].lower() + name[1:] if name.startswith(("A ", "An ")) else name for name in names]
    return ", ".join(low[:-1]) + f" or {low[-1]}" if len(low) > 1 else low[0]


def _plan(which: str, voice: str = "") -> Plan:
    return Plan(
        stage="explore",
        skill="information",
        question=False,
        why="voice",
        small=f"{VOICE}{which}",
        voice=voice,
    )
