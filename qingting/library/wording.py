"""The body of an article as HTML: paragraphs, headings, lists, strong words, and links of ours.

Nothing else comes through: HTML in the body is shown as it is written, pictures and code are not
known, and a link that leads nowhere of ours is left out while its words stay.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

# Kind and name of what a link leads to ("skill", "breathing_minute"), to its address; None for
# what there is not.
Resolve = Callable[[str, str], str | None]

_KNOWN: Final = ("heading", "list", "emphasis", "link", "escape", "newline")


def worded(body: str, resolve: Resolve) -> SafeString:
    """The HTML of a body. resolve: where its links lead."""
    parser = _parser()
    tokens = parser.parse(body)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            # The title is the page's only first heading.
            token.tag = max(token.tag, "h2")
        if token.children:
            token.children = _linked(token.children, resolve)
    html = str(parser.renderer.render(tokens, parser.options, {}))
    return SafeString(html)  # all text was escaped, and every address is our own


def links_in(body: str) -> list[tuple[str, str]]:
    """Kind and name of every link of a body, in their order."""
    return [
        _parted(token)
        for block in _parser().parse(body)
        for token in block.children or ()
        if token.type == "link_open"
    ]


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("zero", {"html": False}).enable(_KNOWN)


def _linked(children: Sequence[Token], resolve: Resolve) -> list[Token]:
    """The pieces of a paragraph with links that lead somewhere; of others only the words."""
    kept: list[Token] = []
    open_links: list[bool] = []
    for token in children:
        if token.type == "link_open":
            address = resolve(*_parted(token))
            open_links.append(address is not None)
            if address is None:
                continue
            token.attrs = {"href": address}
        elif token.type == "link_close" and not open_links.pop():
            continue
        kept.append(token)
    return kept


def _parted(token: Token) -> tuple[str, str]:
    kind, _, name = str(token.attrGet("href") or "").partition(":")
    return kind, name
