"""qingting policy: whose rules hold here, what is missing, what was counted (docs/policy.md)."""

from __future__ import annotations

import json
import locale
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from qingting.companion.person import AgeBand, Language, Person
from qingting.site.config import Config, ConfigError, read_config

_BANDS: Final[tuple[tuple[int, AgeBand], ...]] = (
    (14, "under_14"),
    (16, "14_15"),
    (18, "16_17"),
    (200, "adult"),
)
_LANGUAGE: Final = click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default=None,
    help="Language of the words; your terminal's by default.",
)
_ON: Final = click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help="As of a day, like 2027-02-01."
)
_PACKS: Final = click.option(
    "--packs", default=None, metavar="CN,US-CA", help="Other packs than those of the settings."
)
_YEAR: Final = click.option(
    "--year", type=click.IntRange(2020, 2100), default=None, help="This year by default."
)


@click.group()
def policy() -> None:
    """Whose rules hold here, and the evidence for it (docs/policy.md)."""


@policy.command()
@click.option("--age", type=click.IntRange(5, 120), default=20, show_default=True)
@_ON
@_PACKS
@_LANGUAGE
def show(age: int, on: datetime | None, packs: str | None, language: Language | None) -> None:
    """What applies to somebody of an age, and why."""
    sys.exit(_run(lambda config: _show(config, age, _day(on), packs, spoken(language))))


@policy.command()
@_ON
@_LANGUAGE
def check(on: datetime | None, language: Language | None) -> None:
    """What is missing; exits with 1 where something must be put right."""
    sys.exit(_run(lambda config: _check(config, _day(on), spoken(language))))


@policy.command()
@click.argument("before")
@click.argument("after")
@_ON
@_LANGUAGE
def diff(before: str, after: str, on: datetime | None, language: Language | None) -> None:
    """What would change between two choices of packs: qingting policy diff CN US-CA,school."""
    sys.exit(_run(lambda config: _diff(config, (before, after), _day(on), spoken(language))))


@policy.command()
@_YEAR
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--published", is_flag=True, help="For outside: numbers under five are not told.")
@_LANGUAGE
def report(year: int | None, as_json: bool, published: bool, language: Language | None) -> None:
    """The counts of a year as yearly reports ask for them. Nobody's id, no word."""
    sys.exit(
        _run(
            lambda config: _report(
                config, year or _today().year, spoken(language), as_json=as_json, outside=published
            ),
            stored=True,
        )
    )


@policy.command()
@_YEAR
@_LANGUAGE
def assessment(year: int | None, language: Language | None) -> None:
    """A draft of the security assessment as Markdown, filled from what runs here."""
    sys.exit(_run(lambda config: _assess(config, year or _today().year, language), stored=True))


def print_changes(config: Config, choices: tuple[str, str], day: date, language: Language) -> None:
    """What changes between two choices of packs, as a table. Raises ConfigError."""
    from qingting.policy.differing import change_words, changes
    from qingting.policy.operator_words import said
    from qingting.site.policy_setup import chosen_from

    before, after = (chosen_from(config, one) for one in choices)
    found = [change_words(one, language) for one in changes(before, after, day)]
    console = Console(highlight=False)
    if not found:
        console.print(said(language, "differ", "same"), markup=False)
        return
    heads = [
        said(language, "show", "asks"),
        *(said(language, "differ", key) for key in ("before", "after", "who")),
    ]
    _table(console, heads, found, ratios=(4, 2, 2, 2))


def _show(config: Config, age: int, day: date, packs: str | None, language: Language) -> int:
    from qingting.policy.operator_words import band_words, said
    from qingting.policy.showing import pack_names, row_words, rows
    from qingting.site.policy_setup import chosen_from

    chosen = chosen_from(config, config.policy if packs is None else packs)
    band = band_of(age)
    console = Console(highlight=False)

    def line(key: str, **slots: object) -> None:
        console.print(said(language, "show", key, **slots), markup=False)

    line("advice")
    line("packs", packs=pack_names(chosen.packs, language))
    for pack in chosen.packs:
        line("verified", name=pack.name(language), id=pack.id, day=pack.verified_on)
    line("who", age=band_words(band, language), day=day)
    every = (*chosen.packs, chosen.default)
    found = [row_words(one, every, language) for one in rows(chosen, band, day)]
    heads = [said(language, "show", key) for key in ("asks", "value", "why")]
    _table(console, heads, found, ratios=(3, 2, 4))
    return 0


