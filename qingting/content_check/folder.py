"""A folder of content, read once: its files, and the lines in them that may be said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any, Final

from qingting.companion.library.article import head_of, parted
from qingting.companion.person import Language
from qingting.companion.words.bank import ContentError, read_toml
from qingting.content_check.finding import Finding, Value
from qingting.content_check.places import Path as Place
from qingting.content_check.places import Places

LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
# What the talk chooses its lines from.
SPOKEN: Final = ("moves", "topics", "situations", "danger", "safety", "exercises", "voices")
# Shown beside the talk, on pages or as notices.
SHOWN: Final = (
    "notices",
    "why",
    "consent",
    "moods",
    "journal",
    "questions",
    "letter",
    "told",
    "balance",
)
# What the command and the pages of set-up tell an operator; nobody who talks ever reads it.
FOR_OPERATORS: Final = ("policy",)
# Patterns and cues. "people" is zh/people.toml; moves/people.toml stands on the shelf "moves".
FOR_MACHINES: Final = ("guard", "small_talk", "people")
# What is told of a voice, and not said by it.
_OF_A_VOICE: Final = ("model", "works")
# Lists in spoken files that are read, not said.
_READ: Final = ("cues", "names", "hear", "name", "when", "near", "like", "keys", "never", "opens")

# What an article is written with: links, the mark of a heading or an item, strong words; and where
# its sentences end.
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS: Final = re.compile(r"^(?:## |- )|\*\*", re.MULTILINE)
_ENDS: Final = re.compile(r"(?<=[。！？])(?![”’）])|(?<=[.!?])\s+|(?<=[.!?][\"'])\s+")
_BROKEN_AT: Final = re.compile(r"at line (\d+)")


@dataclass(frozen=True)
class Document:
    """One file. name: its path in the folder, with "/". data: empty where it is no TOML."""

    name: str
    text: str
    data: Mapping[str, Any]

    @cached_property
    def places(self) -> Places:
        """Where things stand in it."""
        return Places(self.text)

    @property
    def language(self) -> Language | None:
        """Its language; None for what is the same in both."""
        return next((one for one in LANGUAGES if self.name.startswith(f"{one}/")), None)

    @property
    def shelf(self) -> str:
        """Its folder, or its own name where it stands in none: "topics", "why"."""
        parts = self.name.removesuffix(".toml").split("/")
        return parts[1] if self.language else parts[0]

    @property
    def for_machines(self) -> bool:
        """Whether it holds patterns and cues, which differ by language and are never said."""
        return self.shelf in FOR_MACHINES or self.stem == "masking"

    @property
    def stem(self) -> str:
        """Its name without folder and ending."""
        return Path(self.name).stem

    @property
    def other(self) -> str:
        """Its name in the other language; its own where it is the same in both."""
        if self.language is None:
            return self.name
        return ("en" if self.language == "zh" else "zh") + self.name[2:]

    def found(self, code: str, at: Place | int = 1, **values: Value) -> Finding:
        """A finding in this file. at: the path of a key, or a line."""
        line = at if isinstance(at, int) else self.places.line_of(at)
        return Finding(code, self.name, line, values)


@dataclass(frozen=True, slots=True)
class Line:
    """One line that may be said or shown. path: as the bank of words addresses it, shelf and file
    first. at: its line in the file. spoken: one of a list that the talk chooses from."""

    document: Document
    language: Language
    path: tuple[str, ...]
    text: str
    at: int
    spoken: bool

    def found(self, code: str, **values: Value) -> Finding:
        """A finding about this line; {text} of its words is its beginning."""
        return self.document.found(code, self.at, text=short(self.text), **values)


@dataclass(frozen=True)
class Folder:
    """All of it. broken: files that could not be read."""

    root: Path
    documents: tuple[Document, ...]
    broken: tuple[Finding, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Document]:
        """The files by their names."""
        return {one.name: one for one in self.documents}

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line that may be said or shown, in the order of the files."""
        return tuple(line for document in self.documents for line in lines_of(document))

    def on(self, shelf: str, *languages: Language | None) -> Iterator[Document]:
        """The files of a shelf. languages: only of these; None is what is the same in both."""
        for document in self.documents:
            if document.shelf == shelf and (not languages or document.language in languages):
                yield document


def installed() -> Path:
    """The folder of the content that is used."""
    return Path(str(resources.files("qingting.content")))


def root_of(path: Path) -> Path | None:
    """The content folder that a file or folder stands in (or is); None when it stands in none."""
    whole = path.resolve()
    return next(
        (
            one
            for one in (whole, *whole.parents)
            if all((one / language).is_dir() for language in LANGUAGES)
        ),
        None,
    )


