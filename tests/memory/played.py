"""A script played on the real stack: talk, ledger, pages, keys, database; only the clock is not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.conf import settings
from django.core.cache import cache
from django.test import Client

from qingting.companion.message import Message
from qingting.companion.person import Person
from qingting.companion.policy import Policy
from qingting.companion.remember.item import Item
from qingting.memory import service
from qingting.people import devices, visitors
from qingting.people.accounts import joining
from qingting.site.wiring import wire
from qingting.talk import private
from qingting.talk.asking_after import Line, line_for
from qingting.talk.database_thread import close_connections, in_database_thread
from qingting.talk.models import Conversation
from qingting.talk.service import Arrival, Talk
from tests.memory.ledgered import browser
from tests.memory.looked_up import held_with, is_held, items_of, page_of
from tests.memory.scripted import Script, Step, Visit, words

_BETWEEN: Final = timedelta(seconds=50)


class Failed(AssertionError):
    """A script did not go as it says; tells how far it went."""


@dataclass(slots=True)
class Stack:
    """Everything put together once, for all scripts."""

    talk: Talk
    loop: asyncio.Runner
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def in_thread(self, work: Callable[[], Any]) -> Any:
        """Run something where a turn's transactions run."""
        return self.loop.run(in_database_thread(work))


@contextmanager
def stack() -> Iterator[Stack]:
    """The parts of a process as the site puts them together, but for the clock."""
    before = service._current
    with asyncio.Runner() as loop:
        made = Stack(wire(settings.CONFIG), loop)
        made.talk.clock = lambda: made.now
        service.current()._clock = lambda: made.now
        yield made
        made.in_thread(close_connections)
    service._current = before


@dataclass(slots=True)
class Somebody:
    """A device, and the talk that is open on it."""

    token: str = field(default_factory=visitors.new_token)
    conversation: UUID | None = None
    check_in: UUID | None = None


