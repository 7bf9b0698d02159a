"""Days named in Chinese. Today is Wednesday, 18 November 2026, unless a test says otherwise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.remember.dates import find_dates

TODAY = date(2026, 11, 18)

NAMED = {
    "明天": "2026-11-19",
    "今晚": "2026-11-18",
    "后天下午": "2026-11-20",
    "大后天": "2026-11-21",
    "昨天": "2026-11-17",
    "大前天": "2026-11-15",
    "上周五": "2026-11-13",
    "下周五": "2026-11-27",
    "下个星期五": "2026-11-27",
    "周三": "2026-11-18",
    "礼拜天": "2026-11-22",
    "星期日": "2026-11-22",
    "下下周一": "2026-11-30",
    "下週五": "2026-11-27",
    "周五要面试": "2026-11-20",
    "周五就要面试了": "2026-11-20",
    "周五面试了": "2026-11-13",
    "周五没考好": "2026-11-13",
    "面试改到周四了": "2026-11-19",
    "下个月3号": "2026-12-03",
    "这个月28号": "2026-11-28",
    "12月26号": "2026-12-26",
    "１２月２６号": "2026-12-26",
    "十二月二十六号": "2026-12-26",
    "12.26考研": "2026-12-26",
    "12/26": "2026-12-26",
    "2027年6月7号": "2027-06-07",
    "26号": "2026-11-26",
    "二十六号": "2026-11-26",
    "三号": "2026-12-03",
    "31号": "2026-12-31",
    "3月5号": "2027-03-05",
    "10月3号": "2026-10-03",
    "三天后": "2026-11-21",
    "两周后": "2026-12-02",
    "再过十天": "2026-11-28",
    "还有五天": "2026-11-23",
    "還有五天": "2026-11-23",
    "三天前": "2026-11-15",
    "国庆": "2027-10-01",
    "元旦": "2027-01-01",
    "春节": "2027-02-06",
    "中秋": "2027-09-15",
    "去年中秋": "2025-10-06",
    "端午": "2027-06-09",
    "清明": "2027-04-05",
    "圣诞": "2026-12-25",
    "平安夜": "2026-12-24",
    "情人节": "2027-02-14",
    "五一": "2027-05-01",
    "感恩节": "2026-11-26",
    "周五一定去": "2026-11-20",
    "周六回家": "2026-11-21",
    "昨天分手了": "2026-11-17",
    "周四月考": "2026-11-19",
    "五一2号": "2027-05-02",
    "我姐年初八领证": "2027-02-13",
    "初六回厂里": "2027-02-11",
}
STRETCHES = {
    "下周": ("2026-11-23", "2026-11-29"),
    "这周末": ("2026-11-21", "2026-11-22"),
    "周六周日": ("2026-11-21", "2026-11-22"),
    "12月26到28号": ("2026-12-26", "2026-12-28"),
    "12月26号到28号": ("2026-12-26", "2026-12-28"),
    "20号到22号": ("2026-11-20", "2026-11-22"),
    "下周三到周五": ("2026-11-25", "2026-11-27"),
    "下个月": ("2026-12-01", "2026-12-31"),
    "3月份": ("2027-03-01", "2027-03-31"),
    "月底": ("2026-11-26", "2026-11-30"),
    "下周一开始一直到30号": ("2026-11-23", "2026-11-30"),
    "下周五开始考三天": ("2026-11-27", "2026-11-29"),
}
NO_DAYS = (
    "3号线",
    "5号楼",
    "第一天",
    "上周星驰来了",
    "一周",
    "两周没睡",
    "每周三",
    "一周五天",
    "我弟初二",
    "初三数学好难",
    "一周三次",
    "以后天天",
    "然后天就亮了",
    "三个月",
    "五月天",
    "考了3/10",
    "24/7",
    "绩点3.12",
    "体温37.2",
    "1.75米",
    "还有五天假",
    "我26岁",
    "520分",
    "圣诞树",
    "国庆后",
    "小号",
    "2月30号",
)


@pytest.mark.parametrize(("text", "day"), NAMED.items())
def test_a_day_is_read(text: str, day: str) -> None:
    (span,) = find_dates(text, "zh", TODAY)
    assert (span.first.isoformat(), span.last.isoformat()) == (day, day)


@pytest.mark.parametrize(("text", "days"), STRETCHES.items())
def test_a_stretch_is_read(text: str, days: tuple[str, str]) -> None:
    (span,) = find_dates(text, "zh", TODAY)
    assert (span.first.isoformat(), span.last.isoformat()) == days


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day_is_left(text: str) -> None:
    assert find_dates(text, "zh", TODAY) == ()


def test_two_days_apart_are_two() -> None:
    said = "面试是周五，答辩是下周二"
    assert [said[span.start : span.end] for span in find_dates(said, "zh", TODAY)] == [
        "周五",
        "下周二",
    ]


PIECES = [*NAMED, *STRETCHES, *NO_DAYS, "到", "和", "、", "，", "了", "要", "10", "号", "月", "周"]
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
DAYS = st.dates(date(2025, 1, 1), date(2036, 12, 31))


@settings(max_examples=150, deadline=None)
@given(TEXTS, DAYS)
def test_spans_are_in_order_and_inside(text: str, today: date) -> None:
    end = 0
    for span in find_dates(text, "zh", today):
        assert end <= span.start < span.end <= len(text)
        assert span.first <= span.last
        end = span.end


@settings(max_examples=50, deadline=None)
@given(TEXTS, st.sampled_from([date.min, date.max, date(2000, 2, 29), date(9998, 12, 31)]))
def test_the_ends_of_the_calendar_raise_nothing(text: str, today: date) -> None:
    find_dates(text, "zh", today)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from("一二三四五六日天"), st.sampled_from(["要面试", "面试了", ""]), DAYS)
def test_a_bare_weekday_is_within_seven_days(sign: str, after: str, today: date) -> None:
    (span,) = find_dates(f"周{sign}{after}", "zh", today)
    assert abs(span.first - today) < timedelta(days=7)
    assert span.first.weekday() == min("一二三四五六日".find(sign) % 7, 6)
