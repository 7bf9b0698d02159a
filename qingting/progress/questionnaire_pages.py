"""Answering a questionnaire, all questions on a page or one at a time. Everything works without a
script; danger in an answer is met in the same request."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import resolve, reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from qingting.companion.instruments.instrument import Answers, Instrument
from qingting.companion.instruments.shelf import askable, instruments
from qingting.companion.person import Person
from qingting.people.visitors import give_token, new_token, token_of
from qingting.progress import question_hearing, questionnaires, result_pages
from qingting.progress.errors import CannotStore
from qingting.progress.question_forms import Filled, filled
from qingting.progress.question_shown import Result, ShownForm, ShownItem, shown_form, shown_result
from qingting.progress.questionnaires import Saved, Sent
from qingting.progress.questions_page import asker, listed, may
from qingting.progress.service import current

log = logging.getLogger(__name__)


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, key: str) -> HttpResponse:
    """One questionnaire. Posting to it keeps what was answered and goes on."""
    instrument = instruments().get(key)
    if instrument is None:
        raise Http404
    person, who = asker(request)
    if not _asked(request, instrument, who):
        return _not_asked(request, instrument, who)
    if request.method == "POST":
        return _save(request, instrument, person, who)
    half = _half(person, who).get(key)
    which = UUID(half.id) if half else uuid4()
    form = shown_form(instrument, half.values if half else {}, who)
    empty = request.GET.get("said") == "empty"
    context: dict[str, Any] = {"said": "empty" if empty else "", "half": half}
    if "one" in request.GET:
        wanted = form.item(request.GET["one"]) or _first_open(form)
        return _one(request, form, which, wanted.key, **context)
    return _all(request, form, which, **context)


@cache_control(no_store=True)
def expired(request: HttpRequest) -> HttpResponse:
    """A form whose protection expired: the answers stay in it, and danger in them is heard."""
    found = resolve(request.path)
    instrument = instruments().get(found.kwargs.get("key", ""))
    if found.url_name != "question" or instrument is None:
        return listed(request, said="expired", status=403)
    _person, who = asker(request)
    if not _asked(request, instrument, who):
        return _not_asked(request, instrument, who)
    form = filled(instrument, request.POST)
    return _unkept(request, instrument, form, who, said="expired", status=403)


def _save(
    request: HttpRequest, instrument: Instrument, person: UUID | None, who: Person
) -> HttpResponse:
    form = filled(instrument, request.POST)
    if not may(request, person):
        return _unkept(request, instrument, form, who, said="slow", status=429)
    half = _half(person, who).get(instrument.key)
    if not form.values and half is None and form.press in ("later", "done"):
        # Nothing was answered, so nothing is kept.
        if form.unread:
            return _unkept(request, instrument, form, who, said="unread", status=400)
        path = reverse("questions") if form.press == "later" else _path(instrument)
        return _to(path + ("" if form.press == "later" else "?said=empty"))
    known = token_of(request)
    token = known or new_token()
    done = form.press == "done" or (form.press == "next" and _is_last(instrument, form, half, who))
    sent = Sent(instrument, form.which, form.values, done and not form.unread)
    try:
        saved = questionnaires.save(current(), token, sent, who)
    except CannotStore as error:
        log.error("a questionnaire could not be stored: %s", type(error).__name__)
        return _unkept(request, instrument, form, who, said="unsaved", status=503)
    response = _answered(request, instrument, form, saved, who, counts=done)
    if known is None:
        give_token(response, token)
    return response


def _answered(
    request: HttpRequest,
    instrument: Instrument,
    form: Filled,
    saved: Saved,
    who: Person,
    *,
    counts: bool,
) -> HttpResponse:
    """What follows a form that was kept."""
    values, which = saved.answers.values, UUID(saved.answers.id)
    shown = shown_form(instrument, values, who)
    if form.unread:
        # Something that is no answer: the others are kept, and stand in the form.
        page = {"said": "unread", "heard": saved.heard, "half": saved.answers}
        return _all(request, shown, which, status=400, **page)
    if counts:
        # An item that is asked only after such an answer comes before any result.
        left = questionnaires.left_open(instrument, values)
        if left and left[0].only_if:
            return _one(request, shown, which, left[0].key, heard=saved.heard)
        address = reverse("questions_result", args=[which])
        if saved.heard is None:
            return _to(address)
        return result_pages.shown(request, saved.answers, who, heard=saved.heard)
    onward = reverse("questions") + "?said=kept"
    if form.press != "later":
        onward = f"{_path(instrument)}?one={_onward(shown, form)}"
    if saved.heard is None:
        return _to(onward)
    context = {"heard": saved.heard, "onward": onward, "key": uuid4().hex, "left": form.press}
    return render(request, "progress/question_heard.html", context)


def _unkept(
    request: HttpRequest,
    instrument: Instrument,
    form: Filled,
    who: Person,
    *,
    said: str,
    status: int,
) -> HttpResponse:
    """The form with every answer still in it. Danger is answered first, and what the answers make
    is told as well: nobody has to wait for a disk."""
    found = question_hearing.ticked(instrument, form.values)
    heard = question_hearing.hear_unsaved(current(), token_of(request), found, who, form.which.hex)
    today = who.local(current().clock()).date()
    answers = Answers(form.which.hex, instrument.key, who.language, today, form.values)
    result: Result | None = None
    if form.press == "done" and questionnaires.is_whole(instrument, form.values):
        result = shown_result(instrument, answers, None, who)
    shown = shown_form(instrument, form.values, who)
    page: dict[str, Any] = {"said": said, "heard": heard, "result": result}
    if form.one and shown.item(form.one):
        return _one(request, shown, form.which, form.one, status=status, **page)
    return _all(request, shown, form.which, status=status, **page)


def _not_asked(request: HttpRequest, instrument: Instrument, who: Person) -> HttpResponse:
    """It is not asked here, now, or of somebody that young, and no answer is kept. What was ticked
    of danger is met and known all the same."""
    if request.method != "POST":
        return _to(reverse("questions") + "?said=not_now")
    form = filled(instrument, request.POST)
    found = question_hearing.ticked(instrument, form.values)
    heard = question_hearing.hear_only(current(), token_of(request), found, who, form.which.hex)
    return listed(request, said="not_now", heard=heard)


def _all(
    request: HttpRequest, form: ShownForm, which: UUID, *, status: int = 200, **context: Any
) -> HttpResponse:
    page = {"form": form, "which": which, "key": uuid4().hex, **context}
    return render(request, "progress/question.html", page, status=status)


def _one(
    request: HttpRequest,
    form: ShownForm,
    which: UUID,
    at: str,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    item = form.item(at)
    page = {"form": form, "item": item, "which": which, "key": uuid4().hex, **context}
    return render(request, "progress/question_one.html", page, status=status)


def _first_open(form: ShownForm) -> ShownItem:
    return next(
        (one for one in form.items if not any(answer.chosen for answer in one.answers)),
        form.items[-1],
    )


def _is_last(instrument: Instrument, form: Filled, half: Answers | None, who: Person) -> bool:
    values = {**(half.values if half else {}), **form.values}
    return shown_form(instrument, values, who).after(form.one) is None


def _onward(form: ShownForm, filled: Filled) -> str:
    """The question to go to after this page."""
    here = form.item(filled.one)
    if here is None:
        return _first_open(form).key
    if filled.press == "back":
        return here.before or here.key
    following = form.after(here.key)
    return following.key if following else here.key


def _asked(request: HttpRequest, instrument: Instrument, who: Person) -> bool:
    # What was begun while somebody was on duty is taken in when they have just gone.
    duty = request.method == "POST" or questionnaires.on_call(who, current().clock())
    there = askable(who.language, who.age_band, on_call=duty)
    return any(one.key == instrument.key for one in there)


def _half(person: UUID | None, who: Person) -> dict[str, Answers]:
    """What was left half done; nothing where it cannot be read, for the form matters more."""
    if person is None:
        return {}
    try:
        today = who.local(current().clock()).date()
        return questionnaires.half_done(current(), person, today)
    except CannotStore:
        return {}


def _path(instrument: Instrument) -> str:
    return reverse("question", args=[instrument.key])


def _to(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=303)
