"""qingting content check: what is wrong with the content, in plain words (docs/content.md)."""

from __future__ import annotations

import locale
from datetime import date
from pathlib import Path

import click

from qingting.companion.person import Language, Person
from qingting.content_check.check import NoContent, findings
from qingting.content_check.folder import count, installed
from qingting.content_check.words import grade_of, summary, told


def run(path: Path | None, language: Language | None, today: date) -> int:
    """Print every finding, errors first. Returns 1 when something must be put right, 2 when the
    path is nothing that can be checked."""
    path = path or installed()
    language = language or Person(locale=locale.getlocale()[0] or "en").language
    try:
        found = findings(path, today)
    except NoContent:
        click.echo(summary("no_content", language, path=str(path)), err=True)
        return 2
    errors = [one for one in found if grade_of(one) == "error"]
    notes = [one for one in found if grade_of(one) == "note"]
    for part, group in (("error", errors), ("note", notes)):
        if group:
            click.echo(summary(part, language))
            for one in group:
                click.echo(told(one, language))
            click.echo()
    counts = {"files": count(path), "errors": len(errors), "notes": len(notes)}
    told_of = {name: str(number) for name, number in counts.items()}
    click.echo(summary("found" if found else "clean", language, path=str(path), **told_of))
    return int(bool(errors))
