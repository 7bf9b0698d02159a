"""Someone who sends a message and watches the words come, while other things happen."""

from __future__ import annotations

import http.client
import json
import threading
import urllib.error
from dataclasses import dataclass, field
from typing import Any

from tests.servers.qingting import Visitor


@dataclass(slots=True)
class Listening:
    """One message being sent from a thread of its own. `heard` is set with the first words."""

    visitor: Visitor
    text: str
    key: str | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    heard: threading.Event = field(default_factory=threading.Event)
    refused: bool = False
    _thread: threading.Thread | None = None

    def begin(self) -> Listening:
        """Send it."""
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        return self

    def end(self) -> Listening:
        """Wait until the answer is over, or cut."""
        assert self._thread is not None
        self._thread.join(timeout=90)
        assert not self._thread.is_alive()
        return self

    @property
    def reply(self) -> str:
        """The words heard so far."""
        return "".join(one["text"] for one in self.events if one["event"] == "words")

    @property
    def answered(self) -> bool:
        """Whether the answer came to its end."""
        return bool(self.events) and self.events[-1]["event"] == "done"

    def _listen(self) -> None:
        visitor = self.visitor
        fields = visitor.fields(self.text, self.key)
        try:
            with visitor.open(visitor.conversation, fields, "text/event-stream") as response:
                visitor.conversation = (
                    response.headers.get("Content-Location") or visitor.conversation
                )
                for raw in response:
                    if raw.startswith(b"data: "):
                        self.events.append(json.loads(raw[6:]))
                        if self.reply:
                            self.heard.set()
        except urllib.error.HTTPError:
            raise
        except (OSError, http.client.HTTPException):
            self.refused = not self.events
