"""A page as a person without a script sees it: messages, notices, links, the field, the forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

_VOID: Final = {"area", "base", "br", "hr", "img", "input", "link", "meta"}


@dataclass(slots=True)
class Form:
    """A form of a page: where it goes and what it sends."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """What a page shows. messages: (who, words), who being "person" or "companion"."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.messages: list[tuple[str, str]] = []
        self.notices: list[str] = []
        self.links: dict[str, str] = {}
        self.forms: list[Form] = []
        self.waiting: str | None = None
        self.text = ""
        self._inside: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    @property
    def field_form(self) -> Form:
        """The form one writes into."""
        return next(form for form in self.forms if "text" in form.fields)

    @property
    def written(self) -> str:
        """What stands in the field."""
        return self.field_form.fields["text"]

    def form_to(self, ending: str) -> Form:
        """The form whose address ends so."""
        return next(form for form in self.forms if form.action.endswith(ending))

    def said_by(self, who: str) -> list[str]:
        """The words of one speaker, in order."""
        return [words for speaker, words in self.messages if speaker == who]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where we are, and what begins here."""
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        what = ""
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
            self.waiting = given.get("data-waiting", self.waiting)
        elif given.get("type") == "checkbox" and "checked" not in given:
            pass  # a browser does not send it
        elif tag in ("input", "button", "textarea") and "name" in given and self.forms:
            self.forms[-1].fields[given["name"]] = given.get("value", "")
            what = "field" if tag == "textarea" else ""
        elif tag == "li" and {"person", "companion"} & set(classes):
            self.messages.append((classes[0], ""))
            what = "message"
        elif tag == "p" and "notice" in classes:
            self.notices.append("")
            what = "notice"
        elif tag == "p" and self._is_inside("message"):
            what = "words"
        elif tag == "a" and "href" in given:
            # Last again, where another link led there before: its words follow now.
            self.links.pop(given["href"], None)
            self.links[given["href"]] = ""
            what = "link"
        elif tag == "br":
            self.handle_data("\n")
        if tag not in _VOID:
            self._inside.append((tag, what))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        while self._inside and self._inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Words belong to whatever they stand in."""
        self.text += data
        if self._is_inside("field"):
            self.forms[-1].fields["text"] += data
        if self._is_inside("notice"):
            self.notices[-1] += data
        if self._is_inside("link"):
            self.links[list(self.links)[-1]] += data
        if self._is_inside("words"):
            speaker, words = self.messages[-1]
            self.messages[-1] = (speaker, words + data)

    def _is_inside(self, what: str) -> bool:
        return any(one == what for _, one in self._inside)
