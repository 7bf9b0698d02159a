"""What a person is told about answers in FHIR that they pasted: what is wrong, and where."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from qingting.companion.instruments.shelf import instruments
from qingting.companion.person import Person
from qingting.progress.fhir.reading import Problem
from qingting.progress.question_words import named


def too_much() -> str:
    """A paste that is too long for one form."""
    return _(
        "That is more than goes in at once. Take the answered questionnaires alone, or paste them "
        "in two or three pieces; what is there already is not doubled."
    )


def told(problem: Problem) -> str:
    """What is wrong, with the place."""
    sentences = {
        "empty": _("There is nothing in the field yet."),
        "no_json": _("This is no whole JSON: it cannot be read from line %(line)s, sign %(sign)s."),
        "too_deep": _("At %(at)s: things lie inside of each other more deeply than can be read."),
        "number": _("At %(at)s: that number is longer than any number here may be."),
        "text": _("At %(at)s: half of a sign stands there; it must have been cut when copying."),
        "twice": _("At %(at)s: this name stands there twice, and nobody can say which is meant."),
        "kind": _(
            "At %(at)s: a QuestionnaireResponse is needed here, or a Bundle that holds some. This "
            "says “%(what)s”."
        ),
        "bundle": _("At %(at)s: no resource stands there."),
        "none_in_it": _("At %(at)s: there is no QuestionnaireResponse among what is there."),
        "too_many": _("At %(at)s: %(what)s are too many at once. Paste them in pieces."),
        "invalid": _(
            "At %(at)s: what stands there, or is missing, is not as FHIR R4 has it. %(said)s"
        ),
        "unfinished": _(
            "At %(at)s: only answers that were finished can be taken (“completed” or “amended”). "
            "This says “%(what)s”."
        ),
        "day": _("At %(at)s: the day of these answers is needed, with year, month and day."),
        "ahead": _("At %(at)s: %(what)s is still to come."),
        "too_old": _("At %(at)s: %(what)s is too long ago."),
        "unknown": _("At %(at)s: I don't know this questionnaire. %(said)s"),
        "unanswered": _("At %(at)s: there is no answer in it."),
        "unknown_item": _("At %(at)s: this questionnaire has no question “%(what)s”."),
        "answer": _("At %(at)s: the question has no such answer. %(said)s"),
        "answers": _("At %(at)s: there must be one answer there, and one value in it."),
        "answered_twice": _("At %(at)s: the question “%(what)s” is answered a second time."),
        "disagree": _("At %(at)s: the code and the number beside it say two different things."),
    }
    line, _colon, sign = problem.what.partition(":")
    gaps = {
        "at": problem.path or "…",
        "what": problem.what,
        "said": f"“{problem.what}”" if problem.what else "",
        "line": line or "1",
        "sign": sign,
    }
    return (sentences[problem.why] % gaps).strip()


def kept_out(keys: Sequence[str], who: Person) -> str:
    """Which are not for this person here; "" for none."""
    if not keys:
        return ""
    names = ", ".join(named(instruments()[key], who).name for key in keys)
    return _("Not kept, since it is not among what is asked here: %(names)s.") % {"names": names}
