"""The policy set-up of this installation for the command, the start and the pages of staff: what
is chosen, what is missing, and what another choice would change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from django.db.models import Count

from qingting.companion.person import Language
from qingting.policy.checking import Finding, SetUp, findings
from qingting.policy.closing import claims, closed
from qingting.policy.packs.combine import Chosen
from qingting.policy.packs.reading import PackError
from qingting.policy.packs.shelf import of_place, shipped
from qingting.policy.profile import chosen_by
from qingting.site.config import Config, ConfigError

if TYPE_CHECKING:  # models are behind it; qingting doctor looks at rules before there are any
    from qingting.policy.reporting import Report

AUDIENCES: Final = ("school", "clinic", "minors", "public")


def chosen_in(config: Config) -> Chosen:
    """The packs of the settings. Raises ConfigError."""
    return chosen_from(config, config.policy)


def chosen_from(config: Config, packs: str) -> Chosen:
    """As `chosen_in`, with other packs. Raises ConfigError."""
    try:
        return chosen_by(packs, config.place, config.policy_file, config.policy_confirmed)
    except PackError as error:
        raise ConfigError(f"QINGTING_POLICY: {error}") from error


def set_up_of(config: Config) -> SetUp:
    """What the operator filled in."""
    return SetUp(
        contact=config.contact,
        mail=config.mail is not None,
        campus=bool(config.campus_url or config.campus_saml) or config.signup == "closed",
        outside_asked=config.hosted_models == "ask",
        placed=bool(config.place or config.policy or config.policy_file),
    )


def findings_of(config: Config, day: date, language: Language) -> list[Finding]:
    """What `qingting policy check` finds. Raises ConfigError."""
    return findings(chosen_in(config), set_up_of(config), day, language)


def may_start(config: Config, language: Language = "en") -> str:
    """A line to say at the start; "" for none. Raises ConfigError where it must not start."""
    chosen, today = chosen_in(config), datetime.now(UTC).date()
    shut = closed(chosen, today, language)
    if shut is not None:
        raise ConfigError(shut)
    return claims(chosen, today, language) or ""


def packs_of(place: str, audience: str) -> str:
    """QINGTING_POLICY for a place (a country code or the id of a pack, several with commas) and an
    audience. "" where only the default holds."""
    known = {one.upper(): one for one in shipped()}
    found: list[str] = []
    for one in (part.strip().upper() for part in place.split(",")):
        pack = known.get(one) or of_place(one, shipped())
        if pack is not None:
            found.append(pack)
    if audience in AUDIENCES and audience != "public":
        found.append(audience)
    return ",".join(dict.fromkeys(found))


def settings_for(
    place: str, audience: str, contact: str = "", mail: str = "", mail_from: str = ""
) -> Mapping[str, str]:
    """What the answers of a set-up are as settings; "" for what is to be taken away."""
    country = place.split(",", maxsplit=1)[0].strip().upper().partition("-")[0]
    return {
        "QINGTING_PLACE": country if len(country) == 2 and country != "EU" else "",
        "QINGTING_POLICY": packs_of(place, audience),
        "QINGTING_CONTACT": contact.strip(),
        "QINGTING_SMTP_URL": mail.strip(),
        "QINGTING_MAIL_FROM": mail_from.strip() if mail.strip() else "",
    }


def report_of(config: Config, year: int) -> Report:
    """The counts of a year, with its complaints."""
    from qingting.complaints.models import Complaint, State
    from qingting.policy import reporting
    from qingting.site.persons_data import schedule_of

    made = Complaint.objects.filter(at__year=year).values("state").annotate(n=Count("pk"))
    number = {row["state"]: row["n"] for row in made.order_by()}
    complaints = {str(one): number.get(one, 0) for one in State.values}
    kept = schedule_of(config).counts.days
    return reporting.report(year, datetime.now(UTC), kept, complaints)
