"""The real server as a TLS proxy sees it, and a browser of few manners: every header kept, no
redirect followed, anything sent."""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Protocol

from tests.servers.qingting import clean_environment, forked

HOST = "qingting.test"
ORIGIN = f"https://{HOST}"
SETTINGS = {"QINGTING_PUBLIC_URL": ORIGIN, "QINGTING_TRUSTED_PROXY": "127.0.0.1"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    def header(self, name: str) -> str:
        """A header, empty when it is not there."""
        return self.headers.get(name) or ""


@dataclass
class Form:
    """A form of a page: where it goes and the fields it has; of a choice the last one."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Asks(Protocol):
    """Whoever can look at a page."""

    def ask(self, path: str) -> Answer:
        """The answer to a GET."""
        ...


class Page(HTMLParser):
    """Links, forms, and what must not be in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.inline: list[str] = []
        self.elsewhere: list[str] = []
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        self.inline += [f"{tag} {n}" for n in at if n.startswith("on") or n == "style"]
        if tag == "style" or (
            tag == "script" and "src" not in at and at.get("type") != "application/json"
        ):
            self.inline.append(tag)
        for name in ("src", "href", "action", "poster", "data"):
            if re.match(r"(?i)javascript:|data:text", at.get(name, "")):
                self.inline.append(f"{tag} {name}")
            if tag != "a" and re.match(r"(?i)(?:https?:)?//", at.get(name, "")):
                self.elsewhere.append(at[name])
        if tag == "a" and at.get("href"):
            self.links.append(at["href"])
        elif tag == "form":
            self.forms.append(Form(at.get("action", ""), at.get("method", "get").lower()))
        elif self.forms:
            self._asked(tag, at)

    def _asked(self, tag: str, at: dict[str, str]) -> None:
        if tag == "option" and self._select:
            self.forms[-1].fields[self._select] = at.get("value", "")
        elif at.get("name"):
            self._select = at["name"] if tag == "select" else ""
            if tag == "button":
                self.forms[-1].buttons.append((at["name"], at.get("value", "")))
            elif tag in ("input", "textarea", "select"):
                self.forms[-1].fields.setdefault(at["name"], at.get("value", ""))


@dataclass
class Browser:
    """Cookies by name and value alone."""

    port: int
    language: str = "en"
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request, as given."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "Accept-Language": self.language,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **(headers or {}),
        }
        try:
            connection.request(method, path, body, sent)
            got = connection.getresponse()
            answer = Answer(got.status, got.headers, got.read())
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
        return answer

    def post(self, path: str, fields: Mapping[str, str], **headers: str) -> Answer:
        """A form, with its protection."""
        if "__Host-csrftoken" not in self.cookies:
            self.ask("/")
        token = {"csrfmiddlewaretoken": self.cookies["__Host-csrftoken"]}
        body = urllib.parse.urlencode({**fields, **token}, errors="surrogatepass").encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": ORIGIN}
        return self.ask(path, "POST", body, {**kind, **headers})


def raw(port: int, data: bytes, wait: float = 5.0) -> bytes:
    """Bytes as they are, and what comes back until the server closes or says nothing more."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as connection:
        connection.sendall(data)
        got = b""
        try:
            while piece := connection.recv(65536):
                got += piece
        except (TimeoutError, ConnectionResetError):
            pass
        return got


def crawl(browser: Asks, begin: tuple[str, ...], most: int = 60) -> dict[str, Answer]:
    """Pages reachable by links, redirects and forms that only ask (GET, as they come), from where
    it begins, each once; ids count as one."""
    found: dict[str, Answer] = {}
    seen: set[str] = set()
    waiting = list(begin)
    while waiting and len(found) < most:
        path = waiting.pop(0)
        shape = re.sub(r"[0-9a-f-]{36}", "*", path)
        if shape in seen:
            continue
        seen.add(shape)
        found[path] = answer = browser.ask(path)
        where = answer.header("Location")
        links = _ways_on(Page(answer.text)) if "html" in answer.header("Content-Type") else []
        for link in [*links, *([where] if where else [])]:
            to = urllib.parse.urlsplit(urllib.parse.urljoin(ORIGIN + path, link))
            if to.netloc == HOST and not to.path.startswith("/static/"):
                waiting.append(to.path + (f"?{to.query}" if to.query else ""))
    return found


def _ways_on(page: Page) -> list[str]:
    asking = [form for form in page.forms if form.method == "get"]
    return page.links + [
        f"{form.action.partition('#')[0]}?{urllib.parse.urlencode(form.fields)}" for form in asking
    ]


@contextlib.contextmanager
def served(folder: Path, environment: Mapping[str, str]) -> Iterator[int]:
    """`qingting serve` as behind a TLS proxy, for as long as the block runs: its port. What it
    logs is in `folder`/log."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    data = {"QINGTING_DATA_DIR": str(folder / "data"), "QINGTING_REHEARSE": "no"}
    settings = {**clean_environment(), **data, **SETTINGS, **environment}
    log = folder / "log"
    process = forked(("serve", "--port", str(port)), settings, log, log)
    try:
        for _ in range(3600):
            with contextlib.suppress(OSError):
                Browser(port).ask("/healthz")
                break
            time.sleep(0.05)
        else:
            raise RuntimeError(log.read_text())
        yield port
    finally:
        process.terminate()
        process.join(20)
