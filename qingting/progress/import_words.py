"""What a person is told about a table that they pasted."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingting.companion.progress.importing import Skipped, Understood


def too_much() -> str:
    """A paste that is too long for one form."""
    return _(
        "That is more than goes in at once. Paste it in two or three pieces, each with the first "
        "line of the table above it; what is there already is not doubled."
    )


def problem_of(found: Understood) -> str:
    """Why nothing could be read."""
    if found.problem == "empty":
        return _("There is nothing in the field yet.")
    if found.problem == "no_rows":
        return _("There is a first line, but no check-in below it that can be read.")
    return _(
        "The first line should name the columns: at least date and mood. That could not be found "
        "here. An example of how it can look stands below."
    )


def told(one: Skipped) -> str:
    """Why a line, or a part of it, was left out."""
    sentences = {
        "no_day": _("Line %(line)s: “%(what)s” is no day I can read. The year comes first."),
        "ahead": _("Line %(line)s: %(what)s is still to come."),
        "too_old": _("Line %(line)s: %(what)s is too long ago."),
        "no_mood": _("Line %(line)s: no mood stands there."),
        "mood_range": _("Line %(line)s: “%(what)s” is outside of the scale."),
        "word": _("Line %(line)s: I don't know which mood “%(what)s” is."),
        "broken": _("Line %(line)s: the quotation marks from there on don't match up."),
        "too_many": _("From line %(line)s on it was too many at once; %(what)s lines are left."),
        "left_sleep": _("Line %(line)s: taken, without the sleep “%(what)s”."),
        "left_energy": _("Line %(line)s: taken, without the energy “%(what)s”."),
        "left_time": _("Line %(line)s: taken, without the time “%(what)s”."),
    }
    return sentences[one.why] % {"line": one.line, "what": one.what}
