"""Make zh_Hant/LC_MESSAGES/django.po from zh_Hans. Run it after changing a Chinese text."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

import opencc
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

HERE: Final = Path(__file__).resolve().parent
SIMPLIFIED: Final = HERE / "zh_Hans" / "LC_MESSAGES" / "django.po"
TRADITIONAL: Final = HERE / "zh_Hant" / "LC_MESSAGES" / "django.po"
# Babel would put the time of writing into its own header, and no two runs would be the same.
_HEADER: Final = r"""# Made from zh_Hans by make_traditional.py; a change made here is lost.
msgid ""
msgstr ""
"Language: zh_Hant\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""
# What the converter leaves in mainland style: quotation marks, the measure word, one term.
_CORRECTIONS: Final[tuple[tuple[str, str], ...]] = (
    ("“", "「"),
    ("”", "」"),
    ("這臺", "這台"),
    ("那臺", "那台"),
    ("大模型", "語言模型"),
)


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    # Reading its dictionaries takes longer than converting the whole file.
    return opencc.OpenCC("s2twp")


def traditional(text: str) -> str:
    """A simplified text in the characters and words of Taiwan."""
    converted: str = _converter().convert(text)
    for wrong, right in _CORRECTIONS:
        converted = converted.replace(wrong, right)
    return converted


def made() -> str:
    """The whole traditional file, always the same for the same simplified one."""
    with SIMPLIFIED.open("rb") as file:
        simplified = read_po(file)
    catalog = Catalog()
    for message in simplified:
        if message.id:
            catalog.add(message.id, traditional(str(message.string)), flags=message.flags)
    written = BytesIO()
    write_po(written, catalog, width=0, omit_header=True)
    return _HEADER + written.getvalue().decode().strip() + "\n"


if __name__ == "__main__":
    TRADITIONAL.write_text(made(), encoding="utf-8")
