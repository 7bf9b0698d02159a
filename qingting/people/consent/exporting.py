"""Consents, age, guardians and the person to call, in an export."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from qingting.companion.person import Person as Reader
from qingting.companion.words.script import in_script
from qingting.people.consent.ages import WORDS, Band
from qingting.people.consent.models import Age, Contact, Grant, Guardian, GuardianCode, Rest
from qingting.people.consent.vocabulary import What, words_of
from qingting.privacy.errors import Unreadable
from qingting.privacy.ports import About, Line, Part, Section, Table
from qingting.privacy.sealing import PersonSeal, Place


class ExportedConsents:
    """See qingting.privacy.ports.Exporter."""

    name: Final = "consents"
    covers: Final = frozenset(
        f"consent.{one}" for one in ("Grant", "Age", "GuardianCode", "Guardian", "Rest", "Contact")
    )

    def about(self) -> About:
        """What is kept."""
        return About(
            title=_("What you agreed to"),
            counted={
                "consent.Grant": _("Consents"),
                "consent.Age": _("Your age, roughly"),
                "consent.Guardian": _("Guardians"),
                "consent.Rest": _("An amount a day, a night"),
                "consent.Contact": _("Somebody to call"),
            },
            how_long=_("Until you erase it all; what you took back stays as taken back."),
            page="my_consents",
        )

    def section(self, person: UUID, seal: PersonSeal, reader: Reader) -> Section:
        """All of it; what does not open is left out and said so."""
        grants = list(Grant.objects.filter(person_id=person).order_by("since"))
        age = _opened(seal, Age, person, "consent_age")
        rest = _opened(seal, Rest, person, "consent_rest")
        contact = _opened(seal, Contact, person, "consent_contact")
        guardians = _guardians(person, seal)
        asked = GuardianCode.objects.filter(person_id=person).order_by("made_at")
        parts = [Part(_("Consents"), [_line(one, reader) for one in grants])] if grants else []
        if age is not None:
            word = WORDS.get(age.get("band", Band.UNSAID), "")
            parts.append(Part(_("How old you are"), [Line(_("You said"), str(word))]))
        if contact is not None:
            lines = [Line(word, contact[key]) for key, word in _of_contact() if contact.get(key)]
            parts.append(Part(_("Somebody to call in an emergency"), lines))
        if rest is not None:
            parts.append(Part(_("An amount a day, a night"), _of_rest(rest)))
        if guardians:
            lines = [Line(one["relation"], one["name"]) for one in guardians]
            parts.append(Part(_("Parent or guardian"), lines))
        data = {
            "consents": [_data(one) for one in grants],
            "age": age,
            "contact": contact,
            "rest": rest,
            "guardians": guardians,
            "guardian_asked": [one.isoformat() for one in asked.values_list("made_at", flat=True)],
        }
        columns = ("what", "whom", "why", "version", "since", "until", "withdrawn_at")
        rows = [tuple(getattr(one, key) for key in columns) for one in grants]
        return Section(
            title=_("What you agreed to"),
            parts=parts,
            data=data,
            tables=[Table("consents", columns, rows)],
        )


def _opened(seal: PersonSeal, model: Any, person: UUID, table: str) -> dict[str, Any] | None:
    row = model.objects.filter(person_id=person).first()
    return None if row is None else _open(seal, row.body, Place(table, "body", person))


def _open(seal: PersonSeal, sealed: bytes, place: Place) -> dict[str, Any]:
    try:
        return dict(seal.open_json(sealed, place))
    except Unreadable:
        return {"unreadable": True}


def _guardians(person: UUID, seal: PersonSeal) -> list[dict[str, Any]]:
    found = [
        {
            "name": "",
            "relation": "",
            **_open(seal, one.body, Place("consent_guardian", "body", one.id)),
            "agreed_at": one.agreed_at.isoformat(),
            "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
        }
        for one in Guardian.objects.filter(person_id=person).order_by("agreed_at")
    ]
    for one in found:
        # The guardian's own, given for being told and for nothing else.
        one.pop("mail", None)
    return found


def _line(grant: Grant, reader: Reader) -> Line:
    known = grant.what in set(What)
    title = words_of(What(grant.what), reader.language).title if known else grant.what
    label = _("Taken back") if grant.withdrawn_at else _("Agreed")
    return Line(label, in_script(title, reader), grant.withdrawn_at or grant.since)


def _data(grant: Grant) -> dict[str, Any]:
    return {
        "what": grant.what,
        "whom": grant.whom,
        "why": grant.why,
        "version": grant.version,
        "since": grant.since.isoformat(),
        "until": grant.until.isoformat() if grant.until else None,
        "withdrawn_at": grant.withdrawn_at.isoformat() if grant.withdrawn_at else None,
    }


def _of_rest(rest: dict[str, Any]) -> list[Line]:
    night = f"{rest['begins']}–{rest['ends']}" if rest.get("begins") else ""
    told = ((_("Minutes a day"), str(rest.get("minutes") or "")), (_("The night"), night))
    return [Line(label, text) for label, text in told if text]


def _of_contact() -> list[tuple[str, str]]:
    return [
        ("name", _("Who")),
        ("reach", _("How to reach them")),
        ("mail", _("Their e-mail, so that a letter can reach them")),
        ("relation", _("What they are to you")),
        ("called", _("What they call you")),
        ("when", _("When they may be called, in your own words")),
        ("say", _("What they should be told, in your own words")),
        ("never_tell", _("Who must never be told")),
    ]
