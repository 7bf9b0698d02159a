"""Every page of a stranger and of an account, seen as a scanner sees it: what the browser is told,
what the cookies are, what stands in the page that should not. Roles: people/test_crawl_roles.py."""

from __future__ import annotations

import re
import uuid

import pytest

from tests.site import passive
from tests.site.behind_proxy import Answer, Browser, crawl

pytestmark = pytest.mark.process

BEGIN = ("/", "/now/", "/account/", "/me/", "/safety/plan/", "/about/", "/account/login/")


@pytest.fixture(scope="module", params=["en", "zh-CN"])
def pages(request: pytest.FixtureRequest, port: int) -> dict[str, Answer]:
    """What a stranger and somebody with an account and a talk can reach, errors too."""
    browser = Browser(port, request.param)
    found = {f"stranger {path}": one for path, one in crawl(browser, BEGIN, 14).items()}
    browser.post("/", {"text": "今晚睡不着", "key": uuid.uuid4().hex, "tz": "Asia/Shanghai"})
    name = f"leaf{uuid.uuid4().hex[:8]}"
    made = browser.post("/account/signup/", {"username": name, "password1": "a quiet long river"})
    assert made.status == 302, made.text
    found |= crawl(browser, BEGIN)
    for path in ("/nowhere/", "/account/nowhere/", "/skills/nowhere/"):
        found[path] = browser.ask(path)
    found["foreign form"] = browser.ask("/account/login/", "POST", b"login=a")
    found["foreign host"] = browser.ask("/", headers={"Host": "evil.example"})
    return found


def test_there_is_something_to_look_at(pages: dict[str, Answer]) -> None:
    assert len(pages) > 40
    assert {one.status for one in pages.values()} <= {200, 302, 400, 403, 404}
    assert pages["foreign form"].status == 403
    assert pages["foreign host"].status == 400


def test_headers(pages: dict[str, Answer]) -> None:
    for path, answer in pages.items():
        passive.has_headers(path, answer)


def test_policy_of_content(pages: dict[str, Answer]) -> None:
    for path, answer in pages.items():
        passive.has_policy(path, answer)


def test_pages_with_words_are_not_kept(pages: dict[str, Answer]) -> None:
    for path, answer in pages.items():
        passive.is_not_kept(path, answer)


def test_nothing_inline_and_nothing_of_others(pages: dict[str, Answer]) -> None:
    for path, answer in pages.items():
        passive.is_all_ours(path, answer)


def test_errors_tell_nothing(pages: dict[str, Answer]) -> None:
    for path, answer in pages.items():
        passive.tells_nothing(path, answer)


def test_errors_speak_the_language(port: int) -> None:
    for language, words in (("en", "can't be read"), ("zh-CN", "没法读"), ("zh-TW", "沒法讀")):
        answer = Browser(port, language).ask("/", headers={"Host": "evil.example"})
        assert words in answer.text


def test_cookies(port: int) -> None:
    browser = Browser(port)
    lines = browser.ask("/").headers.get_all("Set-Cookie") or []
    browser.post("/language/", {"language": "en", "next": "/"})
    name = f"leaf{uuid.uuid4().hex[:8]}"
    form = {"username": name, "password1": "a quiet long river"}
    lines += browser.post("/account/signup/", form).headers.get_all("Set-Cookie") or []
    lines += browser.ask("/now/?place=CN").headers.get_all("Set-Cookie") or []
    assert {one.split("=")[0] for one in lines} == {
        f"__Host-{each}" for each in ("device", "csrftoken", "session", "place")
    }
    passive.cookies_are_shut(lines)


def test_files(port: int) -> None:
    browser = Browser(port)
    text = browser.ask("/").text
    for path in sorted(set(re.findall(r"/static/[^\"]+", text))):
        answer = browser.ask(path)
        assert answer.status == 200, path
        for name, value in passive.ALONE.items():
            assert answer.header(name) == value, (path, name)
        assert not answer.header("access-control-allow-origin"), path
        assert "default-src 'none'" in answer.header("content-security-policy"), path


def test_a_new_session_at_every_sign_in(port: int) -> None:
    name, password = f"leaf{uuid.uuid4().hex[:8]}", "a quiet long river"
    browser = Browser(port)
    browser.post("/account/signup/", {"username": name, "password1": password})
    first, guest = browser.cookies["__Host-session"], browser.cookies["__Host-device"]
    browser.post("/account/logout/", {})
    browser.cookies["__Host-session"] = first
    assert browser.ask("/account/devices/").status == 302, "a session ends on the server"
    browser.post("/account/login/", {"login": name, "password": password})
    assert browser.cookies["__Host-session"] not in ("", first)
    assert browser.cookies["__Host-device"] != guest


def test_where_to_report_and_what_is_found(port: int) -> None:
    browser = Browser(port)
    text = browser.ask("/.well-known/security.txt")
    assert text.header("content-type") == "text/plain; charset=utf-8"
    assert "Contact: mailto:sec@qingting.test\n" in text.text
    assert re.search(r"Expires: 20\d\d-\d\d-\d\dT00:00:00Z\n", text.text)
    assert "Canonical: https://qingting.test/.well-known/security.txt\n" in text.text
    assert "Disallow: /\n" in browser.ask("/robots.txt").text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Room 12", "after 10 minutes", "400 days", "24 months", "Nothing you write is")),
        ("zh-CN", ("Room 12", "10 分钟后", "400 天", "24 个月", "使用约定")),
    ],
)
def test_the_notice_says_what_is_configured(
    port: int, language: str, words: tuple[str, ...]
) -> None:
    browser = Browser(port, language)
    text = browser.ask("/privacy/").text
    assert [one for one in words if one not in text] == []
    for link in ("/me/", "/me/seen/", "/me/erase/", "/terms/"):
        assert f'href="{link}"' in text
    assert "Room 12" in browser.ask("/terms/").text
