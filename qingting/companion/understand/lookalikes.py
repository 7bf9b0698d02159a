"""Letters of other scripts, and drawn ones, that are typed for the Latin letters they look like.

Only what Unicode's own compatibility forms do not undo: 𝓼, ⓢ and ｓ are opened by NFKD already.
"""

from __future__ import annotations

from typing import Final

# Cyrillic, Greek, Armenian, Cherokee, Lisu, small capitals, letters with a stroke or a hook.
_LIKE: Final = {
    "a": "аΑαɑᴀɐᎪꓮΛ",
    "b": "вьЬΒβʙɓᏴᏏꓐ",
    "c": "сϲᴄᏟꓚ",
    "d": "ԁđɖɗᴅᎠꓓð",
    "e": "еєΕεᴇǝəɛɇᎬꓰ",
    "f": "ƒꜰϝғҒꓝ",
    "g": "ɡɠɢցԍᏀꓖ",
    "h": "һнհΗħɦʜᎻꓧ",
    "i": "іıιΙɩɪɨᎥꓲ",
    "j": "јյϳᴊᎫꓙ",
    "k": "кΚκƙᴋĸᏦꓗ",
    "l": "ӏℓłƚʟᏞꓡ",
    "m": "мΜɱᴍᎷꓟ",
    "n": "ոпηΝɲŋɴꓠ",
    "o": "оοσΟօøᴏꓳ",
    "p": "рρΡƥᴘᏢꓑ",
    "q": "ԛզɋꞯ",
    "r": "гɍʀᎡᏒꓣ",
    "s": "ѕςʂꜱßᏚꓢ",
    "t": "тτΤŧƭᴛᎢꓔ",
    "u": "υμսʉᴜꓴ",
    "v": "νʋᴠᏙꓦ",
    "w": "ԝшωᴡʍᎳᏔꓪ",
    "x": "хΧχꓫ",
    "y": "уүұΥγʏɏᎩꓬ",
    "z": "ΖζʐᴢᏃꓜ",
}
# White letters on black rounds, white on black squares, and the letters that make flags.
_DRAWN: Final = (0x1F150, 0x1F170, 0x1F1E6)
# Blanks that Unicode calls letters.
_BLANK: Final = "\u3164\u115f\u1160\u2800\uffa0"

LOOKALIKES: Final[dict[int, str | None]] = {
    **{ord(like): plain for plain, many in _LIKE.items() for like in many},
    **{first + place: chr(ord("a") + place) for first in _DRAWN[:2] for place in range(26)},
    **{ord(blank): None for blank in _BLANK},
}
# One flag letter alone may be half a flag: they are read as letters only in a row of their own.
FLAG_LETTERS: Final = {_DRAWN[2] + place: chr(ord("a") + place) for place in range(26)}
