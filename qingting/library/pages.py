"""The library's pages: all articles, one article, and what a browser keeps of them for offline.

Public, the same for everybody: no account, no cookie, and nothing is stored about who read what.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from qingting.companion.library.shelf import FOLDER, articles
from qingting.companion.person import Language, Person
from qingting.library.article_pages import next_after, shelves, shown
from qingting.people.visitors import locale_of

# What the pages are made of besides themselves.
_FILES: Final = ("qingting.css", "library.css", "library.js", "hide.js", "dragonfly.svg")
# A page in another language than the reader's own has it in its address, so that a link that is
# passed on opens as it was sent. No cookie is needed for it.
_IN: Final = "in"


@cache_control(no_cache=True)
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """All articles."""
    with _language(request) as suffix:
        person = _reader(request)
        context = {"shelves": shelves(person), "suffix": suffix}
        return _in_its_language(render(request, "library/library.html", context))


@cache_control(no_cache=True)
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article."""
    with _language(request) as suffix:
        person = _reader(request)
        found = articles(person.language).get(slug)
        if found is None:
            raise Http404
        context = {
            "article": shown(found, person, lambda address: address + suffix),
            "next": next_after(found, person),
            "suffix": suffix,
        }
        return _in_its_language(render(request, "library/article.html", context))


@cache_control(no_cache=True)
@require_safe
def kept(request: HttpRequest) -> JsonResponse:
    """What a browser fetches to have all articles of a language without a network. name: of the
    cache, another one whenever anything in it changes. family: how the names of its older ones
    begin."""
    with _language(request) as suffix:
        language = _reader(request).language
        pages = [
            reverse("library"),
            *(reverse("article", args=[one]) for one in articles(language)),
        ]
        files = [static(name) for name in _FILES]
        tag = translation.get_language() or "en"
        # In one's own language the addresses are the same in every language: only one is kept.
        family = f"library-in-{tag}-" if suffix else "library-own-"
        made_of = "\n".join((tag, _version(language), *files, *pages))
        mark = hashlib.sha256(made_of.encode()).hexdigest()[:16]
        return JsonResponse(
            {
                "name": f"{family}{tag}-{mark}",
                "family": family,
                "addresses": [*(page + suffix for page in pages), *files],
            }
        )


@contextmanager
def _language(request: HttpRequest) -> Iterator[str]:
    """The language of the page: asked for in the address, else the reader's own. Gives what the
    addresses of the library end on to stay in it."""
    asked = request.GET.get(_IN, "")
    if asked not in dict(settings.LANGUAGES):
        yield ""
        return
    with translation.override(asked):
        yield f"?{_IN}={asked}"


def _reader(request: HttpRequest) -> Person:
    return Person(locale=locale_of(request))


def _in_its_language(response: HttpResponse) -> HttpResponse:
    response["Content-Language"] = translation.get_language() or "en"
    return response


@cache
def _version(language: Language) -> str:
    """What stands in the articles and in the templates around them, in short."""
    found = hashlib.sha256()
    folders = (
        resources.files("qingting.content") / language / FOLDER,
        resources.files("qingting.site") / "templates" / "library",
    )
    for folder in folders:
        for file in sorted(folder.iterdir(), key=lambda one: one.name):
            found.update(file.name.encode() + file.read_bytes())
    return found.hexdigest()
