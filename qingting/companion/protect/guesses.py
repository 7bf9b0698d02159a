"""A guess about a second danger, beside one that is known.

The trained heads hear better that something is wrong than what it is: "I'm out of the window, at
the neighbours'" in a talk about a father who hits was taken for a wish to die. Where danger is
open already, what they alone hear counts for that danger, and the guess is asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from qingting.companion.protect.episode import Episode
from qingting.companion.protect.facets import DIRECT, MOST_ASKED, Facet
from qingting.companion.protect.said import worst_kind
from qingting.companion.understand.reading import Kind, Level, Risk, at_least, rank, worst

# "Can I stop my pills, I feel better": an answer about the medicine, not an alarm.
_MEDICINE: Final = frozenset({"medication_stop", "medication_missed"})
_DYING: Final[frozenset[Kind]] = frozenset({"suicide", "self_harm"})


def about_medicine(risk: Risk, barrier: str | None) -> Risk:
    """The danger of a question about medicine: what is only guessed in it is distress. "I stopped
    them and feel fine" has the words of danger and is none."""
    unsaid = risk.guessed and not at_least(risk.level, "imminent")
    if barrier not in _MEDICINE or not unsaid:
        return risk
    return replace(risk, level="low", levels={})


def only_asked(risk: Risk, request: str | None, episode: Episode) -> Risk:
    """The danger of a message that is a plain request and nothing besides ("what day is it"), where
    no danger is known: no guess is made out of it."""
    known = at_least(episode.level, "moderate")
    # A letter to be written may be a last one, and a fact asked for ("how high is ..."?) may be
    # needed for something: there the guess is kept.
    harmless = request not in (None, "letter", "facts")
    if not harmless or known or not risk.guessed or at_least(risk.plain, "moderate"):
        return risk
    return replace(risk, level="low", levels={})


def only_wondered(risk: Risk, wonders: str | None, episode: Episode) -> Risk:
    """The danger of a question about what panic is ("what even is a panic attack"), asked plainly:
    none by itself. Danger that is open stays as it is. wonders: the article it asks for."""
    if wonders != "panic" or set(risk.levels) != {"panic"} or at_least(risk.level, "high"):
        return risk
    if set(episode.levels) - {"panic"}:
        return risk
    return replace(risk, level="low", levels={})


def told_harmless(risk: Risk, told: Mapping[Facet, str], episode: Episode) -> Risk:
    """The danger of a message that tells a wound is small: no guess makes it graver than known."""
    if told.get("wound") != "ok" or not risk.guessed or rank(risk.level) <= rank(episode.level):
        return risk
    levels = dict.fromkeys(risk.levels, episode.level) if episode.is_open else {}
    return replace(risk, level=episode.level if levels else "low", levels=levels)


def not_about_dying(risk: Risk, told: Mapping[Facet, str], episode: Episode) -> Risk:
    """The danger of a message that says it is not about dying ("it has nothing to do with death, i
    just want it to hurt"): where no wish to die is known, none is made out of it."""
    known = at_least(episode.levels.get("suicide", "none"), "moderate")
    if told.get("dying") != "no" or known or at_least(risk.level, "imminent"):
        return risk
    levels: dict[Kind, Level] = {k: level for k, level in risk.levels.items() if k != "suicide"}
    if levels == risk.levels:
        return risk
    return replace(risk, levels=levels, level=worst(*levels.values()) if levels else "low")


def only_a_sign(risk: Risk, sign: bool, episode: Episode) -> Risk:
    """The danger of a line of the safety plan that says how they notice it begins: what is known
    already and comes back is no new alarm. A graver danger, or one of another kind, is. sign: see
    plan_talk.tells_a_sign."""
    known = rank(risk.level) <= rank(episode.level) and not at_least(risk.level, "imminent")
    same = risk.guessed or set(risk.levels) <= _DYING | episode.levels.keys()
    if not (sign and known and same) or risk.subject != episode.subject:
        return risk
    return replace(risk, level="low", levels={})


