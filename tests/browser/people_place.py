"""A place with staff in a real browser: its operator's link, accounts with a second step, and one
look that asks of a page everything that holds for all of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.browser.guest import Guest
from tests.browser.test_accessibility import assert_clean
from tests.browser.test_pictures import TESTS
from tests.browser.weighing import Weighing
from tests.people.accounts_site import PASSWORD, totp
from tests.servers.qingting import Server

PICTURES = os.environ.get("QINGTING_WRITE_SCREENSHOTS") == "1"
SIZES: dict[str, Any] = {
    "desktop": {"width": 1280, "height": 800},
    "phone": {"width": 390, "height": 844},
}
NARROW: Any = {"width": 320, "height": 640}
# What is pressed with a thumb; words inside of a sentence may be smaller.
PRESSED = "main button, main a.button, main .ways a, main .things a, main summary"
_WIDE = """[...document.querySelectorAll("main *")]
  .filter(e => e.getBoundingClientRect().right > 320).map(e => e.outerHTML.slice(0, 80))"""
# A page of these loads no picture and one script; as much as a first page may weigh.
BYTES = 60 * 1024


@dataclass
class Looking:
    """Looks at each page once: clean for axe, nothing cut off, all of it big enough, light."""

    locale: str
    seen: set[str] = field(default_factory=set)

    def at(self, guest: Guest, name: str) -> None:
        """The page as it stands, under a name of its own."""
        assert name not in self.seen
        self.seen.add(name)
        assert_clean(guest, name)
        page = guest.page
        for one in page.locator(PRESSED).all():
            box = one.bounding_box()
            assert box is None or box["height"] >= 44, (name, one.inner_text(), box)
        size = page.viewport_size
        page.set_viewport_size(NARROW)
        for letters in ("100%", "200%"):
            page.evaluate(f"document.documentElement.style.fontSize = '{letters}'")
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= NARROW["width"], (name, letters, wide, page.evaluate(_WIDE))
        page.evaluate("document.documentElement.style.fontSize = ''")
        if PICTURES:
            self._taken(guest, name)
        assert size is not None
        page.set_viewport_size(size)

    def _taken(self, guest: Guest, name: str) -> None:
        folder = TESTS / "out" / "people"
        folder.mkdir(parents=True, exist_ok=True)
        before = guest.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        for screen, size in SIZES.items():
            guest.page.set_viewport_size(size)
            for scheme in ("light", "dark"):
                guest.page.emulate_media(color_scheme=scheme)
                file = f"{name}-{screen}-{scheme}-{self.locale}.png"
                guest.page.screenshot(path=folder / file, full_page=True)
        guest.page.emulate_media(color_scheme="dark" if before else "light")


def weight(guest: Guest, path: str) -> float:
    """Bytes that a page brings to a browser which has nothing of it yet, all of one host."""
    weighing = Weighing(guest).cold()
    guest.open(path)
    weighing.finish()
    assert weighing.hosts == {urlsplit(guest.address).netloc}
    return weighing.bytes


def operator_link(server: Server) -> str:
    """The path of a fresh link, as `qingting operator create` prints it on the server."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("QINGTING_", "DEEPSEEK"))}
    told = subprocess.run(
        [Path(sys.executable).with_name("qingting"), "operator", "create", "--another"],
        env={**clean, "QINGTING_DATA_DIR": str(server.data_dir)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found = re.search(r"/staff/begin/[\w-]{43}/", told.stdout)
    assert found, told.stdout
    return found[0]


def signed_up(guest: Guest, name: str) -> Guest:
    """With an account."""
    guest.open("/account/signup/")
    guest.page.fill("#id_username", name)
    guest.page.fill("#id_password1", PASSWORD)
    guest.follow("main .send")
    return guest


def _typed_code(guest: Guest, secret: str) -> None:
    """Type what the app shows, and not in the moment before it shows something else."""
    guest.wait_until(lambda: time.time() % 30 < 20)
    guest.page.fill("#id_code", totp(secret))
    guest.follow("main .send")


def with_second_step(guest: Guest, look: Callable[[str], None] = lambda _: None) -> Guest:
    """From the page that asks for a second step to the pages of staff. Setting it up was showing
    it; a sign-in that is older is asked for it, as here by its address."""
    guest.follow("main .actions a.button:first-child")
    look("second-step-code")
    secret = guest.page.locator(".code").inner_text().strip()
    _typed_code(guest, secret)
    look("second-step-on")
    guest.open("/account/second/reauthenticate/?next=/staff/")
    look("second-step-asked")
    _typed_code(guest, secret)
    return guest


def took_role(guest: Guest, code: str, look: Callable[[str], None] = lambda _: None) -> Guest:
    """A code of an invitation entered, looked at and taken."""
    guest.open("/me/join/")
    look("join")
    guest.page.fill("#id_code", code)
    guest.follow("main .send")
    look("join-looked-at")
    guest.follow("main [name=step]")
    return guest
