"""Chromium, servers to visit, and guests who visit them.

Where Chromium is missing these tests are skipped; QINGTING_REQUIRE_BROWSER=1 makes that a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.guest import PATIENCE, Guest
from tests.servers.qingting import Server, Visitor
from tests.servers.upstream import Upstream, running

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Visit = Callable[..., Guest]

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser test that fails is tried once more: four browsers and their servers on two cores
    now and then lose a moment that no waiting in a test can give back. What fails twice fails, and
    the summary counts what was tried twice."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.flaky(reruns=1))


@dataclass(frozen=True, slots=True)
class Worded:
    """A server whose replies are worded by a model, and that model."""

    server: Server
    model: Upstream


# Package scope, not session: Playwright keeps an event loop running in this thread for as long as
# it lives, which the asynchronous tests of other folders cannot stand.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        sentence = "Chromium is not installed on this machine, so nothing was tried in a browser."
        if os.environ.get("QINGTING_REQUIRE_BROWSER") == "1":
            pytest.fail(sentence)
        pytest.skip(sentence)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def guided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server without a model."""
    with Server(tmp_path_factory.mktemp("guided") / "data") as server:
        yield server


@pytest.fixture(scope="package")
def _worded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worded]:
    with running("ok") as model:
        settings = {
            "QINGTING_MODEL_URL": model.base_url,
            "QINGTING_MODEL_FIRST_WORDS": "4",  # seconds; a busy machine has made one too few
            "QINGTING_MODEL_BETWEEN": "3",
        }
        with Server(tmp_path_factory.mktemp("worded") / "data", settings) as server:
            Visitor(server.address).say("在吗")  # the first call of a model loads its client
            yield Worded(server, model)


@pytest.fixture
def worded(_worded: Worded) -> Worded:
    """A server with a live model that answers well until a test switches it."""
    _worded.model.switch("ok", delay=0.004, first_delay=9.0)
    return _worded


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens a fresh browser profile: visit(server, locale="zh-CN", **context options). At the end
    nothing may have gone wrong behind any page."""
    guests: list[Guest] = []

    def come(server: Server, *, locale: str = "zh-CN", **options: Any) -> Guest:
        options.setdefault("viewport", {"width": 1280, "height": 800})
        zone = "Asia/Shanghai" if locale.startswith("zh") else "Europe/London"
        context = browser.new_context(locale=locale, timezone_id=zone, **options)
        context.set_default_timeout(PATIENCE)
        touch, scripts = options.get("has_touch", False), options.get("java_script_enabled", True)
        guests.append(Guest(context, server.address, touch, scripts))
        return guests[-1]

    yield come
    for guest in guests:
        guest.context.close()
    assert [problem for guest in guests for problem in guest.problems] == []