def more_of_the_same(risk: Risk, dying: bool, episode: Episode) -> Risk:
    """The danger of one more belief told as a fact ("they watch me, there's something in my cup"):
    high is a voice that commands, or a wish to die, and nothing of that was said. dying: whether
    the message has words of dying."""
    alone = set(risk.levels) == {"psychosis"} and risk.plain == "moderate"
    known = episode.levels.get("psychosis") == "moderate"
    if dying or not (alone and known) or risk.level != "high":
        return risk
    return _at_most_moderate(risk)


def cautious(risk: Risk, episode: Episode) -> Risk:
    """A first danger that the heads hear and the words do not show is asked about before it is
    taken for grave: "I finished duty and there is nobody in the house" is an evening, or more. The
    same goes for another kind than dying of which the words show less than the heads hear. What is
    happening now is believed at once."""
    if _told_apart(risk, episode):
        return _at_most_moderate(replace(risk, levels={"self_harm": risk.level}))
    if risk.guessed and episode.only_guessed and at_least(episode.level, "moderate"):
        return _guessed_again(risk, episode)
    known = episode.levels.get(risk.kinds[0], "none") if risk.kinds else "none"
    if risk.level != "high" or at_least(risk.plain, "high") or at_least(known, "moderate"):
        return risk
    dying = risk.kinds[0] in _DYING or "suicide" in risk.levels
    if dying and (not risk.guessed or at_least(episode.level, "moderate")):
        return risk
    return _at_most_moderate(risk)


def _told_apart(risk: Risk, episode: Episode) -> bool:
    """Whether a wish to die is only guessed, of somebody who hurts themselves and said that it has
    nothing to do with dying: "its in my desk" is about that."""
    known = at_least(episode.levels.get("suicide", "none"), "moderate")
    unmeant = episode.asking.value("self_harm", "dying") == "no"
    now = at_least(risk.level, "imminent")
    return unmeant and risk.guessed and not (known or now) and risk.kinds[:1] == ("suicide",)


def _guessed_again(risk: Risk, episode: Episode) -> Risk:
    """One guess does not prove another: a talk that was asked about once sounds graver to the heads
    from there on. While nothing was said that shows danger it stays a question; once that was
    denied, or asked twice in vain, more of the same is heard as distress."""
    asking = episode.asking
    asked = sum(times for key, times in asking.times.items() if key.endswith(f".{DIRECT}"))
    if asking.anywhere(DIRECT) == "no" or asked >= MOST_ASKED:
        return replace(risk, level="low", levels={})
    return _at_most_moderate(risk)


def _at_most_moderate(risk: Risk) -> Risk:
    if not at_least(risk.level, "high"):
        return risk
    levels: dict[Kind, Level] = {
        kind: "moderate" if at_least(level, "high") else level
        for kind, level in risk.levels.items()
    }
    return replace(risk, level="moderate", levels=levels)


def tempered(risk: Risk, episode: Episode) -> tuple[Risk, Facet | None]:
    """What a guessed danger counts for in an open episode, and what is to be asked because of it:
    "dying" where the guess was a wish to die or to hurt themselves, "you" where somebody else's
    danger was talked about and theirs is guessed. Danger that words show is left as it is, and so
    is a guess that is graver than anything known."""
    known = worst_kind(episode, Risk())
    if known is None or not (risk.guessed and at_least(risk.level, "moderate")):
        return risk, None
    if not at_least(episode.level, "moderate") or rank(risk.level) > rank(episode.level):
        return risk, None
    guessed = risk.kinds[0]
    if guessed == known and risk.subject == episode.subject:
        # More of the same is no guess any more.
        return replace(risk, plain=risk.level), None
    if episode.subject == "other":
        asked: Facet | None = "you" if risk.subject == "self" else None
    else:
        asked = "dying" if guessed in _DYING and known not in _DYING else None
    counted = replace(risk, levels={known: risk.level}, subject=episode.subject)
    return counted, asked
