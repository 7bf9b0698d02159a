"""The other dangers: each with what it is and what it is not, in both languages."""

from __future__ import annotations

import pytest

from qingting.companion.understand import understand
from qingting.companion.understand.reading import Kind, Level, at_least
from tests.companion.understand.known import ERR

TOLD: list[tuple[str, Kind, Level]] = [
    ("又开始割手了", "self_harm", "moderate"),
    ("我用美工刀划自己", "self_harm", "moderate"),
    ("割得有点深 血止不住", "self_harm", "imminent"),
    ("relapsed on sh last night", "self_harm", "moderate"),
    ("i burned my arm with a lighter because i deserve it", "self_harm", "moderate"),
    ("我想杀了他", "violence", "moderate"),
    ("我要带刀去学校捅他", "violence", "high"),
    ("i'm going to shoot up my school", "violence", "imminent"),
    ("我爸喝醉了就打我", "abuse", "high"),
    ("我妈让我去死", "abuse", "moderate"),
    ("my dad hits me when he's drunk", "abuse", "moderate"),
    ("我被叔叔猥亵过", "sexual_violence", "high"),
    ("he forced me to have sex", "sexual_violence", "high"),
    ("裸聊被敲诈了，他说要发给我通讯录", "exploitation", "high"),
    ("he's threatening to leak my nudes", "exploitation", "high"),
    pytest.param("被骗了三万块", "exploitation", "moderate", marks=ERR),
    ("每天不喝酒就睡不着", "substance", "moderate"),
    ("i can't stop drinking every night to forget", "substance", "moderate"),
    ("吃完就去抠喉", "eating_disorder", "moderate"),
    ("i make myself throw up after dinner", "eating_disorder", "moderate"),
    ("三天没吃东西，晕倒了", "eating_disorder", "high"),
    ("脑子里有个声音在骂我", "psychosis", "moderate"),
    ("the voices tell me to hurt people", "psychosis", "high"),
    ("三天没睡但精力特别旺盛，停不下来", "mania", "moderate"),
    ("i haven't slept in four days and i feel amazing, so much energy", "mania", "moderate"),
    ("我好像惊恐发作了", "panic", "moderate"),
    ("i'm having a panic attack", "panic", "moderate"),
]
NOT_TOLD = [
    "划手机划到半夜",
    "切菜割到手指了",
    "cut my finger while chopping onions",
    "cut carbs and feel great",
    "我想打死那只蚊子",
    "队友菜得我想杀人",
    "he killed his presentation",
    "我妈又打我电话了",
    "医生给我开了安眠药",
    "刷单词刷到吐槽",
    "binge watched a show all night",
    "voice message from my mom",
    "我昨天没睡好",
    "跑步跑得喘不过气",
    "addicted to this song",
]


@pytest.mark.parametrize(("text", "kind", "level"), TOLD)
def test_each_kind_is_heard(text: str, kind: Kind, level: Level) -> None:
    risk = understand(text).risk
    assert at_least(risk.levels.get(kind, "none"), level)
    assert risk.evidence


@pytest.mark.parametrize("text", NOT_TOLD)
def test_everyday_life_is_none_of_them(text: str) -> None:
    assert not at_least(understand(text).risk.level, "moderate")


def test_kinds_are_sorted_worst_first() -> None:
    risk = understand("我爸天天打我，我不想活了，今晚就去死").risk
    assert risk.kinds[0] == "suicide"
    assert "abuse" in risk.kinds
