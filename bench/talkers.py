"""Those who talk in the bench: to Qingting as a browser does, to the relay and to the upstream."""

from __future__ import annotations

import json
import uuid
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from bench.line import Answer, Line


class Talker(Protocol):
    """Somebody with one connection."""

    async def say(self, text: str, due: float | None = None) -> Answer:
        """Say something and hear the answer to its end."""
        ...

    def begin_anew(self) -> None:
        """The next message begins a new conversation."""
        ...

    async def close(self) -> None:
        """Hang up."""
        ...


class Guest:
    """A guest of Qingting: opens the first page for its cookies, then sends the form as the page's
    script does. language: of the browser."""

    def __init__(self, address: str, language: str) -> None:
        self._line = Line(urlsplit(address).port or 80, b"event: words")
        self._headers = {"Accept": "text/event-stream", "Accept-Language": language}
        self._cookies: dict[str, str] = {}
        self._path = "/"

    async def say(self, text: str, due: float | None = None) -> Answer:
        """See Talker. Raises RuntimeError when the page refuses the form."""
        if not self._cookies:
            first = await self._line.ask("GET", "/", {**self._headers, "Accept": "text/html"}, b"")
            self._cookies = first.cookies()
            self._headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self._cookies.items())
            self._headers["Content-Type"] = "application/x-www-form-urlencoded"
            # The model counts as hosted: without their yes nothing would be sent to it.
            yes = {"csrfmiddlewaretoken": self._cookies["csrftoken"], "answer": "yes"}
            await self._line.ask(
                "POST", "/me/consents/model/", self._headers, urlencode(yes).encode()
            )
        form = {
            "csrfmiddlewaretoken": self._cookies["csrftoken"],
            "text": text,
            "key": uuid.uuid4().hex,
            "tz": "Asia/Shanghai",
        }
        answer = await self._line.ask(
            "POST", self._path, self._headers, urlencode(form).encode(), due
        )
        if answer.status != 200:
            raise RuntimeError(f"status {answer.status} for a message")
        self._path = answer.header(b"content-location") or self._path
        return answer

    def begin_anew(self) -> None:
        """See Talker."""
        self._path = "/"

    async def close(self) -> None:
        """See Talker."""
        await self._line.close()


class Caller:
    """Somebody who posts words to the relay, or (as JSON) to the upstream itself."""

    def __init__(self, port: int, *, straight: bool = False) -> None:
        # The upstream's first chunk is empty; its words begin with the next one.
        self._line = Line(port, b'"delta": {"content": "')
        self._straight = straight

    async def say(self, text: str, due: float | None = None) -> Answer:
        """See Talker."""
        if not self._straight:
            return await self._line.ask("POST", "/", {}, text.encode(), due)
        body = {"model": "any", "stream": True, "messages": [{"role": "user", "content": text}]}
        raw = json.dumps(body).encode()
        return await self._line.ask("POST", "/v1/chat/completions", {}, raw, due)

    def begin_anew(self) -> None:
        """See Talker: here every message stands alone."""

    async def close(self) -> None:
        """See Talker."""
        await self._line.close()


def events(answer: Answer) -> list[dict[str, object]]:
    """What Qingting told in one answer; not to be called while time is taken."""
    lines = answer.body.decode().replace("\r\n", "\n").split("\n")
    return [json.loads(line[6:]) for line in lines if line.startswith("data: ")]


def reply(answer: Answer) -> str:
    """The words of Qingting's answer."""
    return "".join(str(e["text"]) for e in events(answer) if e["event"] == "words")
