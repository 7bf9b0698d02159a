"""Names of people in Chinese text.

There is no segmentation here, so a name must be held up by something: a word that announces it
(我叫, 名字是), a relation before it (室友李娜), a title after it (王老师), or characters that are
used in names and hardly elsewhere. The lists are data; the comments there say what each does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from qingting.companion.reply.model.hide import chinese_places
from qingting.companion.reply.model.hide.found import Found, lists, words

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_LATIN: Final = re.compile(r"[A-Z][A-Za-z]{1,15}(?: [A-Z][a-z]{1,15}){0,2}(?![A-Za-z])")
_SMALL_LATIN: Final = re.compile(r"(?!(?:ta|emo|tm|sb|nt|ai|gpt|xx+)\b)[a-z]{3,15}(?![A-Za-z])")
_SELF: Final = re.compile(
    r"(?<![别不])我(?:的?名字|大名|本名|真名|小名|全名)?(?:就?叫做?|是叫|名叫)"
    r"|(?:名字|姓名|大名|本名|真名|小名|昵称|网名|外号|花名)(?:是|叫做?|为|就是|[:：])"
    r"|(?:可以|大家都?|他们都?|别人都?|家里人?都?|都|就|请)叫我"
)
_OTHER: Final = re.compile(
    r"[他她](?:的?名字)?(?:就?叫做?|名叫)|(?:有个|有一?位|一个|那个)[^，。,.\n叫]{1,6}叫做?"
)
# A family name alone, said as one at the end of a clause.
_IS_SURNAMED: Final = re.compile(r"姓(?P<it>[\u3400-\u9fff])(?=$|[，,。.！!？?；;\s])")
_I_AM: Final = re.compile(r"(?:我是|我就是|这里是)")
_SHORT_TITLES: Final = (
    r"哥(?!们)|姐(?!夫|们)|叔(?!叔)|姨(?!妈)|婶|嫂|总(?![是会要能觉在让得有不算共体结之理监经分数想可归说])"
    r"|导(?![致师航弹演火入出向员游论])|某(?![些个种])"
)
_HALF_LATIN: Final = re.compile(r"[小阿大老][A-Za-z]{1,12}(?![A-Za-z])")
# Even an announced name has none of these.
_NEVER_AT_ALL: Final = frozenset("我你您他她它的了吗呢吧啊么什怎这那哪把被让叫")
_NICK_NUMBERS: Final = "一二四五六七八九"
_NOT_BEFORE_LITTLE: Final = "大中不太好最较缩胆从矮弱渺"
_BEFORE: Final = "和跟与被把给对像是找问让说骂想但而且为"
# What somebody does, to us above all: behind it two characters may be a name.
_DOES: Final = r"(?:[说骂打又也]|[和跟对把给被让][我他她]|不理|喜欢|约我|是我|找我|欠我|[他她])"


@cache
def _chars(key: str) -> frozenset[str]:
    return frozenset("".join(lists("zh")[key].split()))


@cache
def _given() -> frozenset[str]:
    return _chars("given") - _chars("never")


@cache
def _common() -> frozenset[str]:
    return words("zh", "words") | words("zh", "places")


@cache
def _before() -> dict[str, str]:
    pairs = (entry.partition(":") for entry in lists("zh")["before"].split())
    return {surname: chars for surname, _, chars in pairs}


@cache
def _role_rule() -> re.Pattern[str]:
    roles = "|".join(sorted(words("zh", "roles"), key=len, reverse=True))
    return re.compile(rf"(?:{roles})(?P<called>(?:的?名字)?(?:是|[，,:：]\s?)?叫做?|[:：])?")


@cache
def _title_rule() -> re.Pattern[str]:
    titles = "|".join(sorted(words("zh", "titles"), key=len, reverse=True))
    given = "".join(sorted(_given()))
    double = "|".join(words("zh", "double_surnames"))
    surnames = "".join(sorted(_chars("surnames")))
    sure, never = "".join(sorted(_chars("sure_surnames"))), lists("zh")["never"]
    return re.compile(
        rf"(?P<it>(?:{double}|[{surnames}])[{given}]{{0,2}}"
        # At the head of a clause the name may have any characters.
        rf"|(?:(?<![\u3400-\u9fff])|(?<=[{_BEFORE}]))[{surnames}](?:(?![{never}])[\u3400-\u9fff]){{1,2}})"
        rf"(?:{titles})"
        rf"|(?P<short>[{sure}])(?:{_SHORT_TITLES})"
    )


@cache
def _full_name_rule() -> re.Pattern[str]:
    sure, given = "".join(sorted(_chars("sure_surnames"))), "".join(sorted(_given()))
    return re.compile(
        rf"(?:(?<![\u3400-\u9fff])|(?<=[{_BEFORE}]))"
        rf"(?P<it>[{sure}][{given}]{{2}}|[{sure}][{given}](?={_DOES}))"
    )


@cache
def _pure_rule() -> re.Pattern[str]:
    pure, ahead = lists("zh")["pure"], lists("zh")["pure_before"]
    sure = "".join(sorted(_chars("sure_surnames")))
    return re.compile(rf"(?:(?<![\u3400-\u9fff])|(?<=[{_BEFORE}]))[{sure}]?[{pure}{ahead}][{pure}]")


@cache
def _little_rule() -> re.Pattern[str]:
    return re.compile(rf"(?<![{_NOT_BEFORE_LITTLE}])小[{''.join(sorted(_chars('little')))}]")


def find(text: str) -> Iterator[Found]:
    """Names, schools and addresses of a plain text (`found.plain`); may overlap."""
    if not _HAN.search(text):
        return
    for start, end in _names(text):
        yield Found(start, end, "name")
    yield from chinese_places.find(text)


def _names(text: str) -> Iterator[tuple[int, int]]:
    yield from _announced(text)
    yield from _after_roles(text)
    yield from _before_titles(text)
    yield from _by_characters(text)


def _announced(text: str) -> Iterator[tuple[int, int]]:
    for match in _SELF.finditer(text):
        at = _skip_space(text, match.end())
        if end := _called_name(text, at) or _small_latin(text, at) or _any_name(text, at):
            yield at, end
    for match in _OTHER.finditer(text):
        at = _skip_space(text, match.end())
        if end := _called_name(text, at):
            yield at, end
    for match in _IS_SURNAMED.finditer(text):
        if match["it"] in _chars("surnames"):
            yield match.span("it")
    for match in _I_AM.finditer(text):
        at = _skip_space(text, match.end())
        end = _family_name(text, at, sure=False)
        if end and (end == len(text) or not _HAN.match(text[end])):
            yield at, end


def _after_roles(text: str) -> Iterator[tuple[int, int]]:
    for match in _role_rule().finditer(text):
        at = _skip_space(text, match.end())
        end = _called_name(text, at) if match["called"] else _plain_name(text, at)
        if end:
            yield at, end


def _before_titles(text: str) -> Iterator[tuple[int, int]]:
    for match in _title_rule().finditer(text):
        group = "it" if match["it"] else "short"
        start, end = match.span(group)
        ahead = text[start - 1 : start]
        if ahead and ahead in _before().get(text[start], ""):
            continue
        if group == "it" and end - start > 1 and _is_word(text, start):
            continue
        yield start, end


def _by_characters(text: str) -> Iterator[tuple[int, int]]:
    for match in _full_name_rule().finditer(text):
        start, end = match.span("it")
        if not _is_word(text, start):
            yield start, end
    for match in _pure_rule().finditer(text):
        if match[0] not in words("zh", "not_pure"):
            yield match.span()
    for match in _little_rule().finditer(text):
        start, end = match.span()
        if not _is_nickname_word(text, start) and text[start + 1 : start + 3] not in _common():
            yield start, end


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " 　“\"「《'‘":
        at += 1
    return at


def _called_name(text: str, at: int) -> int | None:
    """End of a name that is announced; its characters may be any that are used in names."""
    if latin := _LATIN.match(text, at) or _HALF_LATIN.match(text, at):
        return latin.end()
    return _nickname(text, at, sure=True) or _family_name(text, at, sure=True)


def _plain_name(text: str, at: int) -> int | None:
    """End of a name that only stands beside a relation."""
    if latin := _LATIN.match(text, at):
        return latin.end()
    return _nickname(text, at, sure=False) or _family_name(text, at, sure=False)


def _small_latin(text: str, at: int) -> int | None:
    match = _SMALL_LATIN.match(text, at)
    return match.end() if match else None


def _any_name(text: str, at: int) -> int | None:
    """After 我叫 whatever fills the rest of the clause, when it is short and no sentence."""
    end = at
    while end < len(text) and _HAN.match(text[end]):
        end += 1
    if text[end : end + 1] == "〔":
        # What stood here was longer before it was masked, and no name then.
        return None
    said = text[at:end]
    if not 2 <= len(said) <= 4 or set(said) & _chars("never") or _is_word(text, at):
        return None
    if any(said.startswith(word) for word in words("zh", "not_called")):
        return None
    # "我叫室友（过来）": somebody was called, nobody is named.
    if any(said.startswith(role) for role in words("zh", "roles")):
        return None
    return None if _is_nickname_word(text, at) else end


def _family_name(text: str, at: int, *, sure: bool) -> int | None:
    if _is_word(text, at):
        return None
    if text[at : at + 2] in words("zh", "double_surnames"):
        first = at + 2
    elif text[at : at + 1] in _chars("surnames"):
        first = at + 1
    else:
        return None
    if not _may_be_given(text, first, sure=sure):
        return None
    second = first + 1
    if _may_be_given(text, second, sure=False):
        return second + 1
    closes = second + 1 >= len(text) or not _HAN.match(text[second + 1])
    if sure and closes and _may_be_given(text, second, sure=True):
        return second + 1
    return second


def _may_be_given(text: str, at: int, *, sure: bool) -> bool:
    char = text[at : at + 1]
    if not char or not _HAN.match(char):
        return False
    return char not in _NEVER_AT_ALL if sure else char in _given()


def _nickname(text: str, at: int, *, sure: bool) -> int | None:
    """小X, 阿X, 老王, or a doubled character."""
    pair = text[at : at + 2]
    if len(pair) < 2 or not _HAN.match(pair[1]):
        return None
    if pair[1] in _chars("never") and not (sure and pair[1] in _NICK_NUMBERS):
        return None
    if pair in _common() or _is_nickname_word(text, at):
        return None
    known = pair[1] in _given() or pair[1] in _chars("surnames") or pair[1] in _chars("little")
    if pair[0] in "小阿" and (sure or known):
        return at + 3 if text[at + 2 : at + 3] == pair[1] else at + 2
    if pair[0] == "老" and pair[1] in _chars("sure_surnames"):
        return at + 2
    if pair[0] == pair[1] and (sure or known):
        return at + 2
    return None


def _is_word(text: str, at: int) -> bool:
    return any(text[at : at + size] in _common() for size in (2, 3, 4))


def _is_nickname_word(text: str, at: int) -> bool:
    listed = words("zh", "not_nicknames")
    return text[at : at + 2] in listed or text[at : at + 3] in listed
