"""What the checks need to see in a text: sentences, questions, content words, the language.

Written apart from the product's own reading of text, so that a fault there is not shared here.
"""

from __future__ import annotations

import re
from typing import Final

from evals.guide.words import EN_FILLER, EN_STOP, ZH_FILLER, ZH_FUNCTION, ZH_STOP
from qingting.companion.person import Language
from qingting.companion.words.script import simplified

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
_ONE_HAN: Final = re.compile(f"[{_HAN}]")
_HAN_RUN: Final = re.compile(f"[{_HAN}]+")
_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)*")
_NOT_LETTERS: Final = re.compile(r"[\W_]+")
# A dot ends a sentence only before a blank or the end: 2.1 is a number.
_SENTENCE: Final = re.compile(
    r"(?:[^。！？!?…\n.]|\.(?=\S))+(?:[。！？!?…\n]+|\.+(?=\s|$))?[”\"’)）」』]*"
)
_QUOTED: Final = re.compile('“[^”]*”|「[^」]*」|『[^』]*』|(?<!\\w)"[^"]*"')
_EDGE: Final = " \n\t，,、；;“”\"'‘’「」()（）—-"
_ASKING_END: Final = re.compile(r"[？?][^\w]*$")
# 吗 asks by itself; 呢 only with a word that asks, or right after a pronoun: 早着呢 is no question.
_ZH_ASKS: Final = re.compile(
    r"吗[。…~～]*$|(?:什么|怎么|哪|谁|多少|几|为啥|是不是|要不要|有没有|还是)[^，]*呢[。…~～]*$|^.{0,4}(?:[你他她它们边里人]|然后|后来)呢[。…~～]*$"
)
_OR: Final = re.compile(r"^(?:还是|或者|又或者|或|or\b)", re.IGNORECASE)
_SUFFIX: Final = re.compile(r"(?:ings?|ers?|ed|(?<=i)es|es|(?<!s)s|ly|e)$")
# Short words typed in either language.
_ANYWHERE: Final = frozenset(
    {"ok", "okay", "lol", "emo", "hi", "hello", "bye", "haha", "hhh", "no"}
)


def folded(text: str) -> str:
    """For comparing: simplified characters, small letters, straight apostrophes."""
    return simplified(text).lower().replace("’", "'").replace("‘", "'")


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order, with their marks."""
    return [match.group().strip() for match in _SENTENCE.finditer(text) if match.group().strip()]


def same(sentence: str) -> str:
    """The sentence with nothing left that a reader would not call a difference."""
    return _NOT_LETTERS.sub("", folded(sentence))


def holds(text: str, words: str) -> bool:
    """Whether the words stand in the text; Latin ones only at the beginning of a word, so that
    "art" is not found in "start". Both are folded before."""
    if words[:1].isascii() and words[:1].isalnum():
        return re.search(rf"(?<![a-z0-9]){re.escape(words)}", text) is not None
    return words in text


def too_short_to_repeat(sentence: str) -> bool:
    """Whether a sentence is so short that saying it again is no fault: 4 characters, 2 words."""
    han = len(_ONE_HAN.findall(sentence))
    words = len(_WORD.findall(sentence.lower()))
    return han + words <= (4 if han else 2)


def without_quotes(text: str) -> str:
    """The text without what stands between quotation marks."""
    return _QUOTED.sub(" ", text)


def questions(text: str) -> list[str]:
    """The questions of a text. Quoted ones are the person's, not ours; "…? Or …?" is one."""
    found: list[str] = []
    previous_asked = False
    for sentence in sentences(without_quotes(text)):
        bare = sentence.strip(_EDGE)
        asks = bool(_ASKING_END.search(bare) or _ZH_ASKS.search(bare))
        if asks and previous_asked and _OR.match(bare):
            found[-1] += sentence
        elif asks:
            found.append(sentence)
        previous_asked = asks
    return found


def language_of(text: str, default: Language) -> Language:
    """The language of the larger part; default where there are no letters, or only a short word
    typed in either language ("ok", "lol")."""
    han, words = len(_ONE_HAN.findall(text)), _WORD.findall(text.lower())
    if not han and len(words) <= 2 and all(word in _ANYWHERE for word in words):
        return default
    # A Chinese word has one or two characters.
    return "zh" if han * 0.6 >= len(words) else "en"


def size(text: str, language: Language) -> int:
    """Characters without blanks for zh, words for en."""
    if language == "zh":
        return sum(not one.isspace() for one in text)
    return len(text.split())


def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring 汉字 that carry something of their own."""
    pairs = (
        run[at : at + 2] for run in _HAN_RUN.findall(simplified(text)) for at in range(len(run) - 1)
    )
    return frozenset(p for p in pairs if p not in ZH_STOP and not ZH_FUNCTION & set(p))


def stems(text: str) -> frozenset[str]:
    """English content words, loosely stemmed: working, worked and works are one."""
    words = _WORD.findall(folded(text))
    told = {_stem(word) for word in words if word not in EN_STOP and len(word) > 2}
    return frozenset(told - _STOP_STEMS)


def says_little(text: str) -> bool:
    """Whether a message has fewer than three content characters: 嗯, idk, 哦哦好吧."""
    low = folded(text)
    han = sum(one not in ZH_FILLER for run in _HAN_RUN.findall(low) for one in run)
    latin = sum(len(word) for word in _WORD.findall(low) if word not in EN_FILLER)
    return han + latin + sum(one.isdigit() for one in low) < 3


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    short = _SUFFIX.sub("", word)
    # stopped, stop; but missed, miss.
    if len(short) > 3 and short[-1] == short[-2] and short[-1] not in "sl":
        short = short[:-1]
    short = short if len(short) >= 3 else word
    # study, studying, studies; but ready is not read.
    return f"{short[:-1]}i" if short.endswith("y") else short


_STOP_STEMS: Final = frozenset(map(_stem, EN_STOP))
