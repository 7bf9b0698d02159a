"""What each place asks for the young, until policy packs say it (docs/minors.md names the laws).

Where the facts were unsure the stricter was taken: COPPA's line is thirteen and the band ends at
fourteen, so under fourteen counts as a child there; member states of the EU choose from thirteen to
sixteen, so sixteen; the same where a place is unknown.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import Final

from qingting.people.consent.ages import AgeRules

_HALF_AN_HOUR: Final = timedelta(minutes=30)
_NIGHT: Final = (time(22), time(6))
_EU: Final = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)

CN: Final = AgeRules(
    place="CN",
    alone_from=14,
    talk_waits=True,
    must_know=True,
    usage_owed=True,
    break_after=_HALF_AN_HOUR,
    night=_NIGHT,
)
US: Final = AgeRules(
    place="US",
    alone_from=13,
    talk_waits=True,
    must_know=False,
    usage_owed=False,
    break_after=_HALF_AN_HOUR,
)
EU: Final = AgeRules(
    place="EU",
    alone_from=16,
    talk_waits=False,
    must_know=False,
    usage_owed=False,
    break_after=_HALF_AN_HOUR,
)
ELSEWHERE: Final = AgeRules(
    place="",
    alone_from=16,
    talk_waits=False,
    must_know=False,
    usage_owed=False,
    break_after=_HALF_AN_HOUR,
)


def rules_of(place: str) -> AgeRules:
    """The rules of a country code; the strictest common ones where it is unknown."""
    place = place.strip().upper()
    if place in _EU:
        return EU
    return {"CN": CN, "US": US}.get(place, ELSEWHERE)
