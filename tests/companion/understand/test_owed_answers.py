"""What is asked in the midst of abuse, assault and extortion is known, in ways nobody wrote down
beside its keys, and ordinary sentences are not taken for it."""

from __future__ import annotations

import pytest

from qingting.companion.person import Language
from qingting.companion.understand.situations import answer_owed

_ASKED: dict[tuple[Language, str], dict[str, tuple[str, ...]]] = {
    ("en", "abuse"): {
        "somebody_knows_and_keeps_it_down": (
            "my gran said dont provoke him",
            "mum heard it all and just turned the tv up",
            "i told my auntie, she laughed it off",
            "she says we should keep it in the family",
            "my mom wont do anything about it",
        ),
        "will_i_be_taken_away": (
            "would i end up in foster care",
            "are they gonna take my little brother away",
            "could they remove us from home",
            "will i get put in a group home if i say something",
        ),
        "what_happens_if_i_tell": (
            "if i tell the counselor what happens",
            "do teachers have to report",
            "what would they actually do",
            "would school ring my dad",
            "does the nurse have to tell someone if she sees it",
        ),
        "what_the_police_do": (
            "do the police even care about this",
            "what would the cops do if i rang",
            "could i get a restraining order on him",
            "will my dad go to jail if i call",
        ),
        "alone_for_a_while": (
            "hes gone to the shop",
            "mum left for work",
            "he's in the shower",
            "they're out till late",
            "im home alone for now",
        ),
        "where_could_i_go": (
            "i dont have anywhere to go",
            "i cant go back there tonight",
            "can i run away at 16",
            "where do i even go at this time",
            "they locked me out",
        ),
        "phone_and_location_watched": (
            "he tracks me on life360",
            "my mom checks my phone every night",
            "he can see where i am",
            "he has my passwords",
            "she reads all my messages",
        ),
        "should_i_keep_proof": (
            "should i photograph the marks",
            "i dont have any proof",
            "do i need evidence for them to believe me",
            "should i go to the er for this",
        ),
    },
    ("zh", "abuse"): {
        "somebody_knows_and_keeps_it_down": (
            "我奶奶知道 说他就那脾气",
            "我跟我妈讲过 她不信",
            "我妈看到了 关上门走了",
            "他们让我别往外说",
            "我姑说一家人忍忍就过去了",
        ),
        "will_i_be_sent_away": (
            "会不会把我送到福利院去",
            "说了我是不是就没地方住了",
            "会不会把我和妹妹分开",
            "他们会不会不让我回家",
        ),
        "what_happens_if_i_tell": (
            "跟班主任说了会怎么样",
            "老师知道了会通知我爸吗",
            "我要是告诉学校 然后呢",
            "辅导员会不会告诉我妈",
        ),
        "what_the_police_do": (
            "警察管不管打孩子",
            "报警能有什么用",
            "我报警他会坐牢吗",
            "之前报过警 警察说是家务事",
            "怎么申请保护令",
        ),
        "alone_for_a_while": (
            "他上班去了",
            "我妈出门买菜了",
            "他在洗澡",
            "我爸喝多睡死了",
            "他们都不在家",
        ),
        "where_could_i_go": (
            "我不知道能去哪",
            "我想离开这个家 没地方去",
            "今晚不想回去 不敢回家",
            "我被他赶出来了 在楼下",
        ),
        "phone_watched": (
            "他查我手机查得很紧",
            "他给我装了定位",
            "我妈每天看我聊天记录",
            "他能看到我在哪",
            "他知道我手机密码",
        ),
        "should_i_keep_proof": (
            "身上的青要拍下来吗",
            "没有证据怎么办",
            "需不需要去验伤",
            "要不要偷偷录音",
        ),
    },
    ("en", "sexual_violence"): {
        "emergency_contraception": (
            "can i still get plan b on day 3",
            "what if im pregnant",
            "he wouldnt wear a condom",
            "my period is late and im freaking out",
            "where can i get the morning after pill",
        ),
        "infections": (
            "im scared of hiv",
            "could i have caught something, like an sti",
            "should i get tested",
            "is it too late for pep",
        ),
        "police_or_not": (
            "do i need to report it to get help",
            "will the hospital tell the police",
            "i dont want the cops involved do they have to be",
            "can i decide about reporting later",
        ),
        "washed_already": (
            "i took like three showers already",
            "i threw my clothes away, is the evidence gone",
            "should i keep the dress",
            "i have no proof",
        ),
        "the_examination": (
            "what do they do in a rape kit",
            "what do i say at the hospital",
            "does the exam hurt",
        ),
        "does_it_count": (
            "i was wasted",
            "but i kissed him first",
            "i didnt fight him off",
            "hes my boyfriend tho, is it rape",
            "i froze",
            "i invited him in so",
        ),
        "cannot_remember": (
            "i cant remember half the night",
            "i think i was spiked",
            "i woke up with no underwear",
            "everything is blank after midnight",
        ),
        "will_my_parents_know": (
            "will my mom get told if i go to a clinic",
            "how much does it cost",
            "im 16 do i need my parents",
            "would it show on our insurance",
        ),
    },
    ("zh", "sexual_violence"): {
        "emergency_contraception": (
            "第三天了吃避孕药还有用吗",
            "他弄在里面了",
            "我会不会怀孕",
            "例假推迟了好几天 我好慌",
            "毓婷要去哪买",
        ),
        "infections": (
            "我怕染上什么病",
            "阻断药去哪开",
            "要不要去查传染病",
            "会不会有艾滋",
        ),
        "police_or_not": (
            "去医院他们会不会报警啊",
            "我不知道要不要报警",
            "能不能先不报警",
            "过几个月再报警晚不晚",
        ),
        "washed_already": (
            "我洗了好多遍澡 是不是没证据了",
            "那天的衣服要留着吗",
            "床单洗了怎么办",
            "我没留证据",
        ),
        "the_examination": (
            "去医院挂什么科",
            "检查疼不疼",
            "跟医生要怎么说",
            "大夫会不会问得很细",
        ),
        "does_it_count": (
            "可我那天喝多了",
            "我没喊",
            "是我自己跟他走的",
            "我们在谈恋爱 这也算吗",
            "我当时僵住了",
            "这算不算性侵",
        ),
        "cannot_remember": (
            "那晚后来的事我想不起来",
            "我觉得酒被下药了",
            "醒来在他床上",
            "断片了什么都没印象",
        ),
        "will_my_parents_know": (
            "去看病爸妈会知道吗",
            "检查要多少钱",
            "我17能一个人去医院吗",
            "挂号会不会有记录",
        ),
    },
    ("en", "exploitation"): {
        "block_or_delete": (
            "can i just delete the chat",
            "should i block her",
            "do i keep replying",
            "i want to delete my insta",
            "should i ignore him",
        ),
        "already_deleted": (
            "i deleted everything already",
            "i blocked him already",
            "ive deleted the chat in panic",
        ),
        "should_i_pay": (
            "should i give him the money",
            "if i pay will it stop",
            "i sent 300 and he wants more",
            "maybe one more pic and hell leave me alone",
            "i already paid twice",
        ),
        "police_help": (
            "will the police help with this",
            "can the cops find him",
            "where do i report this",
            "should i go to the police or no",
        ),
        "who_gets_to_know": (
            "will my parents be told",
            "does my school get told",
            "i dont want my mom to find out",
            "will my dad know",
        ),
        "am_i_in_trouble": (
            "am i gonna get in trouble for this",
            "is it illegal that i sent them",
            "could i be arrested im 15",
            "its my own fault for sending pics",
        ),
        "will_they_really": (
            "would he really post it",
            "is he bluffing",
            "he posted it already",
            "can i get it taken down",
            "everyone has the pic now",
        ),
    },
    ("zh", "exploitation"): {
        "block_or_delete": (
            "要不要先拉黑他",
            "我把聊天记录清空行不行",
            "能不能直接注销账号",
            "该不该继续回他",
        ),
        "already_deleted": (
            "我已经拉黑了",
            "聊天记录全删了怎么办",
            "我一慌把他删了，已经删了",
        ),
        "should_i_pay": (
            "给他钱他是不是就删了",
            "我转了八百他又要两千",
            "要不凑钱给他算了",
            "再发一张给他是不是就完了",
        ),
        "police_help": (
            "这种事报警有用吗",
            "派出所会管吗",
            "报警该怎么说",
            "警察会不会骂我",
        ),
        "who_gets_to_know": (
            "会不会通知我家里",
            "学校会不会知道",
            "不想让我爸知道",
            "报警会告诉老师吗",
        ),
        "am_i_in_trouble": (
            "我自己拍的算不算违法",
            "我会不会坐牢",
            "我自己发给他的 怪我",
            "会不会留案底",
        ),
        "will_they_really": (
            "他真会发吗",
            "是不是吓唬我",
            "他已经发到群里了",
            "网上的照片能删掉吗",
            "万一他真发了",
        ),
    },
}
_ORDINARY: dict[tuple[Language, str], tuple[str, ...]] = {
    ("en", "abuse"): (
        "my dad is at work and i miss him when",
        "i took pictures of my cat",
        "my mom says i should eat",
        "the police academy film was on",
        "he never hits me",
        "my phone died",
        "i moved out last year and its fine",
    ),
    ("zh", "abuse"): (
        "我在外面拍照",
        "我妈让我多穿点",
        "他从来不打我",
        "我定了个外卖",
        "老师今天表扬我了",
        "手机没电了",
    ),
    ("en", "sexual_violence"): (
        "i was drunk on power in that game lol ok",
        "my sister is pregnant and im happy",
        "i have a test tomorrow",
        "i remember his name",
        "i showered and went to bed",
    ),
    ("zh", "sexual_violence"): (
        "我姐怀孕了",
        "明天要考试",
        "我洗了个头",
        "我男朋友对我挺好",
    ),
    ("en", "exploitation"): (
        "writer's block again",
        "i sent my essay",
        "my parents are on holiday",
        "i blocked out the sun",
    ),
    ("zh", "exploitation"): (
        "我删了几个游戏",
        "老师发了作业",
        "今天转账给室友房租",
    ),
}


@pytest.mark.parametrize(
    ("language", "path", "name", "text"),
    [
        (language, path, name, text)
        for (language, path), asked in _ASKED.items()
        for name, texts in asked.items()
        for text in texts
    ],
)
def test_what_is_asked_beside_danger_is_owed_its_answer(
    language: Language, path: str, name: str, text: str
) -> None:
    owed = answer_owed(text, language, danger=path)
    assert owed is not None
    assert owed.key == f"danger_{path}.{name}"


@pytest.mark.parametrize(
    ("language", "path", "text"),
    [(*where, text) for where, texts in _ORDINARY.items() for text in texts],
)
def test_an_ordinary_sentence_is_owed_none_of_them(
    language: Language, path: str, text: str
) -> None:
    owed = answer_owed(text, language, danger=path)
    assert owed is None or not owed.shelf.startswith("danger_")
