"""The safety plan, and what was asked and told when it may have been about being safe, in a
person's export. Never a level: it chooses what we say next and judges nobody."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from qingting.companion.person import Person
from qingting.companion.protect import record as episodes
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.safety_plan import SECTIONS, SafetyPlan, load
from qingting.privacy import fhir
from qingting.privacy.exporting_rest import opened_json
from qingting.privacy.ports import About, Line, Part, Section, Table
from qingting.privacy.sealing import PersonSeal, Place
from qingting.safety.episode_words import about_words, asked_words
from qingting.safety.models import EpisodeRecord, SafetyPlanRecord
from qingting.safety.plan_titles import plan_titles


class ExportedPlan:
    """See qingting.privacy.ports.Exporter."""

    name: Final = "safety_plan"
    covers: Final = frozenset({"safety.SafetyPlanRecord"})

    def about(self) -> About:
        """What is kept."""
        return About(
            title=_("Safety plan"),
            counted={"safety.SafetyPlanRecord": _("Plans")},
            how_long=_("Until you delete it."),
            page="plan",
        )

    def section(self, person: UUID, seal: PersonSeal, reader: Person) -> Section:
        """The plan, part by part."""
        row = SafetyPlanRecord.objects.filter(person_id=person).first()
        place = Place("safety_safetyplan", "body", person)
        stored = opened_json(seal, row.body, place) if row else None
        plan = load(stored) if stored else SafetyPlan()
        titles = plan_titles()
        filled = [one for one in SECTIONS if plan.of(one)]
        text = "\n\n".join("\n".join((titles[one], *plan.of(one))) for one in filled)
        kept = row is not None and not plan.is_empty
        return Section(
            title=_("Safety plan"),
            parts=[Part(titles[one], [Line("", item) for item in plan.of(one)]) for one in filled],
            data={
                "changed_at": row.updated_at.isoformat() if row else None,
                "parts": {one: list(plan.of(one)) for one in filled},
            },
            tables=[
                Table("plan", ("part", "line"), [(o, item) for o in filled for item in plan.of(o)])
            ],
            resources=[
                fhir.document(uuid5(person, "plan"), person, row.updated_at, _("Safety plan"), text)
            ]
            if row is not None and kept
            else [],
        )


class ExportedEpisode:
    """See qingting.privacy.ports.Exporter."""

    name: Final = "being_safe"
    covers: Final = frozenset({"safety.EpisodeRecord"})

    def about(self) -> About:
        """What is kept."""
        return About(
            title=_("What I asked about your being safe"),
            counted={"safety.EpisodeRecord": _("Notes")},
            how_long=_("As long as the rest, so that you need not tell it all over again."),
        )

    def section(self, person: UUID, seal: PersonSeal, reader: Person) -> Section:
        """What was asked and told, in plain words."""
        row = EpisodeRecord.objects.filter(person_id=person).first()
        place = Place("safety_episoderecord", "record", person)
        stored = opened_json(seal, row.record, place) if row else None
        episode = episodes.load(stored) if stored else Episode()
        parts = _parts(episode)
        return Section(
            title=_("What I asked about your being safe"),
            note=_(
                "Kept so that you need not say it twice. One thing is left out: a rough mark of "
                "how careful I should be with my next words. It says nothing about you."
            )
            if parts
            else "",
            parts=parts,
            data=_data(episode),
            tables=[
                Table("being_safe", ("at", "about", "what", "told"), _rows(episode)),
            ],
        )


def _parts(episode: Episode) -> list[Part]:
    asking, about, asked = episode.asking, about_words(), asked_words()
    lines: dict[str, list[Line]] = {}
    for key, known in asking.known.items():
        path, _dot, facet = key.partition(".")
        label = asked.get(facet, _("Something else I asked"))
        lines.setdefault(path, []).append(Line(label, known.words, known.at))
    for key in asking.times:
        path, _dot, facet = key.partition(".")
        if key not in asking.known:
            told = _("I asked, and you left it at that.")
            lines.setdefault(path, []).append(Line(asked.get(facet, ""), told))
    parts = [Part(about.get(path, _("Something else")), told) for path, told in lines.items()]
    heard = [Line("", one.evidence, one.at) for one in episode.transitions if one.evidence]
    if heard:
        parts.append(Part(_("Words of yours that made me ask"), heard))
    if episode.people.named:
        named = [Line("", one) for one in episode.people.named]
        parts.append(Part(_("People you said could know"), named))
    return parts


def _data(episode: Episode) -> dict[str, Any]:
    asking = episode.asking
    return {
        "told": [
            {"about": key, "words": one.words, "taken_as": one.value, "at": one.at.isoformat()}
            for key, one in asking.known.items()
        ],
        "asked": dict(asking.times),
        "words_that_made_me_ask": [
            {"words": one.evidence, "at": one.at.isoformat()}
            for one in episode.transitions
            if one.evidence
        ],
        "people_who_could_know": list(episode.people.named),
        "said_to_hurt_them": sorted(episode.people.hurt_by),
        "offered": dict(episode.steps.offered),
        "left_out": "the level by which the next words are chosen",
    }


def _rows(episode: Episode) -> list[tuple[Any, ...]]:
    return [(one.at, *key.split(".", 1), one.words) for key, one in episode.asking.known.items()]
