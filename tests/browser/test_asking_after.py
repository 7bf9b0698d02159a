"""How the interview went, asked on the first page of a phone: answered, or sent away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.guest import Guest
from tests.memory.asked import DAY, a_day_goes_by, follow_up, plant, the_only_person
from tests.talk.conftest import Standing
from tests.talk.installation import Installation, new_databases

pytestmark = pytest.mark.browser

WORDS = {
    "zh-CN": ("今天食堂的面不错", "面试", "砸了"),
    "en-US": ("hi", "your interview", "not yet"),
}


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    installation = Installation(tmp_path_factory.mktemp("asked") / "data", new_databases())
    with installation.server() as server:
        yield Standing(installation, server)


def asked(standing: Standing, visit: Visit, locale: str, **options: object) -> Guest:
    """Somebody who comes back the day after their interview."""
    first, what, _ = WORDS[locale]
    guest = visit(standing.server, locale=locale, **options).open()
    guest.field.fill(first)
    guest.press_send()
    guest.wait_for_reply()
    a_day_goes_by(standing.installation, 2)
    yesterday = (datetime.now(UTC) - timedelta(hours=12)).date() - DAY
    written = "zh" if locale == "zh-CN" else "en"
    thing = follow_up(yesterday, what=what, language=written)  # type: ignore[arg-type]
    plant(standing.installation, the_only_person(standing.installation), thing)
    return guest.open()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("locale", WORDS)
def test_answering_it_begins_a_talk_with_it(
    standing: Standing, visit: Visit, locale: str, scripts: bool
) -> None:
    guest = asked(
        standing,
        visit,
        locale,
        java_script_enabled=scripts,
        viewport={"width": 320, "height": 640},
    )
    _, what, answer = WORDS[locale]
    question = guest.page.locator(".messages .companion p")
    expect(question).to_have_count(1)
    expect(question).to_contain_text(what.removeprefix("your "))
    width = guest.page.evaluate("document.documentElement.scrollWidth") if scripts else 320
    assert width <= 320
    guest.field.fill(answer)
    guest.press_send()
    expect(guest.page.locator(".messages li")).to_have_count(3)
    guest.wait_for_reply()  # left before it was sent, it would be asked about again
    expect(guest.page.locator("button[name=answer]:visible")).to_have_count(0)
    guest.page.reload()
    expect(guest.page.locator(".messages li")).to_have_count(3)
    expect(guest.open().page.locator("h1")).to_be_visible()
    expect(guest.page.locator(".messages li")).to_have_count(0)


@pytest.mark.parametrize("answer", ["later", "never"])
def test_it_is_sent_away_with_the_keyboard(standing: Standing, visit: Visit, answer: str) -> None:
    guest = asked(standing, visit, "zh-CN")
    button = guest.page.locator(f"button[name=answer][value={answer}]")
    button.focus()
    with guest.arriving():
        guest.page.keyboard.press("Enter")
    expect(guest.page.locator("h1")).to_be_visible()
    expect(guest.page.locator(".messages li")).to_have_count(0)
    expect(guest.page.locator(".notice")).to_have_count(1 if answer == "never" else 0)
