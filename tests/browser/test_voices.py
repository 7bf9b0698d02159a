"""A voice chosen in a browser, on a phone: on its page and by a word in the talk; what it is stands
beside the field all the while."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from qingting.companion.person import Person
from qingting.companion.voice.labels import label_for
from tests.browser.conftest import Visit
from tests.browser.test_accessibility import assert_clean
from tests.browser.test_talking import PHONE
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser

SAID = {
    "zh-CN": ("今天食堂又没赶上饭", "换成庄子的口气", "变回来"),
    "en-US": ("i missed dinner again", "talk like Zhuangzi", "go back to normal"),
}


@pytest.mark.parametrize(("locale", "scheme"), [("zh-CN", "light"), ("en-US", "dark")])
def test_it_is_chosen_on_its_page_and_by_a_word_and_says_what_it_is(
    guided: Server, visit: Visit, locale: str, scheme: str
) -> None:
    reader = Person(locale=locale)
    ordinary, asked, back = SAID[locale]
    guest = visit(guided, locale=locale, color_scheme=scheme, reduced_motion="reduce", **PHONE)
    beside = guest.open().page.locator("[data-voice]")
    expect(beside).to_be_hidden()

    assert_clean(guest.open("/voices/"), "voices")
    for one in guest.page.locator("main button, main .ways a").all():
        assert (one.bounding_box() or {"height": 0})["height"] >= 44, one.inner_text()
    guest.page.set_viewport_size({"width": 320, "height": 640})
    assert guest.page.evaluate("document.documentElement.scrollWidth") <= 320
    guest.follow("button[value=su_shi]")
    expect(guest.page.locator(".notice")).to_be_visible()
    expect(guest.page.locator("button[value=su_shi]")).to_have_count(0)

    guest.open()
    expect(beside).to_have_text(label_for("su_shi", reader))
    guest.say(ordinary)
    assert_clean(guest, "talking in a voice")
    guest.say(asked)
    expect(beside).to_have_text(label_for("zhuangzi", reader))
    field = guest.page.locator(".field textarea").bounding_box()
    assert field is not None
    assert field["width"] > 180
    guest.page.reload()
    expect(beside).to_have_text(label_for("zhuangzi", reader))
    guest.say(back)
    expect(beside).to_be_hidden()
