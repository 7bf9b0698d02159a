"""Why a reply is as it is, in plain words: what the person asks under a reply of ours.

Never a level, a score or a label: those choose what we do next and judge nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from qingting.companion.exercise.shelf import titles
from qingting.companion.person import Language, Person
from qingting.companion.voice.labels import label_for
from qingting.companion.words.bank import read_toml
from qingting.companion.words.script import in_script
from qingting.privacy.sealing import PersonSeal, Place
from qingting.talk.models import Message
from qingting.talk.statements import NoSuchConversation
from qingting.talk.withholding import WITHHELD


@dataclass(frozen=True, slots=True)
class Used:
    """A remembered thing that went into a reply."""

    says: str
    language: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one reply. topic, exercise: "" where it was about none. used: what was
    remembered and went into it; forgotten: some of that is forgotten since. words: who worded it.
    beside: what stood beside it. voice: the label of the voice it was in, "" for the plain one."""

    conversation: UUID
    reply: str
    language: str
    because: str
    topic: str
    exercise: str
    used: Sequence[Used]
    forgotten: bool
    words: str
    beside: Sequence[str]
    voice: str = ""


def reply_of(person: UUID, which: UUID) -> Message:
    """A reply to this person. Raises NoSuchConversation for anything else."""
    found = Message.objects.filter(
        id=which,
        speaker=Message.Speaker.COMPANION,
        conversation__person_id=person,
        conversation__deleted_at=None,
    ).first()
    if found is None or found.about is None:
        raise NoSuchConversation
    return found


def about_of(message: Message, seal: PersonSeal) -> dict[str, Any]:
    """Why it was made, as it was stored. Raises Unreadable."""
    about: dict[str, Any] = seal.open_json(
        message.about or b"", Place("talk_message", "about", message.id)
    )
    return about


def used_in(about: Mapping[str, Any]) -> list[str]:
    """Ids of the remembered things that went into a reply and may still be told."""
    return list(about.get("used", ()))


def told(
    message: Message,
    seal: PersonSeal,
    about: Mapping[str, Any],
    says: Mapping[str, tuple[str, str]],
    reader: Person,
    *,
    feelings: bool = True,
) -> Told:
    """What is told of a reply. says: by id, what is still remembered of what went into it.
    feelings: whether it may be told that one was read. Raises Unreadable."""
    plan, language = about.get("plan", {}), reader.language
    why = plan.get("why") or ""
    hushed = why == "heard_feeling" and not feelings
    used = used_in(about)
    return Told(
        conversation=message.conversation_id,
        reply=seal.open(message.body, Place("talk_message", "body", message.id)),
        language=str(about.get("language", "")),
        because=_stayed() if hushed else in_script(_reason(why, language), reader),
        # Of danger its own words are enough.
        topic="" if why == "danger" else in_script(_topic(language, plan.get("topic")), reader),
        exercise=in_script(_exercise(language, plan.get("exercise")), reader),
        used=[_used(*says[one], reader) for one in used if one in says],
        forgotten=about.get(WITHHELD) is True or any(one not in says for one in used),
        words=_words(str(about.get("responder", ""))),
        beside=_beside(about),
        voice=label_for(str(plan.get("persona", "")), reader),
    )


def _reason(why: str, language: Language) -> str:
    return _because(language).get(why, _because(language)["unsure"])


def _stayed() -> str:
    return _("I stayed with what you wrote, before any ideas about what to do.")


def _used(says: str, language: str, reader: Person) -> Used:
    if language != "zh":
        return Used(says, language)
    return Used(in_script(says, reader), reader.script if reader.language == "zh" else "zh-Hans")


@cache
def _because(language: Language) -> Mapping[str, str]:
    return read_toml(resources.files("qingting.content") / language / "why.toml")


@cache
def _topics(language: Language) -> Mapping[str, str]:
    folder = resources.files("qingting.content") / language / "topics"
    return {
        file.name.removesuffix(".toml"): str(read_toml(file)["title"])
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    }


def _topic(language: Language, name: str | None) -> str:
    return _topics(language).get(name or "", "")


def _exercise(language: Language, name: str | None) -> str:
    return titles(language).get(name or "", {}).get("title", "")


def _words(responder: str) -> str:
    words = {
        "safety": _("Written and checked by people beforehand, for moments like that one."),
        "guided": _("Written by people beforehand, and chosen for what you wrote."),
        "model": _("Worded by a model, within what I had decided the reply should do."),
    }
    return words.get(responder, "")


def _beside(about: Mapping[str, Any]) -> list[str]:
    known = {
        "ai_disclosure": _("That I am a program, because that is to be said now and then."),
        "break_reminder": _("That we had been talking for a good while."),
        "shortened": _("That your message was too long for me to read to its end."),
        "model_cap": _("That a model had worded as many replies as there are for one day."),
    }
    found = [known[one] for one in about.get("notices", ()) if one in known]
    if "line" in about:
        found.append(_("A way to people who can help, to keep in sight."))
    return found
