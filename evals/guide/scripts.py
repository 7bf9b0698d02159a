"""Scripts: one person's side of a conversation, written without knowing the replies.

Format: evals/guide/README.md. Every mistake in a file is told with its path and turn.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from qingting.companion.person import Language

SCRIPTS: Final = Path(__file__).parent / "scripts"
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
_MARKS: Final = ("refuses", "asks", "just_listen", "more", "leaves", "plain")
_SCRIPT_KEYS: Final = frozenset({"about", "topics", "venting", "turn"})
_TURN_KEYS: Final = frozenset({"say", "picks", "language", *_MARKS})
_FEWEST_PICKS: Final = 3


class ScriptWrong(ValueError):
    """A script file that is not as the format says."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message.

    picks: words of which any one in a reply shows that this message was taken up. language: set
    where the person switched and the reply should follow. refuses: turns something down. asks:
    wants advice, something to do or an opinion. just_listen, more, leaves, plain: wants only to be
    listened to, wants a longer answer, says goodbye, makes a plain request.
    """

    say: str
    picks: tuple[str, ...]
    language: Language | None = None
    refuses: bool = False
    asks: bool = False
    just_listen: bool = False
    more: bool = False
    leaves: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """One person's side. name: the file's, unique in its language. venting: the first three turns
    only pour out."""

    name: str
    language: Language
    about: str
    topics: tuple[str, ...]
    turns: tuple[Turn, ...]
    venting: bool = False


def load_all(folder: Path = SCRIPTS, language: Language | None = None) -> tuple[Script, ...]:
    """Every script below folder/<language>/, by language and name. Raises ScriptWrong."""
    wanted = LANGUAGES if language is None else (language,)
    return tuple(
        load(path, one) for one in wanted for path in sorted((folder / one).glob("*.toml"))
    )


def load(path: Path, language: Language) -> Script:
    """One script. Raises ScriptWrong, with the path and what is wrong."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ScriptWrong(f"{path}: not TOML in UTF-8: {error}") from error
    return parse(data, path.stem, language, where=str(path))


def parse(data: Mapping[str, Any], name: str, language: Language, *, where: str) -> Script:
    """A script from its data. where: named in errors. Raises ScriptWrong."""
    _only(data, _SCRIPT_KEYS, where)
    turns = data.get("turn")
    if not isinstance(turns, list) or not turns:
        raise ScriptWrong(f"{where}: no [[turn]]")
    return Script(
        name=name,
        language=language,
        about=_text(data, "about", where),
        topics=_texts(data, "topics", where),
        turns=tuple(_turn(turn, f"{where}: turn {n}") for n, turn in enumerate(turns, start=1)),
        venting=_flag(data, "venting", where),
    )


def _turn(data: Any, where: str) -> Turn:
    if not isinstance(data, dict):
        raise ScriptWrong(f"{where}: not a table")
    _only(data, _TURN_KEYS, where)
    picks = _texts(data, "picks", where)
    if len(picks) < _FEWEST_PICKS:
        raise ScriptWrong(f"{where}: {len(picks)} picks, {_FEWEST_PICKS} are the fewest")
    language = data.get("language")
    if language not in (None, *LANGUAGES):
        raise ScriptWrong(f"{where}: language is {language!r}, not zh or en")
    marks = {mark: _flag(data, mark, where) for mark in _MARKS}
    return Turn(say=_text(data, "say", where), picks=picks, language=language, **marks)


def _only(data: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    unknown = sorted(data.keys() - known)
    if unknown:
        raise ScriptWrong(f"{where}: unknown {', '.join(unknown)}")


def _text(data: Mapping[str, Any], key: str, where: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ScriptWrong(f"{where}: {key} is not a text")
    return value


def _texts(data: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = data.get(key)
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise ScriptWrong(f"{where}: {key} is not a list of texts")
    return tuple(value)


def _flag(data: Mapping[str, Any], key: str, where: str) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise ScriptWrong(f"{where}: {key} is not true or false")
    return value
