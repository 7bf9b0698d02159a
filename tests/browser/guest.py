"""Somebody at a real browser: what they do, what they see, and what goes wrong behind the page."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect

# Long enough for the slowest answer (three quiet retries) on a busy machine; in milliseconds.
PATIENCE = 30_000
# What was still being fetched when a page was left is given up by the browser, and no fault.
_LEFT_BEHIND = "net::ERR_ABORTED"
# The words there are the moment the first of a reply are shown, asked at every frame.
_FIRST_WORDS = """() => {
    const words = document.querySelector("#messages[aria-busy] > li.companion:last-child > p");
    return words?.querySelector(".fresh") && words.innerText.trim();
}"""


@dataclass
class Guest:
    """One browser profile on one page. `problems` holds every error of console and network that
    nobody said beforehand would come."""

    context: BrowserContext
    address: str
    touch: bool = False
    scripts: bool = True
    problems: list[str] = field(default_factory=list)
    tolerated: list[str] = field(default_factory=lambda: [_LEFT_BEHIND])
    _page: Page | None = None

    def __post_init__(self) -> None:
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda error: self.problems.append(str(error.error)))
        self.context.on("request", self._asked)

    @property
    def page(self) -> Page:
        """The tab in use."""
        if self._page is None:
            self._page = self.context.new_page()
        return self._page

    def another_tab(self) -> None:
        """Close the tab and open a new one in the same browser."""
        self.page.close()
        self._page = self.context.new_page()

    def open(self, path: str = "/") -> Guest:
        """Go to a page."""
        self.page.goto(self.address + path)
        return self

    @contextmanager
    def arriving(self) -> Iterator[None]:
        """Around a press that leads to another page: at its end that page is there, whole. What is
        read without it may be of the page before, of half a page, or of none."""
        with self.page.expect_navigation():
            yield

    def follow(self, one: Locator | str) -> None:
        """Click what leads to another page, and arrive there."""
        with self.arriving():
            (self.page.locator(one) if isinstance(one, str) else one).click()

    def wait_until(self, condition: Callable[[], object] | str) -> None:
        """Until something holds: a function here, or one of the page as text, which may be async
        (wait_for_function takes a promise for a yes). Raises AssertionError when it never does."""
        for _ in range(PATIENCE // 50):
            if self.page.evaluate(condition) if isinstance(condition, str) else condition():
                return
            self.page.wait_for_timeout(50)  # the browser tells of what happened meanwhile
        raise AssertionError(f"it did not come: {condition}")

    def lose_network(self) -> None:
        """Cut the network on purpose; the browser's own complaints about that are no fault. What
        was being fetched in the background (the service worker) may be cut half-way."""
        self.tolerate("ERR_", "fetching the script")
        self.context.set_offline(True)

    def tolerate(self, *patterns: str) -> None:
        """Errors that belong to what is tried, such as a network that is cut on purpose."""
        self.tolerated.extend(patterns)

    @property
    def field(self) -> Locator:
        """Where one writes."""
        return self.page.locator("textarea[name=text]")

    @property
    def retry(self) -> Locator:
        """ "Try again"."""
        return self.page.locator("[data-retry]")

    @property
    def stop(self) -> Locator:
        """ "Stop"."""
        return self.page.locator("[data-stop]")

    @property
    def notices(self) -> Locator:
        """What stands beside the replies."""
        return self.page.locator("[data-notices] .notice")

    @property
    def kept_line(self) -> Locator:
        """The line to a person that stays in sight."""
        return self.page.locator("[data-line]")

    def bubbles(self, speaker: str) -> Locator:
        """What "person" or "companion" said."""
        return self.page.locator(f"#messages > li.{speaker} > p")

    def said_by(self, speaker: str) -> list[str]:
        """The same, as text."""
        return [text.strip() for text in self.bubbles(speaker).all_inner_texts()]

    def type_and_send(self, text: str) -> None:
        """Write and press Enter (on a phone: the button), without waiting for the answer."""
        self.field.fill(text)
        if self.touch:
            self.page.locator(".send").tap()
        else:
            self.field.press("Enter")

    def press_quickly(self, *keys: str) -> None:
        """Keys pressed by one quick hand: as far as the browser can tell a twentieth of a second
        apart, however busy the machine is."""
        keyboard = self.context.new_cdp_session(self.page)
        for at, key in enumerate(keys):
            down: dict[str, object] = {"key": key, "timestamp": time.time() + at * 0.05}
            typed = {"type": "keyDown", "text": key} if len(key) == 1 else {"type": "rawKeyDown"}
            keyboard.send("Input.dispatchKeyEvent", {**down, **typed})
            keyboard.send("Input.dispatchKeyEvent", {**down, "type": "keyUp"})
        keyboard.detach()

    def press_send(self) -> None:
        """Press the button under the field; without scripts that leads to the page that answers."""
        with nullcontext() if self.scripts else self.arriving():
            self.page.locator(".send").click()

    def first_words(self) -> str:
        """What there is of a reply as soon as there is any, while the rest is still coming."""
        return str(self.page.wait_for_function(_FIRST_WORDS).json_value())

    def talk(self) -> str:
        """The path of the talk this page shows."""
        expect(self.page).to_have_url(re.compile(r"/talk/[\w-]{8,}/"))
        return urlsplit(self.page.url).path

    def wait_for_reply(self) -> str:
        """The last reply, once it is complete."""
        last = self.page.locator("#messages > li.companion:last-child > p")
        expect(last).to_have_text(re.compile(r"\S"))
        expect(self.page.locator("#messages:not([aria-busy])")).to_have_count(1)
        return self.said_by("companion")[-1]

    def say(self, text: str) -> str:
        """Write, send, and read the complete reply."""
        before = self.bubbles("person").count()
        self.type_and_send(text)
        expect(self.bubbles("person")).to_have_count(before + 1)
        return self.wait_for_reply()

    def choose_language(self, code: str) -> None:
        """Press one of the languages at the foot of the page."""
        self.follow(f"button[name=language][value={code}]")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._note(f"{message.type} on {message.page and message.page.url}: {message.text}")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.address).netloc:
            self._note(f"request to another host: {request.url}")

    def _note(self, problem: str) -> None:
        if not any(re.search(pattern, problem) for pattern in self.tolerated):
            self.problems.append(problem)


def is_complete(reply: str) -> bool:
    """Whether a reply ends like something a person would send: at the end of a sentence."""
    return bool(re.search(r"[。！？…～.!?][”’」』\"')）]*$", reply))
