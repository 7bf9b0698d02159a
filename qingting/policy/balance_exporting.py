"""How much room this takes in somebody's life, in their export and on the page of what is kept."""

from __future__ import annotations

from collections import Counter
from typing import Final
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from qingting.companion.dependence import balance as balances
from qingting.companion.dependence.balance import Balance
from qingting.companion.person import Person
from qingting.policy import dependence_rows
from qingting.policy.balance_words import noted_words, question_words, taper_words
from qingting.privacy.ports import About, Line, Part, Section, Table
from qingting.privacy.sealing import PersonSeal


class ExportedBalance:
    """See qingting.privacy.ports.Exporter."""

    name: Final = "balance"
    covers: Final = frozenset({"policy.Balance"})

    def about(self) -> About:
        """What is kept."""
        return About(
            title=_("Here and elsewhere"),
            counted={"policy.Balance": _("Notes")},
            how_long=_("Eight weeks. Days and numbers only, not a word of what was said."),
            page="my_balance",
        )

    def section(self, person: UUID, seal: PersonSeal, reader: Person) -> Section:
        """What was noted on which days, their own answers, and what they agreed on."""
        balance = dependence_rows.of(person, seal)
        if balance.is_empty:
            return Section(title=_("Here and elsewhere"))
        return Section(
            title=_("Here and elsewhere"),
            note=_("Days and numbers only, not a word of what was said."),
            parts=[part for part in _parts(balance, reader) if part.lines],
            data=balances.dump(balance),
            tables=[Table("balance", ("day", "noted"), _days(balance))],
        )


def _days(balance: Balance) -> list[tuple[str, str]]:
    return sorted(
        (day.isoformat(), sign)
        for signs in balance.heard.values()
        for sign in signs
        for day in balance.days(sign)
    )


def _parts(balance: Balance, reader: Person) -> list[Part]:
    times = Counter(sign for signs in balance.heard.values() for sign in signs)
    words = noted_words()
    noted = [Line(words[sign], str(len(list(balance.days(sign))))) for sign in times]
    answers = []
    if balance.check is not None:
        asked = question_words(reader)
        answers = [
            Line(asked[key].ask, asked[key].options.get(option, ""), language=reader.language)
            for key, option in balance.check.answers.items()
            if key in asked
        ]
    agreed = []
    if balance.taper is not None:
        since = str(date_format(balance.taper.since, "DATE_FORMAT"))
        agreed = [Line(since, taper_words(balance.taper))]
    return [
        Part(_("Noted from talks, in days"), noted),
        Part(_("What you answered yourself"), answers),
        Part(_("What you set for yourself"), agreed),
    ]
