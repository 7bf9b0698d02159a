"""What a turn tells while it happens. The same schema goes over server-sent events.

Words once told are never withdrawn. The wire form for the person carries no level and no score:
levels choose our next action and are never shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from qingting.companion.dependence.balance import Balance
from qingting.companion.person import Language
from qingting.companion.plan.plan import Plan
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.safety_plan import Section
from qingting.companion.remember.item import Found
from qingting.companion.state import ConversationState
from qingting.companion.understand.reading import Reading

SCHEMA_VERSION: Final = 1

ResponderName = Literal["safety", "guided", "model"]
NoticeKind = Literal["ai_disclosure", "break_reminder", "unsaved", "shortened", "model_cap"]
Wire = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Understood:
    """The message has been read (wire name "reading")."""

    reading: Reading

    def wire(self) -> Wire:
        """For the person: only the language, so that the page can mark the reply with it."""
        return {"event": "reading", "v": SCHEMA_VERSION, "language": self.reading.language}


@dataclass(frozen=True, slots=True)
class Notice:
    """Something due to be said beside the reply, never inside it."""

    kind: NoticeKind
    text: str

    def wire(self) -> Wire:
        """Kind and authored words."""
        return {"event": "notice", "v": SCHEMA_VERSION, "kind": self.kind, "text": self.text}


@dataclass(frozen=True, slots=True)
class Pinned:
    """A line to keep in sight beside the conversation, from content/resources only."""

    label: str
    href: str

    def wire(self) -> Wire:
        """Label and a tel:, sms: or https: address."""
        return {
            "event": "notice",
            "v": SCHEMA_VERSION,
            "kind": "line",
            "text": self.label,
            "href": self.href,
        }


@dataclass(frozen=True, slots=True)
class Words:
    """The next words of the reply."""

    text: str

    def wire(self) -> Wire:
        """The words as they are to be shown, appended to what was shown."""
        return {"event": "words", "v": SCHEMA_VERSION, "text": self.text}


@dataclass(frozen=True, slots=True)
class ResponderChanged:
    """Another responder words the rest of this reply; nothing shown is taken back."""

    now: ResponderName
    reason: Literal["model_failed", "model_slow", "sentence_refused", "stopped"]

    def wire(self) -> Wire:
        """Who words the rest, and why."""
        return {
            "event": "responder_changed",
            "v": SCHEMA_VERSION,
            "now": self.now,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class VoiceChanged:
    """They asked for another voice. label: what stands beside it from now on, "" for the plain
    one."""

    label: str

    def wire(self) -> Wire:
        """The label, for the page to show."""
        return {"event": "voice", "v": SCHEMA_VERSION, "label": self.label}


@dataclass(frozen=True, slots=True)
class ToRead:
    """An article handed over in this reply: a quiet card under it. slug: its name, "" for all of
    them. text: its title with the minutes. language: of the text."""

    slug: str
    text: str
    language: Language

    def wire(self) -> Wire:
        """What a card shows, and where it leads."""
        return {
            "event": "article",
            "v": SCHEMA_VERSION,
            "slug": self.slug,
            "text": self.text,
            "language": self.language,
        }


@dataclass(frozen=True, slots=True)
class Done:
    """The turn is over. `state` and `episode` are what the next turn starts from; `plan_items`
    are lines to be added to the person's safety plan; `found` is what is worth remembering, and
    `used` the ids of what was remembered and went into this reply. asked: id of the check-in that
    it asked, "" for none; asks_no_more: they said that they want none. article: what was handed
    over to read. balance: what is to be kept of how much room this
    takes in their life, None for no change."""

    reply: str
    reading: Reading
    plan: Plan
    state: ConversationState
    episode: Episode
    notices: tuple[str, ...] = ()
    resources_shown: bool = False
    responder: ResponderName = "guided"
    fell_back: bool = False
    plan_items: tuple[tuple[Section, str], ...] = ()
    found: tuple[Found, ...] = ()
    used: tuple[str, ...] = ()
    asked: str = ""
    asks_no_more: bool = False
    article: ToRead | None = None
    balance: Balance | None = None

    def wire(self) -> Wire:
        """Only that it is over; whether it was kept is added by the side that keeps."""
        return {"event": "done", "v": SCHEMA_VERSION}


Event = Understood | Notice | Pinned | Words | ResponderChanged | VoiceChanged | ToRead | Done
