"""Lines that take up what is remembered: one thing of it, their name, what we hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from qingting.companion.plan.wished import FORGET, NOTED, asks_name
from qingting.companion.reply.guided.lists import Lists
from qingting.companion.understand.clean import has_han
from qingting.companion.understand.reading import at_least
from qingting.companion.words.bank import Lines
from qingting.companion.words.choose import Chooser
from qingting.companion.work import Work

# So many things are told when they ask what we remember.
_TOLD: Final = 3
_BETWEEN: Final = {"zh": "；", "en": "; "}


def about_memory(small: str) -> bool:
    """Whether the plan of this name confirms a wish, or says where things are forgotten."""
    return small == FORGET or small.startswith(NOTED)


class Remembering:
    """Finds them, and notes in the work whose ids they used."""

    def __init__(self, work: Work, chooser: Chooser, lists: Lists) -> None:
        self._work = work
        self._chooser = chooser
        self._lists = lists

    def line(self) -> str | None:
        """The line of this reply that takes something up; None where it takes up nothing. Its item
        counts as used once the line is said (see `used_in`)."""
        taken = self._work.plan.taken_up
        if taken is None:
            return None
        return self._filled(self._lists.moves("remembered", taken.way), taken.slots)

    def confirmed(self) -> str | None:
        """A few words on the wish or the correction that this message tells."""
        noted = self._work.plan.noted
        if noted is None:
            return None
        lines = self._lists.moves("remembered", "noted", noted.what)
        return self._filled(lines, noted.slots, again=True)

    def small(self, name: str) -> list[str]:
        """The whole reply to a wish, or to "forget what I said"."""
        if name != FORGET:
            words = self.confirmed()
        else:
            lines = self._lists.moves("remembered", "forget")
            words = self._chooser.choose(lines) or self._chooser.again(lines)
        return [words] if words else []

    def named(self, small: str) -> str | None:
        """A greeting or a goodbye with their name."""
        wishes = self._work.memories.wishes
        lines = self._lists.moves("remembered", small)
        words = self._filled(lines, {"name": wishes.name})
        if words is not None:
            self._use(wishes.rests_on.get("name", ()))
        return words

    def held(self) -> list[str]:
        """What we hold, when they ask for it, and where all of it is; empty where nothing is kept
        of this talk, or danger is near."""
        work = self._work
        if not work.remembers or at_least(work.episode.level, "moderate"):
            return []
        if asks_name(work):
            words = self._name_held()
            return [words] if words else []
        answer = self._things_held()
        page = self._chooser.choose(self._lists.moves("remembered", "page"))
        return [line for line in (answer, page) if line] if answer else []

    def nothing(self) -> str | None:
        """That nothing is held yet."""
        if not self._work.remembers or at_least(self._work.episode.level, "moderate"):
            return None
        lines = self._lists.moves("remembered", "nothing")
        return self._chooser.choose(lines) or self._chooser.again(lines)

    def _name_held(self) -> str | None:
        wishes = self._work.memories.wishes
        if not wishes.name:
            lines = self._lists.moves("remembered", "no_name")
            return self._chooser.choose(lines) or self._chooser.again(lines)
        self._use(wishes.rests_on.get("name", ()))
        lines = self._lists.moves("remembered", "my_name")
        return self._filled(lines, {"name": wishes.name}, again=True)

    def _things_held(self) -> str | None:
        work, chinese = self._work, self._work.language == "zh"
        items = [
            item
            for item in work.memories.items
            if item.kind != "preference" and not item.sensitive and has_han(item.says) == chinese
        ][:_TOLD]
        if not items:
            return None
        self._use([item.id for item in items])
        slots = {"held": _BETWEEN[work.language].join(item.says for item in items)}
        return self._filled(self._lists.moves("remembered", "held"), slots, again=True)

    def _use(self, ids: Sequence[str]) -> None:
        self._work.used += [one for one in ids if one not in self._work.used]

    def _filled(self, lines: Lines, slots: Mapping[str, str], *, again: bool = False) -> str | None:
        """A line with these slots and no others. again: said before or not."""
        chooser, before = self._chooser, self._chooser.slots
        chooser.slots = slots
        words = chooser.choose(lines) or (chooser.anew(lines) if again else None)
        chooser.slots = before
        return words[:1].upper() + words[1:] if words else None


def used_in(work: Work, lines: Sequence[str], line: str | None) -> None:
    """Note that what is remembered went into a reply: its line is among those said."""
    taken = work.plan.taken_up
    if taken is not None and line is not None and line in lines and taken.id not in work.used:
        work.used.append(taken.id)
