"""A drawn tree as markup that a strict page may hold. Only what is on the lists below is written:
whatever else the drawing library puts in (styles, scripts, addresses, ids, tooltips) is left out,
today's and tomorrow's alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, Final

_SHAPES: Final = frozenset({"g", "path", "rect", "circle", "text"})
_ATTRIBUTES: Final = frozenset(
    {"class", "cx", "cy", "d", "height", "r", "transform", "width", "x", "y"}
)
# Words of the library about its own scripts.
_CLASSES_LEFT_OUT: Final = frozenset(
    {"always_show", "left", "nofill", "reactive", "tooltip-trigger", "top"}
)
_LONG: Final = re.compile(r"\d+\.\d{2,}")
# What XML cannot hold, not even escaped.
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SERIES: Final = re.compile(r"series serie-(\d+) color-\d+")


def markup(tree: Any, key: str, title: str, says: str, names: Sequence[str]) -> str:
    """The picture of a drawn tree. key: unique on the page. title, says: read out in its place.
    names: the classes of its series, in order."""
    inner = "".join(piece for child in tree for piece in _pieces(child, names))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{escape(tree.get("viewBox"))}" '
        f'role="img" aria-labelledby="{key}-t" aria-describedby="{key}-d">'
        f'<title id="{key}-t">{text(title)}</title><desc id="{key}-d">{text(says)}</desc>'
        f"{inner}</svg>"
    )


def text(words: str) -> str:
    """Words as text of XML."""
    return escape(_FORBIDDEN.sub("", words))


def _pieces(node: Any, names: Sequence[str]) -> Iterator[str]:
    # The tag of a comment is no string.
    if not isinstance(node.tag, str) or node.tag not in _SHAPES or not _shows(node):
        return
    inner = "".join(piece for child in node for piece in _pieces(child, names))
    words = text(node.text or "") if node.tag == "text" else ""
    if node.tag in ("g", "text") and not inner and not words:
        return
    attributes = "".join(
        f' {name}="{escape(value)}"'
        for name, raw in node.attrib.items()
        if name in _ATTRIBUTES and (value := _value(name, str(raw), names))
    )
    yield f"<{node.tag}{attributes}>{words}{inner}</{node.tag}>"


def _shows(node: Any) -> bool:
    if node.tag == "g":
        return "tooltip-overlay" not in node.get("class", "")
    if node.tag == "circle":
        return float(node.get("r", 0)) > 0
    return not (node.tag == "rect" and node.get("class") == "background")


def _value(name: str, raw: str, names: Sequence[str]) -> str:
    if name != "class":
        return _LONG.sub(lambda found: f"{float(found.group()):.1f}", raw)
    named = _SERIES.sub(lambda found: f"series {names[int(found[1])]}", raw)
    return " ".join(one for one in named.split() if one not in _CLASSES_LEFT_OUT)
