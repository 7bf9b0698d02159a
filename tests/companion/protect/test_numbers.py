"""The numbers filter: made-up numbers go, known ones and ordinary figures stay."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qingting.companion.person import Language
from qingting.companion.protect.numbers import phone_like, strip_unknown_numbers
from qingting.companion.protect.resources import Directory

CHINA = Directory.load().for_place("CN", language="zh").numbers
ALL = Directory.load().numbers

# None of these is a line of ours.
TO_CALL_ZH = [
    "你可以打400-555-0123，那边一直有人。",
    "你可以打 400 555 0123。",
    "热线４００－５５５－０１２３",
    "四零零五五五零一二三这个电话你记一下",
    "四〇〇-五五五-〇一二三",
    "打13900001111就行",
    "他的手机139 0000 1111",
    "139-0000-1111",
    "1\u200b3\u200b9\u200b0\u200b0\u200b0\u200b0\u200b1\u200b1\u200b1\u200b1",
    "座机是（021）5550 1234",
    "(021)55501234",
    "021-55501234",
    "+86 139 0000 1111",
    "0086 139 0000 1111",
    "直接打911",
    "打911或者988都行",
    "先拨打：“911”",
    "拨911、988",
    "打九一一",
    "打 9 1 1",
    "拨打1️⃣9️⃣9️⃣",
    "拨打١٩٩",
    "911急救会来",
    "15678也可以打",
    "一五六七八这条线整夜都在",
    "1 5 6 7 9 这五个数字",
    "发短信到741741",
    "发送 HOME 到 741741",
    "961234 是上海那边的",
    "全国热线400-555-9995，二十四小时",
    "400-110-4321",
    "打110-4321-555",
    "400.555.0123",
    "4 0 0 5 5 5 0 1 2 3",
    "联系 2389 2222",
    "你先打个电话给911，好吗",
    "打九九九不行就打九一一",
    "号码是 12398",
    "打给她，138-0000-2222",
    "电话：(86)10-82951333",
    "2389 2222",
    "拨12399人工服务",
    "一定要记住：８００－５５５－０１１７！",
]
TO_CALL_EN = [
    "Call 1-800-555-0123, they never close.",
    "call 800.555.0123",
    "(800) 555-0123",
    "+1 (800) 555-0123",
    "1 (800) 555-0123 works too",
    "555-0123",
    "555 0123 is the desk",
    "Text HOME to 741742.",
    "text 85259",
    "Call 9-1-2 now",
    "dial nine-one-two",
    "you can call nine one two",
    "five five five zero one two three",
    "Please dial 912.",
    "call 912 or 913",
    "The crisis line is 13 11 15.",
    "phone 116 124",
    "Their hotline: 116-124",
    "Ring 0800 55 50 12",
    "+44 20 5550 0123",
    "01 23 45 67 89",
    "the number is 9889",
    "call 1737",
    "Reach them on 116 124.",
    "their number's 912",
    "emergency services: 912",
    "Text 'HELP' to 12345",
    "call me at five five five one two three four",
    "8005550123",
    "912 Suicide & Crisis Lifeline",
    "In an emergency, 912 answers.",
]
ORDINARY_ZH = [
    "2026年11月22日",
    "2026-11-22 23:30",
    "2026/11/22",
    "2026.11.22",
    "20261122那天",
    "2025-2026学年",
    "二〇二六年",
    "一九九八年",
    "我18岁",
    "考了600分",
    "只差3.5分",
    "绩点3.85，排名12356",
    "欠了1000元",
    "欠了12000块",
    "每个月10000多",
    "1,000,000",
    "24小时",
    "试试4-7-8呼吸",
    "4-4-4-4",
    "4 - 7 - 8",
    "5-4-3-2-1，看五样东西",
    "5 4 3 2 1",
    "数一二三，一二三四五",
    "凌晨2:37",
    "23:30到00:15",
    "09:00–21:00",
    "走了18234步",
    "写了800-1200字",
    "一两三四个人",
    "七八九十个",
    "三百二十一天",
    "第一二三志愿",
    "九九八十一",
    "一五一十地说",
    "985、211",
    "985的学校",
    "996上班，007也有",
    "打工996三年了",
    "打了100分",
    "打了300局游戏",
    "打了95折",
    "520那天",
    "666",
    "00后",
    "零零后",
    "G1234次列车",
    "K110那趟车",
    "MBTI16型",
    "电话打了30分钟",
    "打电话打了120分钟",
    "第12345名",
    "10000步",
    "给300个人发了简历",
    "100斤",
    "50%",
    "¥12580",
    "统一一点",
    "万一一直睡不着",
    "一个人，一直，一样",
    "三三两两",
    "高三（12）班",
    "凌晨 2 点 30 分",
    "24/7",
    "1. 先坐下 2. 再喝水",
    "花呗欠了18600",
    "高数考了119，英语考了120",
    "380到392",
    "吸气4秒，停7秒，呼8秒",
    "他给你发了99条消息",
    "打车花了128",
    "打工攒了5600",
    "游戏打到段位1800",
    "短信只有5个字",
    "急救课考了95",
    "一年三百六十五天",
    "我看到你写了“100遍对不起”",
]
ORDINARY_EN = [
    "in 2026",
    "2026-11-22",
    "11/22/2026",
    "22.11.2026",
    "from 2019 to 2026",
    "2025-2026",
    "2025 2026",
    "you're 18",
    "a score of 600",
    "a 3.5 GPA",
    "3.14159265 is pi",
    "$1000 in debt",
    "$12580",
    "1,000,000 people",
    "24 hours",
    "24/7",
    "try 4-7-8 breathing",
    "4-4-4-4 or 5-5-5-5-5",
    "5-4-3-2-1",
    "count one two three four five",
    "at 23:30",
    "2:37 a.m.",
    "I would call 2026 a hard year",
    "called it 100 times",
    "text 300 people",
    "call 100 times",
    "10,000 steps",
    "10000 steps",
    "500-1000 words",
    "500 - 1000",
    "100 200 300",
    "page 120",
    "room 911 on the left",
    "line 120 of the essay",
    "one on one",
    "nine to five",
    "911",
    "a 12 15 18 21 kind of pattern",
    "version 1.2.3",
    "CS101 and B612",
    "120kg",
    "June 15, 2026",
    "https://988lifeline.org",
    "1998",
    "two or three",
    "in for 4, hold for 7, out for 8",
    "You scored 1420",
    "you owe 23000",
    "your phone at 3 percent",
    "a police report from 2019",
    "bus 110",
    "10-15 minutes",
    "116 days, 123 nights",
]
KNOWN_ZH = [
    "打12356",
    "１２３５６",
    "一二三五六",
    "打一二三五六一定有人",
    "打幺二零",
    "打一一零",
    "打120一定会来",
    "拨打120、110",
    "拨 110 120",
    "拨打110（24小时）",
    "12356 24小时",
    "12356（全国统一心理援助热线，每天不少于18小时）",
    "010-82951332",
    "010 8295 1332",
    "(010) 82951332",
    "01082951332",
    "+86 10 8295 1332",
    "+86-010-82951332",
    "零一零八二九五一三三二",
    "发短信到12110",
    "1 2 3 5 6",
    "1️⃣2️⃣0️⃣，打这个：1️⃣2️⃣0️⃣",
]


@pytest.mark.parametrize("text", TO_CALL_ZH + TO_CALL_EN)
def test_a_number_that_is_not_ours_goes(text: str) -> None:
    assert phone_like(text)
    cleaned, cut = strip_unknown_numbers(text, CHINA - {"12110"})
    assert cut
    assert not phone_like(cleaned)
    assert sum(char.isdecimal() for char in cleaned) < 3


@pytest.mark.parametrize("text", ORDINARY_ZH + ORDINARY_EN)
def test_ordinary_figures_stay(text: str) -> None:
    assert phone_like(text) == []
    assert strip_unknown_numbers(text, ()) == (text, False)


@pytest.mark.parametrize("text", KNOWN_ZH)
def test_a_known_number_stays_however_it_is_written(text: str) -> None:
    assert strip_unknown_numbers(text, CHINA) == (text, False)
    assert strip_unknown_numbers(text, ())[1]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("打12356，或者400-555-0123。", "打12356，或者。"),
        ("打400-555-0123，或者12356。", "打，或者12356。"),
        ("12356 13900001111", "12356"),
        ("110 400-555-0123", "110"),
        ("有人在（400-555-0123），别急。", "有人在，别急。"),
        ("Call 12356 or 1-800-555-0123 tonight.", "Call 12356 or tonight."),
        ("Call 1-800-555-0123.", "Call."),
    ],
)
def test_only_the_unknown_number_goes(text: str, left: str) -> None:
    assert strip_unknown_numbers(text, CHINA) == (left, True)


@pytest.mark.parametrize("text", ["打400-110-4321", "call 1-800-120-4321", "0800 110 4321"])
def test_a_known_short_number_does_not_hide_a_longer_one(text: str) -> None:
    cleaned, cut = strip_unknown_numbers(text, CHINA)
    assert cut
    assert not any(char.isdecimal() for char in cleaned)


def test_spans_point_at_the_number_and_tell_whether_it_is_known() -> None:
    text = "打１２３５６，或者 +1 (800) 555-0123。"
    ours, made_up = phone_like(text)
    assert text[ours.start : ours.end] == "１２３５６"
    assert ours.digits == "12356"
    assert ours.known(CHINA)
    assert text[made_up.start : made_up.end] == "+1 (800) 555-0123"
    assert made_up.international
    assert not made_up.known(ALL)


def test_a_number_of_another_place_is_not_known_here() -> None:
    assert strip_unknown_numbers("call 988", CHINA)[1]
    assert not strip_unknown_numbers("call 988", ALL)[1]


def test_a_country_code_on_either_side_does_not_matter() -> None:
    assert not strip_unknown_numbers("WhatsApp 9151 1767", ["+65 9151 1767"])[1]
    assert not strip_unknown_numbers("+81 120 279 338", ["0120-279-338"])[1]
    assert strip_unknown_numbers("+81 120 279 339", ["0120-279-338"])[1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_label_of_every_place_passes(language: Language) -> None:
    directory = Directory.load()
    for code, _ in directory.places(language):
        place = directory.for_place(code, language=language)
        for resource in place.resources:
            label = resource.label(language)
            for text in (label, f"打{label}。", f"You can call {label}."):
                assert strip_unknown_numbers(text, place.numbers) == (text, False)


PIECES = st.lists(
    st.one_of(
        st.text(max_size=6),
        st.text(alphabet="0123456789-+() ·.", max_size=14),
        st.text(alphabet="一二三四五六七八九零幺十百 -", max_size=8),
        st.sampled_from(
            [*sorted(ALL), "打", "call ", "热线", " or ", "nine ", "one-", "岁", "（", "）"]
        ),
    ),
    max_size=12,
).map("".join)


@given(PIECES)
@example("110一二三五七5")
@example("12 400-123-4567 356")
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    for allowed in ((), CHINA, ALL):
        once, _ = strip_unknown_numbers(text, allowed)
        assert strip_unknown_numbers(once, allowed) == (once, False)


@given(PIECES, st.sampled_from(sorted(ALL)), PIECES)
def test_a_known_number_survives_among_anything(left: str, number: str, right: str) -> None:
    cleaned, _ = strip_unknown_numbers(f"{left}，打{number}。{right}", ALL)
    assert f"打{number}。" in cleaned


@given(PIECES)
def test_where_nothing_is_allowed_nothing_is_left(text: str) -> None:
    cleaned, cut = strip_unknown_numbers(text, ())
    assert phone_like(cleaned) == []
    assert cut == (cleaned != text) == bool(phone_like(text))


@given(PIECES)
def test_spans_are_inside_the_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for span in phone_like(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end


def test_a_very_long_text_is_read_in_reasonable_time() -> None:
    for text in (
        "1 " * 4000,
        "1" * 8000,
        "打" * 8000,
        "12-" * 2700,
        "一" * 8000,
        "call 1, " * 1000,
    ):
        strip_unknown_numbers(text, ALL)