def _check(config: Config, day: date, language: Language) -> int:
    from qingting.policy.operator_words import said
    from qingting.site.policy_setup import findings_of

    found = findings_of(config, day, language)
    for one in found:
        click.echo(f"{said(language, 'check', one.verdict)}  {one.says}")
    if not found:
        click.echo(said(language, "check", "fine"))
    return int(any(one.verdict == "fix" for one in found))


def _diff(config: Config, choices: tuple[str, str], day: date, language: Language) -> int:
    from qingting.policy.operator_words import said

    click.echo(said(language, "show", "advice"))
    click.echo(said(language, "differ", "head", before=choices[0], after=choices[1], day=day))
    print_changes(config, choices, day, language)
    return 0


def _report(config: Config, year: int, language: Language, *, as_json: bool, outside: bool) -> int:
    from qingting.policy.operator_words import said
    from qingting.policy.reporting_words import lines, shape, thresholds
    from qingting.site.persons_data import schedule_of
    from qingting.site.policy_setup import chosen_in, report_of

    found, chosen = report_of(config, year), chosen_in(config)
    if as_json:
        told = found.published() if outside else found.wire()
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    console = Console(highlight=False)

    def line(key: str, **slots: object) -> None:
        console.print(said(language, "report", key, **slots), markup=False)

    line("title", year=year)
    line("advice")
    if not found.whole:
        kept = schedule_of(config).counts
        line("partial", days=kept.days, day=(datetime.now(UTC) - kept).date())
    elif found.last < date(year, 12, 31):
        line("running", day=found.last)
    _table(console, ("", ""), list(lines(found, language, outside=outside)), ratios=(4, 1))
    for text in thresholds(chosen, found, _today(), language):
        console.print(text, markup=False)
    line("shape")
    for text in shape(chosen, language):
        console.print(f"- {text}", markup=False)
    return 0


def _assess(config: Config, year: int, language: Language | None) -> int:
    from qingting.policy.assessing import Running, assessment
    from qingting.site.policy_setup import chosen_in, findings_of, report_of

    chosen, today = chosen_in(config), _today()
    mainland = any(pack.id == "CN" for pack in chosen.packs)
    told: Language = language or ("zh" if mainland else spoken(None))
    model = f"{config.endpoint[1]} ({config.model_host or '127.0.0.1'})" if config.endpoint else ""
    cards = Path(__file__).resolve().parents[2] / "training" / "cards"
    running = Running(
        config.contact,
        model,
        sorted(f"training/cards/{one.name}" for one in cards.glob("*.md")),
        config.place or "-",
        config.complaint_days,
        [one.says for one in findings_of(config, today, told)],
        config.mail is not None,
    )
    text = assessment(chosen, report_of(config, year), running, today, told)
    # A file of it is UTF-8 whatever the terminal speaks.
    sys.stdout.buffer.write(text.encode())
    return 0


def band_of(age: int) -> AgeBand:
    """The band of an age in years."""
    return next(band for below, band in _BANDS if age < below)


def _table(
    console: Console,
    heads: Sequence[str],
    found: Sequence[Sequence[str]],
    ratios: Sequence[int],
) -> None:
    table = Table(show_header=any(heads), show_lines=len(heads) > 2, expand=True, box=None)
    for head, ratio in zip(heads, ratios, strict=True):
        table.add_column(Text(head), ratio=ratio, overflow="fold")
    for row in found:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _run(work: Callable[[Config], int], *, stored: bool = False) -> int:
    """Do it with the settings; stored: the databases are read."""
    try:
        config = read_config()
        if stored and not config.secret_key and not config.secret_key_file.exists():
            return _failed(
                f"there is no installation in {config.data_dir}; qingting serve makes one"
            )
        import django

        django.setup(set_prefix=False)
        from django.db import Error as DatabaseError

        try:
            return work(config)
        except DatabaseError as error:
            return _failed(f"the databases cannot be used ({type(error).__name__})")
    except ConfigError as error:
        return _failed(str(error))


def _day(on: datetime | None) -> date:
    return on.date() if on is not None else _today()


def _today() -> date:
    return datetime.now(UTC).date()


def spoken(language: Language | None) -> Language:
    """The language to speak: the one asked for, else the terminal's."""
    return language or Person(locale=locale.getlocale()[0] or "en").language


def _failed(why: str) -> int:
    click.echo(f"qingting: {why}", err=True)
    return 2
