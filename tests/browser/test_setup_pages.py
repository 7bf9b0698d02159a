"""The pages of those who look after a place that nobody's class hangs on, in a real browser: whose
rules hold here, and complaints from the first word to the answer, in both languages."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.people_place import Looking, operator_link, with_second_step
from tests.browser.test_people_pages import SCREENS
from tests.people.accounts_site import PASSWORD
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser

COMPLAINT = {
    "zh-CN": "昨晚我问它要不要去医院，它给的电话打不通，我很生气。",
    "en-US": "Last night the number it gave me did not work, and I was angry.",
}
ANSWER = {
    "zh-CN": "对不起。那条热线上周换了号码，我们昨天改好了。",
    "en-US": "We are sorry. That line moved last week; we changed it yesterday.",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A place with one operator and the rules of nowhere in particular."""
    with Server(tmp_path_factory.mktemp("setup") / "data", {}) as server:
        yield server


@pytest.mark.parametrize("locale", list(SCREENS))
def test_rules_are_chosen_and_a_complaint_is_answered(
    place: Server, visit: Visit, locale: str
) -> None:
    looking = Looking(locale)
    operator = visit(place, locale=locale, **SCREENS[locale])
    person = visit(place, locale=locale, **SCREENS[locale])
    page = operator.open(operator_link(place)).page
    page.fill("#id_username", f"harbour-{uuid.uuid4().hex[:6]}")
    page.fill("#id_password", PASSWORD)
    operator.follow("main .send")
    with_second_step(operator)
    operator.follow("main a[href='/staff/setup/']")
    looking.at(operator, "setup")
    page.select_option("#place", "CN")
    page.select_option("#audience", "school")
    operator.follow("main form .quiet")
    looking.at(operator, "setup-elsewhere")
    expect(page.locator("main pre")).to_contain_text("QINGTING_PLACE")

    person.open("/complaints/")
    looking.at(person, "complaints")
    person.page.fill("main textarea", COMPLAINT[locale])
    person.follow("main form:has(textarea) .send")
    looking.at(person, "complained")
    # Whoever has no talk here has a code instead.
    code = person.page.locator(".reference").inner_text()
    operator.open("/staff/complaints/")
    looking.at(operator, "complaints-waiting")
    expect(page.locator("main")).to_contain_text(COMPLAINT[locale])
    page.locator("main textarea").first.fill(ANSWER[locale])
    operator.follow(page.locator("main form:has(textarea) button").first)
    looking.at(operator, "complaint-answered")
    person.open("/complaints/")
    person.page.fill("#code", code)
    person.follow("main form:has(#code) button")
    looking.at(person, "complaint-reply")
    expect(person.page.locator("main")).to_contain_text(ANSWER[locale])
