"""Help now: without an account, a model or a database."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def visitor() -> Client:
    """A browser. No test here is allowed a database, so a query would fail it."""
    return Client(HTTP_HOST="localhost")


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        ("zh-CN", ["tel:120", "tel:12356"]),
        ("en-US", ["tel:911", "tel:988"]),
        ("zh-TW", ["tel:1925"]),
    ],
)
def test_the_lines_of_the_place_can_be_called(
    visitor: Client, language: str, numbers: list[str]
) -> None:
    page = visitor.get("/now/", HTTP_ACCEPT_LANGUAGE=language).content.decode()
    for number in numbers:
        assert f'href="{number}"' in page


def test_an_unknown_place_gets_the_finder_and_no_guessed_number(visitor: Client) -> None:
    page = visitor.get("/now/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "findahelpline.com" in page
    assert 'href="tel:' not in page


def test_a_chosen_place_is_remembered(visitor: Client) -> None:
    visitor.get("/now/?place=TW", HTTP_ACCEPT_LANGUAGE="zh-CN")
    page = visitor.get("/now/", HTTP_ACCEPT_LANGUAGE="zh-CN").content.decode()
    assert 'href="tel:1925"' in page
    assert 'href="tel:12356"' not in page


def test_a_made_up_place_changes_nothing(visitor: Client) -> None:
    answer = visitor.get("/now/?place=<script>", HTTP_ACCEPT_LANGUAGE="zh-CN")
    assert "place" not in answer.cookies
    assert "<script>" not in answer.content.decode().split("<body")[1]
