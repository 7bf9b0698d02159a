"""Every form there is, filled with anything there is: no answer is a failure of ours.

There is no JSON interface yet, so nothing for schemathesis to read.
"""

from __future__ import annotations

import itertools
import urllib.parse
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.site.behind_proxy import Browser, Form, Page, crawl

pytestmark = pytest.mark.process

BEGIN = (
    *("/", "/talk/", "/safety/plan/", "/me/", "/account/", "/account/login/", "/now/"),
    *("/progress/mood/", "/journal/write/", "/progress/import/"),
)
_count = itertools.count()

# Surrogates cannot be sent; everything else can, with what breaks parsers more often than chance.
ODD = st.sampled_from(
    [
        "",
        "\x00",
        "-1",
        "1e999",
        "9" * 400,
        "NaN",
        "../..",
        "{{7*7}}",
        "%s%n",
        "' OR 1=1 --",
        "\u202e",
    ]
)
TEXT = st.one_of(st.text(st.characters(codec="utf-8"), max_size=60), ODD)


@pytest.fixture(scope="module")
def guest(port: int) -> Browser:
    """Somebody with a talk and a few notes, so that their forms are there too."""
    browser = Browser(port)
    browser.post("/", {"text": "hello", "key": uuid.uuid4().hex})
    browser.post("/progress/mood/", {"spot": "0_0"})
    browser.post("/journal/write/", {"words": "a line"})
    browser.post("/progress/import/", {"table": "2026-05-01,3\n", "step": "keep"})
    return browser


@pytest.fixture(scope="module")
def forms(guest: Browser) -> list[tuple[str, Form]]:
    """Every form reachable, one of each shape, with the page it stands on."""
    found: dict[tuple[str, ...], tuple[str, Form]] = {}
    for path, answer in crawl(guest, BEGIN).items():
        for form in Page(answer.text).forms:
            where = path.partition("?")[0] if form.action in ("", "#lines") else form.action
            shape = (where.split("/")[1], form.method, *sorted(form.fields))
            found.setdefault(shape, (where, form))
    return list(found.values())


def test_forms_are_found(forms: list[tuple[str, Form]]) -> None:
    assert len(forms) >= 25
    fields = {name for _, form in forms for name in form.fields}
    assert {"text", "title", "login", "password1", "place", "signs", "code"} <= fields
    assert {"spot", "words", "table", "batch", "day"} <= fields


# 5,000 digits: more than Python makes a number of.
@pytest.mark.parametrize("odd", ["\x00", "\u202e{{7*7}}%s' OR 1=1 --\r\n<script>", "9" * 5000])
def test_every_field_of_every_form(guest: Browser, forms: list[tuple[str, Form]], odd: str) -> None:
    for number, (where, form) in enumerate(forms):
        fields = {name: odd for name in form.fields if name != "csrfmiddlewaretoken"}
        if form.buttons:
            name, value = form.buttons[0]
            fields[name] = value
        if form.method == "post":
            answer = guest.post(
                where, fields, **{"X-Forwarded-For": f"10.3.{len(odd) % 250}.{number}"}
            )
        else:
            answer = guest.ask(f"{where}?{urllib.parse.urlencode(fields)}")
        assert answer.status < 500, (where, list(fields))
        assert "<script>" not in answer.text, where


@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_anything_in_any_field(
    data: st.DataObject, guest: Browser, forms: list[tuple[str, Form]]
) -> None:
    where, form = data.draw(st.sampled_from(forms))
    fields = dict(form.fields)
    fields.pop("csrfmiddlewaretoken", None)
    for name in data.draw(st.lists(st.sampled_from(sorted(fields) or ["x"]), max_size=4)):
        fields[name] = data.draw(TEXT)
    if form.buttons and data.draw(st.booleans()):
        name, value = data.draw(st.sampled_from(form.buttons))
        fields[name] = data.draw(st.one_of(st.just(value), TEXT))
    if data.draw(st.integers(0, 9)) == 0:
        fields[data.draw(TEXT)] = data.draw(TEXT)
    address = {"X-Forwarded-For": f"10.2.{next(_count) % 250}.{next(_count) % 250}"}
    if form.method == "post":
        answer = guest.post(where, fields, **address)
    else:
        answer = guest.ask(f"{where}?{urllib.parse.urlencode(fields)}")
    assert answer.status < 500, (where, fields)
    assert "Traceback" not in answer.text