def count(path: Path) -> int:
    """How many files of content a path is or holds."""
    return len(list(files_of(path))) if path.is_dir() else 1


def files_of(root: Path) -> Iterator[Path]:
    """The TOML and markdown files of a folder, in order."""
    for path in sorted(root.rglob("*")):
        if path.suffix in (".toml", ".md") and path.is_file():
            yield path


def read(root: Path) -> Folder:
    """Read every TOML and markdown file. A file that cannot be read is a finding."""
    documents: list[Document] = []
    broken: list[Finding] = []
    for path in files_of(root):
        name = path.relative_to(root).as_posix()
        try:
            data = _data(path, name)
            documents.append(Document(name, path.read_text(encoding="utf-8"), data))
        except ContentError as error:
            broken.append(unreadable(name, error))
        except UnicodeDecodeError:
            broken.append(Finding("unreadable", name, 1, {"detail": "UTF-8"}))
    return Folder(root, tuple(documents), tuple(broken))


def _data(path: Path, name: str) -> Mapping[str, Any]:
    """The fields of a file: of an article those of its head."""
    if path.suffix == ".toml":
        return read_toml(path)
    if name.split("/")[1:2] != ["library"]:
        return {}
    try:
        return head_of(parted(path.read_text(encoding="utf-8"))[0])
    except ContentError as error:
        raise ContentError(f"content file {path.name}: {error}") from error


def unreadable(name: str, error: ContentError) -> Finding:
    """The finding for a file that is no TOML."""
    detail = str(error).partition(": ")[2]
    at = _BROKEN_AT.search(detail)
    return Finding("unreadable", name, int(at[1]) if at else 1, {"detail": detail})


def lines_of(document: Document) -> Iterator[Line]:
    """The lines of one file that may be said or shown; none for what only machines read."""
    language = document.language
    if language is not None and document.shelf == "library":
        yield from _lines_of_article(document, language)
        return
    if language is None or document.shelf not in (*SPOKEN, *SHOWN):
        return
    for place, path, texts, listed in _walk(document.data, (), ()):
        if path[-1] in _READ:
            continue
        offset = document.places.offset(place)
        if document.shelf == "voices" and path[0] in _OF_A_VOICE:
            continue
        whole = _addressed(document, path)
        for text in texts:
            offset = document.places.after(text, offset)
            at = document.places.line(offset)
            spoken = listed and document.shelf in SPOKEN
            yield Line(document, language, whole, text, at, spoken)


def _lines_of_article(document: Document, language: Language) -> Iterator[Line]:
    """Title, lead, and the sentences of the body without its marks."""
    for key in ("title", "lead"):
        path = ("library", document.stem, key)
        at = document.places.line_of((key,))
        yield Line(document, language, path, str(document.data.get(key, "")), at, spoken=False)
    fences = 0
    for at, written in enumerate(document.text.splitlines(), 1):
        fences += written.strip() == "+++"
        if fences < 2 or written.strip() == "+++":
            continue
        plain = _MARKS.sub("", _LINK.sub(r"\1", written))
        for sentence in _ENDS.split(plain):
            if sentence.strip():
                path = ("library", document.stem, "body")
                yield Line(document, language, path, sentence.strip(), at, spoken=False)


def _addressed(document: Document, path: tuple[str, ...]) -> tuple[str, ...]:
    """Where the talk finds a list. The lists of a voice lie over the plain ones, and are held to
    what those are held to."""
    if document.shelf != "voices":
        return (document.shelf, document.stem, *path)
    over = {"moves": ("moves", *path[1:]), "truth": ("moves", "about_you", *path[1:])}
    return over.get(path[0], ("voices", *path))


_Walked = tuple[Place, tuple[str, ...], tuple[str, ...], bool]


def _walk(table: Mapping[str, Any], place: Place, path: tuple[str, ...]) -> Iterator[_Walked]:
    """Every text and list of texts: its place, its path by names, the texts, whether a list."""
    for key, value in table.items():
        if isinstance(value, str):
            yield (*place, key), (*path, key), (value,), False
        elif isinstance(value, dict):
            yield from _walk(value, (*place, key), (*path, key))
        elif isinstance(value, list):
            texts = tuple(one for one in value if isinstance(one, str))
            if texts:
                yield (*place, key), (*path, key), texts, True
            for number, one in tables(value):
                name = str(one.get("name", number))
                yield from _walk(one, (*place, key, number), (*path, key, name))


def tables(value: Iterable[Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The tables of an array, with their numbers from 0."""
    for number, one in enumerate(value):
        if isinstance(one, dict):
            yield number, one


def short(text: str, most: int = 24) -> str:
    """The beginning of a text, to know it by."""
    return text if len(text) <= most else text[:most] + "…"
