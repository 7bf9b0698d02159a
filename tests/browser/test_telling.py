"""Somebody is told: the letter stands in the talk before it goes, and one tap stops it."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.servers.qingting import Server
from tests.servers.smtp import Mailbox, mail_server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def box() -> Iterator[Mailbox]:
    with mail_server() as found:
        yield found


@pytest.fixture(scope="module")
def mailed(tmp_path_factory: pytest.TempPathFactory, box: Mailbox) -> Iterator[Server]:
    """A server that can write to people; no worker is needed to see and to stop."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    settings = {
        "QINGTING_SMTP_URL": box.url,
        "QINGTING_MAIL_FROM": "notes@example.edu",
        "QINGTING_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "QINGTING_WORKER": "apart",
    }
    with Server(tmp_path_factory.mktemp("mailed") / "data", settings, port) as server:
        yield server


def test_the_letter_is_seen_in_the_talk_and_stopped(
    mailed: Server, box: Mailbox, visit: Visit
) -> None:
    guest = visit(mailed).open()
    page = guest.page
    page.goto(f"{mailed.address}/me/contact/")
    for name, value in (("name", "林小满"), ("reach", "13900000000"), ("mail", "x@example.com")):
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=relation]").fill("闺蜜")
    page.locator("button[value=save]").click()
    page.locator("button[value=yes]").click()
    page.goto(mailed.address)
    guest.say("我想死")
    guest.say("想好了，今晚就从顶楼跳下去")
    letter = page.locator("[data-notices] .preview")
    expect(letter).to_contain_text("林小满，你好。")
    page.locator("[data-notices] a.button").click()
    expect(page.locator(".telling .preview")).to_contain_text("林小满，你好。")
    page.locator("button[value=not_now]").click()
    expect(page.get_by_role("status").first).to_contain_text("拦下了")
    expect(page.locator("button[value=not_now]")).to_have_count(0)
    assert box.letters == []
