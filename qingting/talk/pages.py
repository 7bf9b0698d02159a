"""Pages of a conversation: start, talk, follow, stop. Everything works without JavaScript; with it
the same addresses stream."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from typing import Any, Final
from uuid import UUID, uuid4

from asgiref.sync import async_to_sync, sync_to_async
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingting.companion.message import Message
from qingting.companion.person import Language
from qingting.companion.policy import Policy
from qingting.companion.protect.notices import notice_text
from qingting.companion.voice.labels import label_for
from qingting.companion.words.script import in_script
from qingting.people import devices
from qingting.people.consent import asking_pages, contact_asking_pages
from qingting.people.consent import service as consent
from qingting.people.visitors import (
    give_token,
    new_token,
    person_of,
    remember_timezone,
    token_of,
)
from qingting.policy.profile import duties, policy_for
from qingting.safety import plan_pages
from qingting.talk import reading_back
from qingting.talk.agreeing import CannotStore
from qingting.talk.asking_after import Line, line_for
from qingting.talk.reading_back import ShownConversation
from qingting.talk.running import RunningTurn, Wire
from qingting.talk.service import Arrival, current
from qingting.talk.statements import NoSuchConversation

# A reply that was still coming is waited for so long, in seconds, before the page is shown; a
# slower one is followed by the page.
_SOON: Final = 1.0
_RECENT: Final = 3
# Notices that are shown again with the reply they stood beside.
_BESIDE: Final = ("ai_disclosure", "break_reminder", "shortened", "model_cap")


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
async def start(request: HttpRequest) -> HttpResponseBase:
    """The first page: one field. Posting to it begins a conversation."""
    if request.method == "POST":
        return await _say(request, None)
    token = token_of(request)
    recent = await sync_to_async(_recent)(token)
    asked = await sync_to_async(_asked)(request, token)
    check_in = await sync_to_async(_check_in)(request, token)
    context = _form(
        recent=recent,
        can_be_private=True,
        ended=_said(request, "ended"),
        unasked=_said(request, "unasked"),
        check_in=check_in,
        **asked,
    )
    response = await sync_to_async(render)(request, "talk/start.html", context)
    give_token(response, token or new_token())
    return response


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
async def conversation(request: HttpRequest, which: UUID) -> HttpResponseBase:
    """One conversation. Posting to it goes on with it."""
    if request.method == "POST":
        return await _say(request, which)
    token = token_of(request)
    try:
        shown = await sync_to_async(_shown)(token, which)
        if shown.waiting is not None and token is not None:
            shown = await _caught_up(request, token, shown)
    except NoSuchConversation:
        raise Http404 from None
    except CannotStore:
        return await sync_to_async(render)(
            request, "talk/conversation.html", _form(unreadable=True), status=503
        )
    return await sync_to_async(render)(
        request,
        "talk/conversation.html",
        _form(
            conversation=shown,
            unended=_said(request, "unended"),
            beside=_beside(request, shown),
            **_voice_of(request, shown),
        ),
    )


@require_GET
async def follow(request: HttpRequest, turn: UUID) -> HttpResponseBase:
    """The events of a turn being answered, from its beginning."""
    token = token_of(request)
    running = token and await current().follow(token, turn, person_of(request), _policy())
    if not running:
        raise Http404
    return _stream(running)


@require_POST
async def stop(request: HttpRequest, turn: UUID) -> HttpResponseBase:
    """Stop the reply where it is."""
    token = token_of(request)
    running = token and await current().follow(token, turn, person_of(request), _policy())
    if running:
        running.stop.request()
    return HttpResponse(status=204)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form whose protection expired: the words are kept in the field, and answered unsaved,
    because they may be words that cannot wait. A safety plan keeps its lines in its own page."""
    if request.path.startswith(reverse("plan")):
        return plan_pages.expired(request)
    if not request.POST.get("text", "").strip():
        return render(request, "talk/start.html", _form(expired=True), status=403)
    answer = async_to_sync(_answer_unsaved)
    return answer(request)


async def _answer_unsaved(request: HttpRequest) -> HttpResponseBase:
    running = await current().answer_unsaved(_arrival(request, "", None))
    if _wants_stream(request):
        events = await running.finished()
        told = "".join(map(_encoded, events))
        return HttpResponse(told, content_type="text/event-stream", status=403)
    return await _unsaved_page(request, running, status=403)


async def _say(request: HttpRequest, which: UUID | None) -> HttpResponseBase:
    """Take a message in and answer it, streamed or as the next page."""
    known = token_of(request)
    token = known or new_token()
    if not request.POST.get("text", "").strip():
        return HttpResponseRedirect(_address(which))
    arrival = _arrival(request, token, which)
    try:
        running = await current().receive(arrival)
    except NoSuchConversation:
        # The cookie expired or the conversation was deleted elsewhere: a new one, not an error.
        running = await current().receive(_arrival(request, token, None))
    response = _stream(running) if _wants_stream(request) else await _page(request, running)
    if known is None:
        give_token(response, token)
    remember_timezone(request, response)
    return response


async def _page(request: HttpRequest, running: RunningTurn) -> HttpResponseBase:
    events = await running.finished()
    if events[-1]["saved"]:
        return HttpResponseRedirect(_address(running.conversation) + "#last", status=303)
    return await _unsaved_page(request, running)


