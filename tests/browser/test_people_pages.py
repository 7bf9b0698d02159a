"""The pages of staff, of consents and of the PIN in a real browser, walked as people walk them, in
both languages: what is said, axe, a screen of 320 pixels, big letters, and how much is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.guest import Guest
from tests.browser.people_place import (
    BYTES,
    Looking,
    operator_link,
    signed_up,
    took_role,
    weight,
    with_second_step,
)
from tests.browser.test_my_data import after_a_talk
from tests.browser.test_talking import PHONE
from tests.people.accounts_site import PASSWORD
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser

HOST = "models.example.com"
# One language on a phone by day, the other on a desk by night.
SCREENS: dict[str, dict[str, Any]] = {
    "zh-CN": {**PHONE, "color_scheme": "light"},
    "en-US": {"color_scheme": "dark"},
}
SAID = {
    "zh-CN": {
        "begin": "你来照看这里",
        "second": "先过第二步",
        "staff": "给照看这里的人",
        "counsellor": "咨询老师",
        "few": "不到 5 个",
        "reason": "她没来上课，宿舍里留了一张写着再见的纸条，电话打不通",
        "nothing": "还没有。",
        "closed": "笔记",
    },
    "en-US": {
        "begin": "You look after this place",
        "second": "A second step first",
        "staff": "For those who look after this place",
        "counsellor": "Counsellor",
        "few": "fewer than 5",
        "reason": "She was not in class and left a note saying goodbye in her room",
        "nothing": "Nothing.",
        "closed": "My notes",
    },
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of a school in the mainland that may ask about a model elsewhere, with nobody there
    to answer for it."""
    settings = {
        "QINGTING_PLACE": "CN",
        "QINGTING_MODEL_URL": f"https://{HOST}/v1",
        "QINGTING_HOSTED_MODELS": "ask",
        "QINGTING_BREAK_GLASS_NEEDS_TWO": "no",
    }
    with Server(tmp_path_factory.mktemp("people") / "data", settings) as server:
        yield server


def heading(guest: Guest, words: str) -> None:
    expect(guest.page.locator("h1")).to_have_text(words)


@pytest.mark.parametrize("locale", list(SAID))
def test_from_the_first_link_to_a_counsellor_and_a_class(
    place: Server, visit: Visit, locale: str
) -> None:
    words, looking = SAID[locale], Looking(locale)
    visitors = [visit(place, locale=locale, **SCREENS[locale]) for _ in range(4)]
    operator, counsellor, person, auditor = visitors
    page = operator.open(operator_link(place)).page
    heading(operator, words["begin"])
    looking.at(operator, "begin")
    page.fill("#id_username", f"lantern-{locale[:2]}")
    page.fill("#id_password", PASSWORD)
    operator.follow("main .send")
    heading(operator, words["second"])
    looking.at(operator, "second")
    with_second_step(operator, lambda name: looking.at(operator, name))
    heading(operator, words["staff"])
    looking.at(operator, "operator")

    operator.open("/staff/invitations/")
    page.fill("form[action='/staff/organisations/new/'] input[name=name]", "杏林中学")
    operator.follow("form[action='/staff/organisations/new/'] button")
    section = page.locator("section").last
    section.locator("input[name=name]").fill("三班")
    operator.follow(section.locator("form[action$='/groups/new/'] button"))
    operator.follow(section.locator("form:has([value=counsellor]) button"))
    looking.at(operator, "invitations")
    code = page.locator(".code").inner_text()
    operator.follow("form:has([value=auditor]) button")
    auditors = page.locator(".code").inner_text()

    signed_up(counsellor, f"lin-{locale[:2]}")
    looking.at(counsellor, "account")
    took_role(counsellor, code, lambda name: looking.at(counsellor, name))
    counsellor.open("/staff/")
    with_second_step(counsellor)
    expect(counsellor.page.locator("main .lead")).to_have_text(words["counsellor"])
    looking.at(counsellor, "counsellor")
    counsellor.follow("main a[href='/staff/invitations/']")
    counsellor.follow(counsellor.page.locator(".things form button").first)
    looking.at(counsellor, "invitations-of-a-class")
    of_class = counsellor.page.locator(".code").inner_text()
    looking.at(counsellor.open("/me/child/"), "nobodys-guardian")

    after_a_talk(person, locale)
    took_role(
        person,
        of_class,
        lambda name: looking.at(person, f"{name}-class") if name != "join" else None,
    )
    looking.at(person, "in-a-class")
    reference = person.page.locator(".reference").inner_text()
    counsellor.open("/staff/invitations/")
    expect(counsellor.page.locator(".things").first).to_contain_text(words["few"])
    _opened(counsellor, looking, reference, words["reason"])
    looking.at(person.open("/me/seen/"), "seen")
    expect(person.page.locator("main")).to_contain_text(words["reason"])

    signed_up(auditor, f"qiao-{locale[:2]}")
    took_role(auditor, auditors)
    with_second_step(auditor.open("/staff/"))
    looking.at(auditor.open("/staff/log/"), "log")
    auditor.follow("form[action='/staff/log/check/'] button")
    looking.at(auditor, "log-checked")
    looking.at(operator.open("/staff/figures/"), "figures")
    looking.at(operator.open("/staff/roles/"), "roles")
    auditor.tolerate("403")
    looking.at(auditor.open("/staff/roles/"), "shut")
    for one, path in ((operator, "/staff/invitations/"), (operator, "/staff/figures/")):
        assert weight(one, path) <= BYTES, path
    assert weight(auditor, "/staff/log/") <= BYTES


