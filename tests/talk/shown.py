"""A page as a person without a script sees it: messages, notices, the field and the forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class Form:
    """A form of a page: where it goes and what it sends."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Page(HTMLParser):
    """What a page shows. messages: (who, words), who being the class of the bubble."""

    messages: list[tuple[str, str]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)
    text: str = ""
    waiting: str | None = None
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

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
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
            self.waiting = given.get("data-waiting", self.waiting)
        elif tag in ("input", "button") and "name" in given:
            self.forms[-1].fields[given["name"]] = given.get("value", "")
        elif tag == "textarea":
            self.forms[-1].fields[given["name"]] = ""
            self._open.append("field")
        elif tag == "li" and {"person", "companion"} & set(classes):
            self.messages.append((classes[0], ""))
        elif tag == "p" and "notice" in classes:
            self.notices.append("")
            self._open.append("notice")
        elif tag == "p" and self.messages and not self._open:
            self._open.append("words")
        elif tag == "br" and self._open and self._open[-1] == "words":
            self.handle_data("\n")
        elif tag == "a":
            self.links[given.get("href", "")] = ""
            self._open.append("link")

    def handle_endtag(self, tag: str) -> None:
        ends = {"textarea": "field", "a": "link", "p": ("notice", "words"), "ol": None}
        if tag in ends and self._open and self._open[-1] in (ends[tag] or ()):
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        for what in self._open:
            if what == "field":
                self.field_form.fields["text"] += data
            elif what == "notice":
                self.notices[-1] += data
            elif what == "link":
                address = list(self.links)[-1]
                self.links[address] += data
            elif what == "words":
                speaker, words = self.messages[-1]
                self.messages[-1] = (speaker, words + data)


def seen(html: str) -> Page:
    """The page of an HTML text."""
    page = Page()
    page.feed(html)
    page.close()
    return page
