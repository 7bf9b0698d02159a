"""Conversations in a person's export, and on the page of what is kept."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from qingting.companion.person import Person
from qingting.privacy.exporting_rest import opened, opened_json
from qingting.privacy.labels import ai_label
from qingting.privacy.ports import About, Line, Part, Section, Table
from qingting.privacy.sealing import PersonSeal, Place
from qingting.talk.models import Conversation, Message
from qingting.talk.reading_back import of_person

_COLUMNS: Final = ("talk", "number", "at", "from", "text", "label", "produced_by", "content_id")
_OURS: Final = Message.Speaker.COMPANION.value


class ExportedTalks:
    """See qingting.privacy.ports.Exporter. A talk that is being deleted is left out: it is gone in
    a few minutes."""

    name: Final = "conversations"
    covers: Final = frozenset({"talk.Conversation", "talk.Message", "talk.Turn"})

    def about(self) -> About:
        """What is kept."""
        return About(
            title=_("What you and I said"),
            counted={"talk.Conversation": _("Talks"), "talk.Message": _("Messages")},
            how_long=_("Until you delete it. What you delete is gone for good after ten minutes."),
            page="history",
        )

    def section(self, person: UUID, seal: PersonSeal, reader: Person) -> Section:
        """Every talk with its messages, the oldest first."""
        talks = list(of_person(person).order_by("created_at"))
        messages = {talk.id: list[Message]() for talk in talks}
        found = Message.objects.filter(conversation__person_id=person).order_by("seq")
        for one in found.iterator():
            messages.get(one.conversation_id, []).append(one)
        told = [_talk(talk, messages[talk.id], seal) for talk in talks]
        return Section(
            title=_("What you and I said"),
            note=_("What stands under “Qingting · AI” was said by an AI, not by a person."),
            parts=[_part(one) for one in told],
            data=[_plain(one) for one in told],
            tables=[_talks(told), _messages(told)],
        )


def _talk(talk: Conversation, messages: list[Message], seal: PersonSeal) -> dict[str, Any]:
    return {
        "id": str(talk.id),
        "title": opened(seal, talk.title, Place("talk_conversation", "title", talk.id)) or "",
        "begun_at": talk.created_at,
        "last_at": talk.updated_at,
        "messages": [_message(one, seal) for one in messages],
        # What I went by: threads to take up again, what was offered, what was said already.
        "carried": opened_json(seal, talk.state, Place("talk_conversation", "state", talk.id)),
    }


def _message(one: Message, seal: PersonSeal) -> dict[str, Any]:
    about = opened_json(seal, one.about, Place("talk_message", "about", one.id)) or {}
    return {
        "number": one.seq,
        "at": one.created_at,
        "from": one.speaker,
        # None: it does not open any more (a damaged disk).
        "text": opened(seal, one.body, Place("talk_message", "body", one.id)),
        "about": about,
        **(ai_label(str(one.id)) if one.speaker == _OURS else {"ai_generated": False}),
    }


def _part(talk: dict[str, Any]) -> Part:
    names = {"person": _("You"), _OURS: _("Qingting · AI"), "counsellor": _("Counsellor")}
    lines = [
        Line(
            names.get(one["from"], one["from"]),
            _("This one does not open any more.") if one["text"] is None else one["text"],
            one["at"],
            str(one["about"].get("language", "")),
        )
        for one in talk["messages"]
    ]
    return Part(talk["title"] or _("Untitled"), lines, talk["begun_at"])


def _plain(talk: dict[str, Any]) -> dict[str, Any]:
    return {
        **talk,
        "begun_at": talk["begun_at"].isoformat(),
        "last_at": talk["last_at"].isoformat(),
        "messages": [{**one, "at": one["at"].isoformat()} for one in talk["messages"]],
    }


def _talks(told: list[dict[str, Any]]) -> Table:
    columns = ("talk", "title", "begun_at", "last_at", "messages")
    rows = [
        (one["id"], one["title"], one["begun_at"], one["last_at"], len(one["messages"]))
        for one in told
    ]
    return Table("talks", columns, rows)


def _messages(told: list[dict[str, Any]]) -> Table:
    rows = [
        (
            *(talk["id"], one["number"], one["at"], one["from"], one["text"]),
            *(one.get(key, "") for key in _COLUMNS[-3:]),
        )
        for talk in told
        for one in talk["messages"]
    ]
    return Table("messages", _COLUMNS, rows)
