"""Pictures of what 13-, 16- and 20-year-olds meet under different rules, on a phone.

    python -m evals.policy_walk --out DIR [--places CN,US-CA] [--languages zh]

A real server for each place, a real browser. So that a pause is due within seconds, the place's own
packs are joined by a pack written here that asks for it after a few: packs combine to the
stricter, so no setting is needed that only a test would have. Whoever reads the pictures judges
them; what a page lacks is printed and makes the exit status 1.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.servers.qingting import Server

PLACES: Final = ("default", "CN", "US-CA", "US-WA")
# How old, and the button of the page of ages.
AGES: Final = {13: "under_14", 16: "16_17", 20: "adult"}
LOCALES: Final = {"zh": "zh-CN", "en": "en-US"}
ZONES: Final = {"zh": "Asia/Shanghai", "en": "America/Los_Angeles"}
PHONE: Final = {"width": 390, "height": 844}
SAID: Final = {
    "zh": ("今天考试没考好，不太想说话", "回家路上一直在下雨"),
    "en": ("the exam went badly and i don't feel like talking", "it rained all the way home"),
}
# Seconds after which the pack below asks for a pause.
SOON: Final = 4
_PACK: Final = """
id = "walk"
verified_on = 2026-11-22
[name]
zh = "走查"
en = "A walk"
[[source]]
ref = "Walk"
title = "So that a pause is due within seconds"
[[control]]
key = "break_reminder.interval_h"
who = "all"
value = {hours}
state = "in_force"
ref = "Walk"
confidence = "V"
[[control]]
key = "minors.rest_reminder_min"
who = "minor"
value = {minutes}
state = "in_force"
ref = "Walk"
confidence = "V"
"""


@dataclass(slots=True)
class Walk:
    """One visit. lacks: what was not on a page that should have been."""

    page: Page
    address: str
    out: Path
    name: str
    lacks: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Go to a page."""
        self.page.goto(self.address + path)

    def picture(self, what: str) -> None:
        """The whole page, as long as it is."""
        self.page.screenshot(path=self.out / f"{self.name}-{what}.png", full_page=True)
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        self.wants(wide <= PHONE["width"], f"{what} is {wide} wide on a phone")

    def wants(self, there: bool, what: str) -> None:
        """Note what is not as it should be."""
        if not there:
            self.lacks.append(f"{self.name}: {what}")

    def say(self, text: str) -> None:
        """Say something and wait until it is answered."""
        before = self.page.locator("li.companion").count()
        self.page.locator("textarea[name=text]").fill(text)
        self.page.locator("button.send").first.click()
        said = self.page.locator("li.companion, [data-notices] .notice")
        said.nth(before).wait_for(timeout=60_000)
        expect(self.page.locator("#messages[aria-busy]")).to_have_count(0, timeout=60_000)

    def notices(self) -> str:
        """What stands beside the replies."""
        return " ".join(self.page.locator("[data-notices] .notice").all_inner_texts())


def main() -> int:
    """Walk, take the pictures, print what was lacking."""
    asked = argparse.ArgumentParser(prog="python -m evals.policy_walk")
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--places", default=",".join(PLACES))
    asked.add_argument("--languages", default=",".join(LOCALES))
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    lacks: list[str] = []
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if path is None:
        print("Chromium is not installed.")
        return 2
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for place in given.places.split(","):
            for found in _at(place, given.languages.split(","), browser, given.out):
                lacks += found.lacks
        browser.close()
    print("\n".join(lacks) or "Nothing was lacking that this looks for.")
    return 1 if lacks else 0


def _at(place: str, languages: list[str], browser: Browser, out: Path) -> Iterator[Walk]:
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder) / "walk.toml"
        pack.write_text(_PACK.format(hours=SOON / 3600, minutes=SOON / 60), encoding="utf-8")
        chosen = {"QINGTING_POLICY": "" if place == "default" else place}
        environment = {**chosen, "QINGTING_POLICY_FILE": str(pack)}
        with Server(Path(folder) / "data", environment) as server:
            for language in languages:
                for age in AGES:
                    context = browser.new_context(
                        viewport={"width": PHONE["width"], "height": PHONE["height"]},
                        locale=LOCALES[language],
                        timezone_id=ZONES[language],
                    )
                    yield _visit(context, server.address, out, f"{place}-{language}-{age}")
                    context.close()


def _visit(context: BrowserContext, address: str, out: Path, name: str) -> Walk:
    language, age = name.split("-")[-2:]
    walk = Walk(context.new_page(), address, out, name)
    walk.open("/")
    walk.picture("1-first")
    walk.wants("AI" in walk.page.inner_text("main"), "the first page does not say that it is an AI")
    walk.open("/me/age/")
    walk.page.locator(f"form.ages [value='{AGES[int(age)]}']").check()
    with walk.page.expect_navigation():
        walk.page.locator("form.ages button").click()
    walk.open("/")
    first, then = SAID[language]
    walk.say(first)
    walk.picture("2-talk")
    # Where everyday talk waits for a guardian's yes, that is what is said, and nothing is kept.
    answer = walk.page.inner_text("li.companion >> nth=-1")
    waits = "guardian" in answer.casefold() or "监护人" in answer
    walk.wants("AI" in walk.page.inner_text("li.companion .who >> nth=0"), "no label on the reply")
    if not waits:
        walk.wants("AI" in walk.notices(), "no words beside the first reply that it is an AI")
        walk.page.wait_for_timeout(SOON * 1000 + 500)
        walk.say(then)
        walk.picture("3-pause")
        walk.wants(walk.page.locator("[data-notices] .notice").count() >= 1, "no pause was told")
    walk.open("/me/guardian/")
    walk.picture("4-guardian")
    walk.open("/now/")
    walk.picture("5-now")
    walk.wants(walk.page.locator("a[href^='tel:'], a[href^='https:']").count() > 0, "no help")
    return walk


if __name__ == "__main__":
    sys.exit(main())
