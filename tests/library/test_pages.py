"""The library's pages: public, light, in the reader's language; nothing is kept of who reads."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from qingting.companion.library.article import SHELVES
from qingting.companion.library.shelf import articles
from qingting.library import pages
from qingting.library.wording import worded

MOST = 40 * 1024


@pytest.fixture
def visitor() -> Client:
    """A browser. No test here is allowed a database, so a query would fail it."""
    return Client(HTTP_HOST="localhost")


def page(visitor: Client, path: str, language: str = "zh-CN") -> str:
    answer = visitor.get(path, HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200, path
    assert not answer.cookies, path
    assert len(answer.content) < MOST, path
    return answer.content.decode()


def test_every_article_stands_on_its_shelf_with_title_lead_and_minutes(visitor: Client) -> None:
    for locale, language in (("zh-CN", "zh"), ("en-GB", "en")):
        shown = html.unescape(page(visitor, "/library/", locale))
        for slug, article in articles(language).items():
            assert f'href="/library/{slug}/"' in shown
            assert article.title in shown
            assert article.lead in shown
        assert shown.count('<ul class="shelf">') == len(SHELVES)


def test_every_article_is_whole_honest_about_its_readers_and_leads_on(visitor: Client) -> None:
    for locale, language in (("zh-CN", "zh"), ("en-GB", "en")):
        for slug, article in articles(language).items():
            shown = page(visitor, f"/library/{slug}/", locale)
            assert "](" not in shown, slug
            assert 'href="/now/#lines"' in shown
            for source in article.sources:
                assert str(source.year) in shown
            for link in re.findall(r'<a [^>]*href="(https?://[^"]*)"[^>]*>', shown):
                assert f'{link}" rel=' in shown
            assert "noopener noreferrer" in shown
            own = ("还没有专业的人读过", "no clinician has read it")
            assert (article.reviewed_by == "authors") is any(words in shown for words in own)


def test_a_link_passed_on_opens_in_the_language_it_was_sent_in(visitor: Client) -> None:
    english = articles("en")["panic"].title
    shown = html.unescape(page(visitor, "/library/panic/?in=en"))
    assert english in shown
    assert '<html lang="en">' in shown
    assert 'href="/library/?in=en"' in shown
    assert english not in html.unescape(page(visitor, "/library/panic/?in=made-up"))
    traditional = page(visitor, "/library/?in=zh-hant", "en")
    assert '<html lang="zh-Hant">' in traditional
    assert "發作" in traditional
    assert '<html lang="zh-Hans">' in page(visitor, "/library/")


def test_what_there_is_not_is_not_found(visitor: Client) -> None:
    assert visitor.get("/library/nowhere/").status_code == 404
    assert visitor.post("/library/").status_code == 405


def test_everything_that_is_kept_for_offline_can_be_fetched(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = visitor.get("/library/kept.json", HTTP_ACCEPT_LANGUAGE="zh-CN").json()
    own = [one for one in kept["addresses"] if one.startswith("/library/")]
    assert own == ["/library/", *(f"/library/{slug}/" for slug in articles("zh"))]
    for address in own:
        page(visitor, address)
    # What the pages are made of comes along.
    shown = page(visitor, "/library/")
    for made_of in re.findall(r'(?:src|href)="(/static/[^"]+)"', shown):
        assert made_of in kept["addresses"]
    english = visitor.get("/library/kept.json?in=en", HTTP_ACCEPT_LANGUAGE="zh-CN").json()
    assert "/library/panic/?in=en" in english["addresses"]
    assert not english["name"].startswith(kept["family"])
    # Another content, another name, of the same family.
    monkeypatch.setattr(pages, "_version", lambda _language: "another")
    newer = visitor.get("/library/kept.json", HTTP_ACCEPT_LANGUAGE="zh-CN").json()
    assert newer["name"] != kept["name"]
    assert newer["family"] == kept["family"]


def test_it_can_be_found_from_where_people_are(visitor: Client) -> None:
    assert 'href="/library/"' in visitor.get("/now/").content.decode()


def lead(kind: str, name: str) -> str | None:
    return f"/there/{name}/" if kind in ("skill", "article") and name == "known" else None


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ("[w](skill:known)", '<p><a href="/there/known/">w</a></p>'),
        ("[w](skill:unknown)", "<p>w</p>"),
        ("[w](https://example.org/)", "<p>w</p>"),
        ("[w](//example.org/known)", "<p>w</p>"),
        ("[**w** x](skill:no)", "<p><strong>w</strong> x</p>"),
        ("## h", "<h2>h</h2>"),
        ("# h", "<h2>h</h2>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("a & <b>b</b>", "<p>a &amp; &lt;b&gt;b&lt;/b&gt;</p>"),
        ('<img src=x onerror="1">', "<p>&lt;img src=x onerror=&quot;1&quot;&gt;</p>"),
    ],
)
def test_only_what_an_article_may_have_comes_through(body: str, made: str) -> None:
    assert worded(body, lead).strip() == made


@given(st.text(alphabet="ab[]()<>!*#-`:/\\\"'&\n skilexmpjavcrt", max_size=80))
def test_no_body_brings_anything_else_onto_the_page(body: str) -> None:
    made = worded(body, lead)
    for tag in re.findall(r"<[^>]*>", made):
        assert re.fullmatch(
            r"</?(?:p|h[2-6]|ul|ol|li|strong|em|a)>|<br>|<ol start=\"\d+\">"
            r"|<a href=\"/there/known/\">",
            tag,
        ), tag