def _opened(counsellor: Guest, looking: Looking, reference: str, reason: str) -> None:
    """Asked for in an emergency and looked at."""
    page = counsellor.open("/staff/opening/").page
    page.fill("#id_reference", reference)
    page.check("input[value=last_conversation]")
    page.fill("#id_reason", reason)
    counsellor.follow("main .send")
    looking.at(counsellor.open("/staff/opening/"), "opening")
    counsellor.follow("form[action$='/read/'] button")
    looking.at(counsellor, "opened")
    expect(page.locator(".kept li")).to_have_count(2)


@pytest.mark.parametrize("locale", list(SAID))
def test_each_consent_is_given_and_taken_back(place: Server, visit: Visit, locale: str) -> None:
    words, looking = SAID[locale], Looking(locale)
    guest = visit(place, locale=locale, **SCREENS[locale]).open("/me/consents/")
    page = guest.page
    expect(page.locator(".lead")).to_contain_text(words["nothing"])
    looking.at(guest, "consents")
    yes, no = page.locator("form[action='/me/consents/model/'] button").all()
    even = [one.bounding_box() for one in (yes, no)]
    assert even[0] is not None
    assert even[1] is not None
    assert abs(even[0]["width"] - even[1]["width"]) < even[0]["width"] * 0.2
    guest.follow(yes)
    expect(page.locator(".consent .note").first).to_contain_text(HOST)
    page.locator(".consent summary").click()
    looking.at(guest, "consents-given")
    guest.follow("form[action='/me/consents/back/'] button")
    expect(page.locator("form[action='/me/consents/model/'] button")).to_have_count(2)

    guest.open("/me/contact/")
    page.fill("#id_name", "灯塔路的表叔")
    page.fill("#id_reach", "@lighthouse")
    guest.follow("button[value=save]")
    looking.at(guest, "contact")
    guest.follow("button[value=yes]")
    guest.open("/me/consents/").follow("form[action='/me/consents/back/'] button")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("form[action='/me/consents/back/']")).to_have_count(0)

    guest.open("/me/age/").page.check("input[value=under_14]")
    guest.follow(".ages button")
    looking.at(guest, "age")
    looking.at(guest.open("/me/guardian/"), "guardian")
    guest.follow("button[value=ask]")
    looking.at(guest, "guardian-code")
    _guardian(guest, looking)
    for path in ("/me/consents/", "/me/contact/", "/me/guardian/"):
        assert weight(guest, path) <= BYTES, path


def _guardian(guest: Guest, looking: Looking) -> None:
    """A guardian says yes, is seen by the child, and takes it back."""
    page = guest.page
    guest.follow("section a[href^='/me/guardian/yes/']")
    looking.at(guest, "agree")
    page.fill("#id_name", "林")
    page.fill("#id_relation", "妈妈")
    guest.follow("main form.fields button")
    looking.at(guest, "agreed")
    way_back = page.locator(".code").inner_text()
    guest.open("/me/guardian/").page.locator("summary").click()
    looking.at(guest, "guardian-there")
    guest.open("/me/guardian/back/").page.fill("#code", way_back)
    looking.at(guest, "guardian-back")
    guest.follow("main form.fields button")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main form")).to_have_count(0)
    expect(guest.open("/me/guardian/").page.locator("h1")).to_be_visible()
    expect(page.locator("section.consent")).to_have_count(0)


@pytest.mark.parametrize("locale", list(SAID))
def test_a_pin_is_set_shuts_and_opens(place: Server, visit: Visit, locale: str) -> None:
    words, looking = SAID[locale], Looking(locale)
    guest = after_a_talk(visit(place, locale=locale, **SCREENS[locale]), locale)
    said, talk = guest.said_by("person"), guest.talk()
    guest.tolerate("403")
    page = guest.open("/device/").page
    looking.at(guest, "device")
    page.fill("#pin-new", "2580")
    guest.follow("form[action='/device/pin/'] .send")
    looking.at(guest, "device-with-pin")
    guest.context.clear_cookies(name="open")
    guest.open(talk)
    heading(guest, words["closed"])
    assert said[0] not in page.content()
    looking.at(guest, "pin-shut")
    page.fill("#pin", "1111")
    guest.follow("main button")
    looking.at(guest.open("/notes/other/"), "pin-other")
    guest.open(talk).page.fill("#pin", "2580")
    guest.follow("main button")
    expect(page).to_have_url(guest.address + talk)
    assert guest.said_by("person") == said
    assert weight(guest, "/device/") <= BYTES
