"""What was found in a text, and the plain writing of it that rules are written for."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

from qingting.companion.person import Language

Kind = Literal["email", "url", "phone", "id", "account", "address", "school", "name"]
# When two rules claim just the same characters the earlier kind wins.
ORDER: Final[tuple[Kind, ...]] = Kind.__args__  # type: ignore[attr-defined]

# One character to one character, so that offsets stay true. Full-width ASCII, and the
# traditional forms of the characters that stand in rules, surnames and titles.
_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)} | {
    ord("＠"): ord("@"),
    ord("．"): ord("."),
    ord("－"): ord("-"),
    ord("＋"): ord("+"),
    ord("＿"): ord("_"),
    ord("’"): ord("'"),
}
_TRADITIONAL: Final = str.maketrans(
    "張劉陳楊趙黃吳馬羅鄭許韓馮鄧蕭葉魏蘇呂盧鍾鐘譚陸廖賈鄒龍萬錢湯賴樊龐魯莊顏嚴歐關聶喬韋齊"
    "蔣孫師學門導員長醫護總經個級閨對後舊號碼電話聯繫東廣慶陽濟縣區鎮鄉幾誰麼嗎這說講樓棟單"
    "國華麗偉強軍傑濤蘭鳳雲燕夢寧瑩瓊婭嫻詩語賢銘鋒凱達遠輝煒曉晉靜潔劍飛鵬騰馨儀慧親愛變態"
    "帶點還沒過個們從給讓為開見買賣讀寫間問聽時會來戰號樹業職員氣實驗漢滬貴陝遼寧蘇黑龍",
    "张刘陈杨赵黄吴马罗郑许韩冯邓萧叶魏苏吕卢钟钟谭陆廖贾邹龙万钱汤赖樊庞鲁庄颜严欧关聂乔韦齐"
    "蒋孙师学门导员长医护总经个级闺对后旧号码电话联系东广庆阳济县区镇乡几谁么吗这说讲楼栋单"
    "国华丽伟强军杰涛兰凤云燕梦宁莹琼娅娴诗语贤铭锋凯达远辉炜晓晋静洁剑飞鹏腾馨仪慧亲爱变态"
    "带点还没过个们从给让为开见买卖读写间问听时会来战号树业职员气实验汉沪贵陕辽宁苏黑龙",
)
_PLAIN: Final = _TRADITIONAL | _WIDE


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to hide: half-open character offsets into the text."""

    start: int
    end: int
    kind: Kind

    @property
    def order(self) -> int:
        """How sure its kind is, 0 first."""
        return ORDER.index(self.kind)


def plain(text: str) -> str:
    """The text with full-width letters and digits narrowed and common traditional characters
    simplified; as long as the original, so offsets hold in both."""
    return text.translate(_PLAIN)


@cache
def lists(language: Language) -> dict[str, Any]:
    """The word lists of content/<language>/model/masking.toml."""
    file = resources.files("qingting.content") / language / "model" / "masking.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def words(language: Language, key: str) -> frozenset[str]:
    """One list as a set, whether it is written as an array or as words in a text."""
    value = lists(language)[key]
    return frozenset(value.split() if isinstance(value, str) else value)
