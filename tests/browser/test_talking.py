"""Writing and being answered, on a keyboard, on a phone, and in a browser without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, Worded
from tests.browser.guest import Guest, is_complete
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def focused(guest: Guest) -> str:
    """What has the focus, as class, name or tag."""
    found: str = guest.page.evaluate(
        "(e => e.name || e.className || e.tagName)(document.activeElement)"
    )
    return found


@pytest.mark.parametrize(
    ("locale", "said"), [("zh-CN", "我觉得我快撑不住了"), ("en-US", "I think I'm falling apart")]
)
def test_words_are_answered_and_are_there_after_a_reload(
    guided: Server, visit: Visit, locale: str, said: str
) -> None:
    guest = visit(guided, locale=locale).open()
    reply = guest.say(said)
    assert is_complete(reply)
    guest.say("嗯" if locale == "zh-CN" else "yes")
    before = guest.said_by("person"), guest.said_by("companion")
    guest.page.reload()
    assert (guest.said_by("person"), guest.said_by("companion")) == before
    assert before[0][0] == said
    guest.another_tab()
    guest.open("/talk/")
    guest.follow(guest.page.get_by_role("link", name=said))
    expect(guest.bubbles("companion").first).to_have_text(reply)


def test_the_words_of_a_model_are_shown_while_they_come(worded: Worded, visit: Visit) -> None:
    worded.model.switch("ok", delay=0.15)
    guest = visit(worded.server).open()
    guest.type_and_send("今天又被骂了")
    first = guest.first_words()
    whole = guest.wait_for_reply()
    assert whole.startswith(first)
    assert len(first) < len(whole)


def test_a_browser_without_scripts_loses_only_the_streaming(guided: Server, visit: Visit) -> None:
    guest = visit(guided, java_script_enabled=False).open()
    for line in ("我觉得我快撑不住了", "室友都不理我"):
        guest.field.fill(line)
        guest.press_send()
    said, replies = guest.said_by("person"), guest.said_by("companion")
    assert said == ["我觉得我快撑不住了", "室友都不理我"]
    assert len(replies) == 2
    assert all(map(is_complete, replies))
    guest.page.reload()
    assert (guest.said_by("person"), guest.said_by("companion")) == (said, replies)
    assert guest.field.input_value() == ""


def test_enter_sends_and_shift_enter_makes_a_line(guided: Server, visit: Visit) -> None:
    guest = visit(guided).open()
    expect(guest.field).to_be_focused()
    guest.page.keyboard.type("第一行")
    guest.page.keyboard.press("Shift+Enter")
    guest.page.keyboard.type("第二行")
    assert guest.field.input_value() == "第一行\n第二行"
    guest.page.keyboard.press("Enter")
    guest.wait_for_reply()
    assert guest.said_by("person") == ["第一行\n第二行"]
    assert focused(guest) == "text"
    guest.page.reload()
    assert guest.said_by("person") == ["第一行\n第二行"]


def test_enter_that_ends_a_chinese_word_being_typed_does_not_send(
    guided: Server, visit: Visit
) -> None:
    guest = visit(guided).open()
    expect(guest.field).to_be_focused()
    keyboard = guest.context.new_cdp_session(guest.page)
    keyboard.send(
        "Input.imeSetComposition", {"text": "nan shou", "selectionStart": 8, "selectionEnd": 8}
    )
    guest.field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    keyboard.send("Input.insertText", {"text": "难受"})
    assert guest.field.input_value() == "难受"
    assert guest.said_by("person") == []


def test_everything_is_reached_with_the_keyboard_in_the_order_it_is_seen(
    guided: Server, visit: Visit
) -> None:
    guest = visit(guided).open()
    guest.say("好累")
    guest.page.reload()
    seen = []
    for _ in range(15):
        guest.page.keyboard.press("Tab")
        seen.append(focused(guest))
    assert seen == [
        "skip",
        "home",
        "hide",
        "A",
        "A",
        "A",
        "help-now",
        "why",
        "text",
        "send",
        *["language"] * 3,
        "A",
        "A",
    ]


def test_the_keyboard_never_loses_its_place(worded: Worded, visit: Visit) -> None:
    worded.model.switch("long", delay=0.03)
    guest = visit(worded.server).open()
    expect(guest.field).to_be_focused()
    guest.page.keyboard.type("睡不着")
    guest.page.keyboard.press("Tab")
    guest.page.keyboard.press("Space")
    expect(guest.page.locator(".fresh").first).to_be_visible()
    assert focused(guest) == "send"
    guest.page.keyboard.press("Shift+Tab")
    assert guest.stop.evaluate("e => e === document.activeElement")
    guest.page.keyboard.press("Space")
    guest.wait_for_reply()
    assert focused(guest) == "send"


def test_stop_ends_the_reply_where_it_is(worded: Worded, visit: Visit) -> None:
    worded.model.switch("long", delay=0.03)
    guest = visit(worded.server).open()
    guest.type_and_send("睡不着")
    expect(guest.page.locator(".fresh").first).to_be_visible()
    guest.stop.click()
    reply = guest.wait_for_reply()
    assert is_complete(reply)
    expect(guest.stop).to_be_hidden()
    expect(guest.retry).to_be_hidden()
    guest.page.reload()
    assert guest.said_by("companion") == [reply]
    worded.model.switch("ok")
    assert is_complete(guest.say("还是睡不着"))


def test_on_a_phone_enter_makes_a_line_and_the_button_sends(guided: Server, visit: Visit) -> None:
    guest = visit(guided, **PHONE).open()
    guest.field.fill("第一行")
    guest.field.press("Enter")
    assert guest.field.input_value() == "第一行\n"
    assert is_complete(guest.say("好累"))


@pytest.mark.parametrize("screen", [{}, PHONE])
def test_in_a_long_talk_nothing_hides_behind_the_field(
    guided: Server, visit: Visit, screen: dict[str, object]
) -> None:
    guest = visit(guided, **screen).open()
    for line in ("好累", "上班好累", "老板天天骂我", "我不知道怎么办", "真的不想去了", "嗯"):
        guest.say(line)
        assert_last_words_in_sight(guest)
    guest.page.reload()
    assert_last_words_in_sight(guest)
    guest.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(guest.page.locator(".help-now")).to_be_in_viewport()
    guest.page.evaluate("scrollTo(0, 0)")
    expect(guest.field).to_be_in_viewport(ratio=0.9)


def assert_last_words_in_sight(guest: Guest) -> None:
    """The last words end above the field, and the field is whole on the screen."""
    words = guest.page.locator("#messages > li:last-child, [data-notices] .notice:last-child")
    last = words.last.bounding_box()
    form = guest.page.locator("form.field").bounding_box()
    size = guest.page.viewport_size
    assert last is not None
    assert form is not None
    assert size is not None
    assert last["y"] + last["height"] <= form["y"] + 1
    assert form["y"] + form["height"] <= size["height"] + 1


def test_somebody_who_scrolled_up_to_read_is_left_there(worded: Worded, visit: Visit) -> None:
    guest = visit(worded.server, viewport={"width": 390, "height": 480}).open()
    for line in ("好累", "上班好累", "老板天天骂我"):
        guest.say(line)
    worded.model.switch("ok", delay=0.05)
    guest.type_and_send("我不知道怎么办")
    guest.page.evaluate("scrollTo(0, 0)")
    guest.wait_for_reply()
    assert guest.page.evaluate("scrollY") == 0
