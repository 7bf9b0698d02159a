"""When something to read is handed over: at once where it is asked for, seldom where it is not,
and never beside danger, fresh loss, or to somebody who only wants to be heard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evals.library.situations import LANGUAGES, load, play
from qingting.companion.events import Done
from qingting.companion.library.shelf import articles
from qingting.companion.parts import Parts
from qingting.companion.state import ConversationState, dump
from qingting.companion.state import load as load_state
from qingting.companion.words.bank import bank
from tests.companion.fakes import PEOPLE, FakeModel, answered
from tests.companion.talking import said

TELLING = {
    "zh": ("谈了三年，上个月分手了", "手机一响还是以为是他", "朋友圈我一天看八百遍，放不下"),
    "en": (
        "she ended it after two years, we broke up",
        "i keep checking her instagram stories",
        "i miss her and i still look if she's online",
    ),
}


def handed(done: list[Done]) -> list[str | None]:
    """What each reply handed over."""
    return [one.article.slug if one.article else None for one in done]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("为什么会惊恐发作", "panic"),
        ("what even is a panic attack", "panic"),
        ("睡不着怎么办", "sleep"),
        ("why can't i sleep", "sleep"),
        ("有没有关于失眠的文章", "sleep"),
        ("what happens at the first counselling session", "first_visit"),
    ],
)
async def test_asked_for_it_is_given_at_once_with_its_title_and_minutes(
    text: str, slug: str
) -> None:
    (done,) = await said(text)
    assert handed([done]) == [slug]
    language = done.reading.language
    assert done.article is not None
    assert articles(language)[slug].title in done.reply
    assert articles(language)[slug].title in done.article.text
    assert done.plan.why == "asked_to_read"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_article_has_a_short_answer_and_every_line_can_be_filled(language: str) -> None:
    for slug in articles(language):
        assert len(bank(language).lines("moves", "article", "answer", slug, "lines")) >= 2, slug
    for kind, least in (("offer", 12), ("given", 12), ("beside", 6), ("taken", 6), ("shelf", 6)):
        lines = bank(language).lines("moves", "article", kind)
        assert len(set(lines)) >= least
        filled = kind in ("offer", "given", "beside")
        assert all(("{title}" in one and "{minutes}" in one) is filled for one in lines)


async def test_somebody_in_a_panic_breathes_first() -> None:
    for text in ("我现在喘不上气，这是不是惊恐发作", "am i having a panic attack right now"):
        (done,) = await said(text)
        assert (handed([done]), done.plan.stage) == ([None], "safety")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_offered_after_some_telling_once_and_a_no_is_the_end_of_it(language: str) -> None:
    no = "不用了" if language == "zh" else "no thanks"
    done = await said(*TELLING[language], no, *TELLING[language])
    assert handed(done) == [None, None, "breakup", None, None, None, None]
    offer, refused = done[2], done[3]
    assert offer.plan.offer == "article"
    assert not offer.reply.rstrip().endswith(("?", "？"))
    assert refused.plan.why == "refused"
    assert "breakup" in done[-1].state.articles


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_yes_leads_to_it_again(language: str) -> None:
    done = await said(*TELLING[language], "好" if language == "zh" else "ok")
    assert handed(done)[2:] == ["breakup", "breakup"]
    assert done[3].plan.small == "article.taken"


async def test_asked_without_a_subject_all_of_them_are_shown() -> None:
    for text in ("有什么可以看的吗", "anything to read?"):
        assert handed(await said(text)) == [""]
    assert handed(await said("最近失眠好几天了", "有这方面的文章吗")) == [None, "sleep"]


async def test_to_somebody_who_wants_to_be_heard_nothing_is_offered() -> None:
    done = await said("别给建议，听我说就行", *TELLING["zh"])
    assert handed(done) == [None] * 4


async def test_in_danger_or_after_a_fresh_loss_nothing_is_offered() -> None:
    for first in ("我不想活了", "我奶奶昨天晚上走了"):
        assert handed(await said(first, *TELLING["zh"])) == [None] * 4


async def test_a_models_reply_gets_the_offer_in_our_words() -> None:
    done = await said(*TELLING["zh"][:2])
    state = replace(done[-1].state, history=())
    model = FakeModel(["他的消息一响，心就跟着提一下。"])
    events, last = await answered(
        "朋友圈我一天看八百遍，分手以后放不下",
        person=PEOPLE["zh"],
        state=state,
        parts=Parts(model=model),
    )
    assert last.responder == "model"
    assert handed([last]) == ["breakup"]
    assert articles("zh")["breakup"].title in last.reply
    del events


def test_where_none_suits_none_is_handed_over_and_elsewhere_only_what_suits() -> None:
    for language in LANGUAGES:
        outcomes = play(load(language, "development"))
        assert [one.situation.id for one in outcomes if not one.right] == []
        given = [one for one in outcomes if one.given]
        assert len(given) >= 8


def test_a_talk_from_before_there_was_a_library_goes_on() -> None:
    stored = {**dump(ConversationState(seed="s")), "v": 8}
    del stored["articles"]
    assert load_state(stored) == ConversationState(seed="s")
    kept = ConversationState(
        seed="s", offered_article="panic", articles=frozenset({"panic"}), article_turn=4
    )
    assert load_state(dump(kept)) == kept
