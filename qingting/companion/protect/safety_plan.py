"""The safety plan: what to do when it comes back, in the person's own words.

Seven parts, in the order of Stanley and Brown's Safety Planning Intervention (2012), in our own
wording: signs, what helps alone, places, people, professionals, making the place safer, and
reasons. A plan without one human in it is shown as unfinished.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

Section = Literal["signs", "alone", "places", "people", "professionals", "safer", "reasons"]
SECTIONS: Final[tuple[Section, ...]] = Section.__args__  # type: ignore[attr-defined]

# Those who hold a human.
_HUMAN: Final[tuple[Section, ...]] = ("people", "professionals")
MOST_ITEMS: Final = 12
LONGEST_ITEM: Final = 200


@dataclass(frozen=True, slots=True)
class SafetyPlan:
    """The plan. items: by section, in the order they were said."""

    items: Mapping[Section, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in it yet."""
        return not any(self.items.values())

    @property
    def has_human(self) -> bool:
        """Whether at least one human is in it: somebody to ask, or a professional."""
        return any(self.items.get(section) for section in _HUMAN)

    @property
    def is_finished(self) -> bool:
        """Whether it can be leaned on: a human, and one thing besides."""
        filled = [section for section in SECTIONS if self.items.get(section)]
        return self.has_human and len(filled) > 1

    def of(self, section: Section) -> tuple[str, ...]:
        """The items of a section."""
        return self.items.get(section, ())

    def adding(self, section: Section, text: str) -> SafetyPlan:
        """With one more item; the same twice, or nothing, changes nothing."""
        item = " ".join(text.split())[:LONGEST_ITEM]
        if not item or item in self.of(section):
            return self
        return self.replacing(section, (*self.of(section), item))

    def replacing(self, section: Section, items: Iterable[str]) -> SafetyPlan:
        """With the items of one section set anew, as the person wrote them."""
        kept = [" ".join(item.split())[:LONGEST_ITEM] for item in items]
        once = tuple(dict.fromkeys(item for item in kept if item))[-MOST_ITEMS:]
        return replace(self, items={**self.items, section: once})


def dump(plan: SafetyPlan) -> dict[str, Any]:
    """The stored form."""
    return {"v": 1, "items": {section: list(plan.of(section)) for section in SECTIONS}}


def load(stored: Mapping[str, Any]) -> SafetyPlan:
    """The plan back from its stored form. Raises KeyError when it is not one."""
    items = stored["items"]
    return SafetyPlan({s: tuple(items[s]) for s in SECTIONS if items.get(s)})