@dataclass(slots=True)
class Play:
    """One script being played. told: everything said so far, for whoever reads why it failed.
    never: what must not be said any more. seen: the questions that were on a page, by visit."""

    stack: Stack
    script: Script
    people: dict[str, Somebody] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    seen: dict[UUID, int] = field(default_factory=dict)
    talks: list[UUID] = field(default_factory=list)

    def run(self) -> None:
        """Play it to its end. Raises Failed."""
        cache.clear()  # nobody is slowed down by whoever came before
        for number, visit in enumerate(self.script.visits):
            self._visit(number, visit)

    def _visit(self, number: int, visit: Visit) -> None:
        self.stack.now = visit.begins.astimezone(UTC)
        self.told.append(f"--- {visit.begins:%a %Y-%m-%d %H:%M} {visit.who}")
        who = self.people.setdefault(visit.who, Somebody())
        who.conversation = who.check_in = None
        elsewhere = visit.door == "elsewhere"
        if not elsewhere:
            self._first_page(number, visit, who)
        asks = visit.asked if elsewhere else ()
        for step in visit.steps:
            if "say" in step:
                self._say(visit, who, {**step, "reply": (*words(step.get("reply", ())), *asks)})
                asks = ()
            elif "do" in step:
                self._do(visit, who, step)
            else:
                self._check(visit, who, step)
        if visit.asked and who.conversation is not None:
            self.need(self._line(visit, who) is None, "something is asked twice in one visit")

    # The first page.

    def _first_page(self, number: int, visit: Visit, who: Somebody) -> None:
        line = self._line(visit, who)
        asked = line.text if line is not None else ""
        if line is not None:
            self.told.append(f"[page] {asked}")
            self.need(self.seen.setdefault(line.id, number) == number, "it is asked once more")
            who.check_in = line.id
            again = self._line(visit, who)
            self.need(again == line, "another question on the same page")
        self.need(bool(asked) == bool(visit.asked), f"asked {asked!r}, not {visit.asked}")
        self._has(asked, visit.asked)
        self._quiet(asked)

    def _line(self, visit: Visit, who: Somebody) -> Line | None:
        talk = self.stack.talk
        return line_for(
            talk.check_ins, talk.keyring, who.token, self._person(visit), self.stack.now
        )

    def _person(self, visit: Visit) -> Person:
        return Person(locale=visit.locale, timezone=str(visit.begins.tzinfo))

    # What they write, and what comes back.

    def _say(self, visit: Visit, who: Somebody, step: Step) -> None:
        self.stack.now += _BETWEEN
        arrival = Arrival(
            who.token,
            who.conversation,
            Message(step["say"], uuid4().hex),
            self._person(visit),
            Policy(),
            private=visit.private,
            check_in=who.check_in,
        )
        reply = self.stack.loop.run(self._answered(arrival, who))
        self.told += [f"> {step['say']}", f"< {reply}"]
        self._has(reply, words(step.get("reply", ())))
        one_of = words(step.get("any", ()))
        self.need(not one_of or any(one in reply for one in one_of), f"none of {one_of}")
        self._lacks(reply, words(step.get("lacks", ())))
        self.need(len(reply) <= step.get("brief", len(reply)), f"{len(reply)} letters long")
        self._quiet(reply)

    async def _answered(self, arrival: Arrival, who: Somebody) -> str:
        running = await self.stack.talk.receive(arrival)
        events = await running.finished()
        self.need(bool(events) and bool(events[-1]["saved"]), "the turn was not kept")
        if arrival.conversation is None and running.conversation is not None:
            self.talks.append(running.conversation)
        who.conversation = running.conversation
        return "".join(event["text"] for event in events if event["event"] == "words")

    # What they do besides.

    def _do(self, visit: Visit, who: Somebody, step: Step) -> None:
        self.told.append(f"({step['do']} {step.get('item', '')})")
        self.stack.now += _BETWEEN
        getattr(self, f"_do_{step['do']}")(visit, who, step)
        self.never += words(step.get("never", ()))

    def _do_forget(self, visit: Visit, who: Somebody, step: Step) -> None:
        """Forget everything on the page that has the word."""
        self._one(who, step)
        while found := held_with(who.token, step["item"]):
            self._press(visit, who, f"/memory/{UUID(found[0].id)}/forget/")

    def _do_forget_all(self, visit: Visit, who: Somebody, step: Step) -> None:
        self._press(visit, who, "/memory/forget/", sure="1")

    def _do_correct(self, visit: Visit, who: Somebody, step: Step) -> None:
        item = self._one(who, step)
        on = self.script.day(step["on"]) if "on" in step else item.on
        fields = {"says": step.get("to", item.says), "on": on.isoformat() if on else ""}
        self._press(visit, who, f"/memory/{UUID(item.id)}/correct/", **fields)

    def _do_keep_here(self, visit: Visit, who: Somebody, step: Step) -> None:
        which = self._one(who, step).id
        self._press(visit, who, f"/memory/{UUID(which)}/here/", here="1")

    def _do_choose(self, visit: Visit, who: Somebody, step: Step) -> None:
        self._press(visit, who, "/memory/choice/", want=step["want"])

    def _do_put_off(self, visit: Visit, who: Somebody, step: Step) -> None:
        self._press(visit, who, f"/talk/asked/{who.check_in}/", answer=step["answer"])
        self.need(self._line(visit, who) is None, "it still stands on the page")

    def _do_new_talk(self, visit: Visit, who: Somebody, step: Step) -> None:
        who.conversation = who.check_in = None

    def _do_later(self, visit: Visit, who: Somebody, step: Step) -> None:
        self.stack.now += timedelta(minutes=step["minutes"])

    def _do_delete_talk(self, visit: Visit, who: Somebody, step: Step) -> None:
        which = self.talks[step["talk"]]
        self._press(visit, who, f"/talk/{which}/delete/")
        self.stack.now += timedelta(minutes=11)
        # Anybody's look at the past talks lets what was deleted go for good.
        browser(who.token, visit.locale).get("/talk/")
        self.need(not Conversation.objects.filter(id=which).exists(), "it is still there")

    def _do_end_private(self, visit: Visit, who: Somebody, step: Step) -> None:
        assert who.conversation is not None
        self.stack.loop.run(self.stack.talk.end_private(who.token, who.conversation))
        self.need(
            not Conversation.objects.filter(id=who.conversation).exists(), "its words are there"
        )
        who.conversation = None

    def _do_leave_private(self, visit: Visit, who: Somebody, step: Step) -> None:
        assert who.conversation is not None
        self.stack.now += timedelta(hours=13)
        private.purge(self.stack.talk.keyring, self.stack.now)
        self.need(
            not Conversation.objects.filter(id=who.conversation).exists(), "its words are there"
        )
        who.conversation = None

    def _do_join(self, visit: Visit, who: Somebody, step: Step) -> None:
        """What was written on this device becomes theirs, whose device the other one is."""
        guest, person = self._who(who), self._who(self.people[step["into"]])
        joining.bring(guest, person, lambda: None)
        who.token, who.conversation = visitors.new_token(), None
        devices.add(person, who.token, self.stack.now)

    def _press(self, visit: Visit, who: Somebody, path: str, **fields: str) -> None:
        client: Client = browser(who.token, visit.locale)
        client.cookies[visitors.TIMEZONE_COOKIE] = str(visit.begins.tzinfo)
        answer = client.post(path, fields)
        self.need(answer.status_code in (302, 303), f"{path} answered {answer.status_code}")

    # What is looked at.

    def _check(self, visit: Visit, who: Somebody, step: Step) -> None:
        for wanted in step.get("holds", ()):
            self.need(is_held(who.token, wanted, self.script), f"nothing held is {wanted}")
        for word in words(step.get("lost", ())):
            self.need(not held_with(who.token, word), f"{word!r} is still held")
        if "items" in step:
            self.need(len(held_with(who.token, "")) == step["items"], f"not {step['items']} items")
        if "page" in step:
            shown = page_of(who.token, visit.locale)
            self._has(shown, words(step["page"]))
            self._lacks(shown, words(step.get("lacks", ())))

    def _one(self, who: Somebody, step: Step) -> Item:
        """The thing that a deed is about."""
        found = held_with(who.token, step["item"])
        self.need(bool(found), f"nothing held has {step['item']!r}")
        return found[0]

    def _who(self, who: Somebody) -> UUID:
        person = devices.find_person(who.token)
        assert person is not None
        return person

    # What must be so.

    def need(self, so: bool, why: str) -> None:
        """Raises Failed unless it is so."""
        if not so:
            raise self._failed(why)

    def _has(self, text: str, wanted: tuple[str, ...]) -> None:
        low = text.casefold()
        missing = [one for one in wanted if one.casefold() not in low]
        self.need(not missing, f"{missing} is not in {text!r}")

    def _lacks(self, text: str, unwanted: tuple[str, ...]) -> None:
        low = text.casefold()
        there = [one for one in unwanted if one.casefold() in low]
        self.need(not there, f"{there} is in {text!r}")

    def _quiet(self, text: str) -> None:
        self._lacks(text, tuple(self.never))

    def _failed(self, why: str) -> Failed:
        held = [
            f"{name}: {item.kind} {item.about} | {item.says} | {item.on} | {item.confidence}"
            + ("" if item.standing == "held" else " (superseded)")
            for name, who in self.people.items()
            for item in items_of(who.token)
        ]
        return Failed("\n".join((why, "", *self.told, "", *held)))