async def _unsaved_page(
    request: HttpRequest, running: RunningTurn, *, status: int = 200
) -> HttpResponseBase:
    events = await running.finished()
    reply = "".join(event["text"] for event in events if event["event"] == "words")
    notices = [event for event in events if event["event"] == "notice"]
    card = next((event for event in events if event["event"] == "article"), None)
    return await sync_to_async(render)(
        request,
        "talk/conversation.html",
        _form(
            text=request.POST.get("text", ""),
            # The same key: sent again, it is the same message, whatever was kept of it.
            key=request.POST.get("key", "") or uuid4().hex,
            unsaved_reply=reply,
            beside=notices,
            card=card,
            form_action=request.path,
            was_private=request.POST.get("private") == "1",
        ),
        status=status,
    )


def _arrival(request: HttpRequest, token: str, which: UUID | None) -> Arrival:
    text = request.POST.get("text", "").strip()
    # The same form sent twice is one message; the same form sent with other words is another.
    given = request.POST.get("key", "") or uuid4().hex
    key = hashlib.sha256(f"{given}\n{text}".encode()).hexdigest()
    private = request.POST.get("private") == "1"
    check_in = _uuid_or_none(request.POST.get("checkin", ""))
    message = Message(text, key)
    return Arrival(token, which, message, person_of(request), _policy(), private, check_in)


def _policy() -> Policy:
    return policy_for()


def _address(which: UUID | None) -> str:
    return reverse("conversation", args=[which]) if which else reverse("start")


def _uuid_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _said(request: HttpRequest, what: str) -> bool:
    """Whether what was just done is told on the page that comes."""
    return request.GET.get("said") == what


def _wants_stream(request: HttpRequest) -> bool:
    return "text/event-stream" in request.headers.get("Accept", "")


def _stream(running: RunningTurn) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_encoded_events(running), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    if running.id is not None:
        response["Qingting-Turn"] = str(running.id)
        response["Content-Location"] = _address(running.conversation)
    return response


async def _encoded_events(running: RunningTurn) -> AsyncIterator[str]:
    async for event in running.follow():
        yield _encoded(event)


def _encoded(event: Wire) -> str:
    data = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    return f"event: {event['event']}\ndata: {data}\n\n"


def _voice_of(request: HttpRequest, shown: ShownConversation) -> dict[str, Any]:
    """What stands beside a private talk, whose voice is not kept: that of its last reply. Elsewhere
    it is the one that they chose (qingting.site.context)."""
    return {"voice": label_for(shown.persona, person_of(request))} if shown.private else {}


def _beside(request: HttpRequest, shown: ShownConversation) -> list[dict[str, str]]:
    """The notices beside the last reply, for whoever reads it without a script, or once more: that
    this is an AI is not to be missed because a page was loaded anew."""
    reader = person_of(request)
    last = shown.messages[-1] if shown.messages else None
    if last is None or last.speaker == "person":
        return []
    language: Language = "zh" if last.language == "zh" else "en"
    said = (
        notice_text(one, language, shown.id.hex, shown.turns - 1)
        for one in shown.beside
        if one in _BESIDE
    )
    return [{"text": in_script(one, reader)} for one in said]


def _form(**context: Any) -> dict[str, Any]:
    return {"key": uuid4().hex, **context}


def _recent(token: str | None) -> list[ShownConversation]:
    """The last few conversations; none when they cannot be read, because the field matters more."""
    try:
        person = devices.find_person(token)
        if person is None:
            return []
        return reading_back.history(current().keyring, person, most=_RECENT)
    except CannotStore:
        return []


def _asked(request: HttpRequest, token: str | None) -> dict[str, Any]:
    """What is asked on the first page: a hosted model's consent, an age where the law needs it.
    Nothing when it cannot be known, because the field matters more."""
    consents = consent.current()
    try:
        person = devices.find_person(token)
        return {
            "ask_model": asking_pages.model_to_ask(request, person),
            "model_agreed": person is not None and consents.model_agreed(person),
            "ask_age": consents.rules.must_know
            and (person is None or consents.age_of(person) is None),
            "waits": person is not None and consents.waits(person),
            "suitability": duties().suitability_notice,
            "ask_contact": contact_asking_pages.to_ask(request),
        }
    except CannotStore:
        return {}


def _check_in(request: HttpRequest, token: str | None) -> Line | None:
    """How a thing went, asked above the field; None where it cannot be known what."""
    talk = current()
    if request.method != "GET":
        return None
    try:
        return line_for(talk.check_ins, talk.keyring, token, person_of(request), talk.clock())
    except CannotStore:
        return None


def _shown(token: str | None, which: UUID) -> ShownConversation:
    person = devices.find_person(token)
    if person is None:
        raise NoSuchConversation
    return reading_back.conversation(current().keyring, person, which)


async def _caught_up(
    request: HttpRequest, token: str, shown: ShownConversation
) -> ShownConversation:
    """The conversation after a cut turn was answered; as it is while somebody answers it, or
    while nothing can be written."""
    assert shown.waiting is not None
    try:
        running = await current().resume(token, shown.waiting, person_of(request), _policy())
    except CannotStore:
        return shown
    if running is not None:
        try:
            async with asyncio.timeout(_SOON):
                await running.finished()
        except TimeoutError:
            return shown
    return await sync_to_async(_shown)(token, shown.id)
