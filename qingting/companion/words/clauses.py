"""Whether an English piece of what was typed can be said back as a clause of its own.

People at night leave out subjects, start anew in the middle and answer two things at once ("her mom
yes you have her moms number"). Such a piece, said back, shows that nobody read it.
"""

from __future__ import annotations

import re
from typing import Final

# Words that are no part of one clause: an answer, a filler, a second start.
_BREAKS: Final = frozenset(
    {
        *(
            "yes",
            "yeah",
            "yep",
            "no",
            "nope",
            "ok",
            "okay",
            "please",
            "pls",
            "wait",
            "sorry",
            "btw",
        ),
        *("lol", "haha", "hmm", "um", "uh", "anyway", "whatever", "mean", "goes", "idk", "sha"),
        *("liao", "ah", "lah"),
    }
)
# With these it breaks off.
_HANGING: Final = frozenset(
    {
        *(
            "a",
            "an",
            "the",
            "my",
            "your",
            "his",
            "our",
            "their",
            "and",
            "or",
            "but",
            "that",
            "than",
        ),
        *("as", "is", "was", "are", "just", "so", "very", "really", "also", "then", "like", "say"),
        *("says", "said", "it's", "its", "i", "he", "she", "they", "we", "those", "these", "if"),
    }
)
# Two subjects side by side, and verbs that lost theirs.
_MUMBLED: Final = re.compile(
    r";|\b(?:i|he|she|they|we) (?:i|he|she|they|we|my|his|your|me|a|the|yes|no)\b|"
    r"\b(?:was|am|were) (?:me|him)\b|(?<!\w)'|'(?!\w)|"
    r"\b(?:didn'?t|did|do|does|have|had|was|were|can|could|don'?t|dont) (?:i|he|she|they|we|you)\b|"
    r"\bdon'?t (?:say|tell|ask|do)\b.*\b(?:to|back)\b|\bdont (?:say|tell|ask)\b",
    re.IGNORECASE,
)
_PRONOUNS: Final = frozenset({"i", "he", "she", "they", "we", "it", "there", "you"})
_WITH_VERB: Final = re.compile(
    r"(?:i|he|she|it|that|there|they|we|who|mum|mom|dad|what)'\w+|im|ive|hes|shes|its|thats|theyre"
)
# So many words after a noun its verb comes.
_NEAR: Final = 5
_VERB: Final = re.compile(
    r"\w{2,}ed|\w{2,}n't|\w+'s|is|are|was|were|am|be|been|has|have|had|does|do|did|can|could|will|"
    r"would|may|might|must|should|dont|didnt|cant|cannot|wont|doesnt|havent|hasnt|isnt|wasnt|don|"
    r"keeps?|kept|go|went|gets?|got|gave|gives?|made|makes?|told|tells?|took|takes?|came|comes?|put|"
    r"knows?|knew|thinks?|thought|wants?|needs?|likes?|loves?|hates?|feels?|felt|leaves?|left|sends?|"
    r"sent|eats?|ate|sits?|sat|sleeps?|slept|stays?|lives?|works?|looks?|sees?|saw|sold|sells?|puts|"
    r"cooks?|calls?|rings?|rang|reads?|writes?|wrote|lets?|found|finds?|lost|loses?|won|broke|wears?|"
    r"wore|drove|drives?|spent|spends?|forgot|bought|pays?|paid|cries|heard|hears?|runs?|ran|met|"
    r"starts?|stops?|asks?|talks?|miss|misses|uses?|woke|wake|drew|draws?|taught|teaches|hurts?|hit|"
    r"dies?|gone|bit|said|says"
)


def well_formed(clause: str) -> bool:
    """Whether an English piece stands as a clause: a subject, a verb soon after it, nothing that
    breaks off or starts anew in the middle."""
    words = [word.strip('"').lower() for word in clause.split()]
    if len(words) < 2 or _BREAKS & set(words) or words[-1] in _HANGING:
        return False
    if _MUMBLED.search(clause):
        return False
    if words[0] in _PRONOUNS or _WITH_VERB.fullmatch(words[0]):
        return True
    return any(_VERB.fullmatch(word) for word in words[1 : 1 + _NEAR])
