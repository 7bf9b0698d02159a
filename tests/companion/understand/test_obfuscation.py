"""Danger that is written so that a filter does not see it, and what only looks like that.

Every line is as young people type: tricks of marks, letters, scripts, sounds and emoji. Words with
two lives have their own examples in content/lexicon/coded.toml (see test_coded_words).
"""

from __future__ import annotations

import pytest

from tests.companion.understand.writing import heard, read

ZH = [
    "我 想 死", "我\u3000想\u3000死", "我.想.死", "我-想-死", "我_想_死", "我|想|死",
    "我想......死", "我想…死", "自/杀", "自*杀", "自_杀", "自,杀", "自、杀", "自。杀", "自——杀",
    "自(杀)", "【自】【杀】", "[自][杀]", "自x杀", "自1杀", "自🙂杀", "自🔪杀", "好想自✂️杀",
    "想去 死", "不+想+活+了", "不~想~活~了", "不，想，活，了", "我想自\u200b杀", "自️杀",
    "自̶杀̶", "⾃杀", "自殺", "我想自殺", "想輕生", "唔想活喇", "唔想生存落去", "好想死啲",
    "攰到唔想活", "想ㄙ", "我想ㄗ殺", "我想自乂木", "我想自义木", "想zs", "今晚想zs",
    "有点想zs了", "zs的念头又来了", "wo xiang si", "woxiangsi", "wo zhen de xiang si",
    "wo bu xiang huo le", "woxiangzisha", "bu xiang huo", "buxianghuole", "xiang si",
    "xiangsi le", "hao xiang si", "zi sha", "zisha", "xiang zisha", "我xiang死", "好xiang si啊",
    "想s", "想s了", "好想s啊", "真的好xs 活着没劲", "好累 xs 不想撑了", "wxs", "bxhl",
    "不xiang huo了", "8想活了", "bu想活", "不想huo了", "不想h了", "想鼠", "真的想鼠了",
    "鼠鼠我啊真的想鼠了", "想亖", "亖了算了", "想4", "好想4啊", "想4了", "不如4了", "去4算了",
    "想四了", "想寺了", "想似了", "想噶", "想噶了", "我想嘎了", "我想狗带", "想die", "好想die",
    "想kill自己", "想kms", "想suicide", "想unalive自己", "不想live了", "我想重开", "好想重开啊",
    "真的想重开了，活着没意思", "人生重开", "这辈子就这样了，重开吧",
    "人生这号练废了，想删号重来", "想退出人间群聊", "想退出地球群聊", "想卸载人生", "想注销自己",
    "地球online想退服", "我想把自己永久关机", "我想紫砂", "想紫砂了", "想子杀", "想自鲨",
    "自鲨的念头", "想自刹", "想自沙了", "想滋沙", "紫傻算了", "想轻生", "想轻sheng", "想跳lou",
    "割wan", "割碗", "又割婉了", "又zc了", "又自c了", "自can", "遗shu写好了",
    "yishu写好了，不想活", "遗书📝写好了", "吞了一瓶安眠y", "吞了一瓶y", "一瓶💊全吃了", "想烧碳",
    "想☠️", "想💀", "想🔪自己", "用🔪划手", "拿d片划手", "美工d划胳膊", "死死死死死 我想死死死",
    "好好好想死", "想想想死", "好想死死死啊", "我想死啊啊啊啊啊啊", "不想活活活了", "我想４",
    "想④", "ＺＳ的念头", "我想ＤＩＥ", "想去领盒饭", "我想去另一个世界", "想从楼上飞下去",
    "想回母星了，活着好累", "想变成星星，再也不醒来", "玩蓝鲸游戏", "我参加了蓝鲸挑战",
    "吃完又兔了", "吃完就去兔", "买了兔管", "我是兔子 每天吃完抠到眼泪出来", "被qj了",
    "他强j了我", "被猥x了", "被猥xie过", "被家b了", "在学校被霸l", "我玉玉了，真的想死", "杀自",
    "想杀自的人就是我", "想了结 自 己", "安乐s", "想安乐si", "喝百草ku会死吗", "我\n想\n死",
    "不\n想\n活\n了", "好累\n不想\n活了", "想足兆木娄", "我想歹匕", "我想tiaolou", "莪想迉",
    "卟想活了", "被弓虽女干了", "割月宛了 又", "想z.s.", "打算考完就zs", "没4成 又醒了想死",
    "又g腕了", "想tiao楼", "不想 exist 了", "吞了好多yao", "又cui吐了", "被luo聊敲诈了",
    "我爸又da我", "想鲨了我自己", "📝遗书写好了",
]  # fmt: skip
ZH_PLAY = [
    "笑死 xs", "xs我了哈哈哈", "我xs这也太好笑了", "xswl", "真的xs 他怎么这么搞笑",
    "这个zs点好难", "知识点zs", "zs老师的课好水", "sxy姐姐好漂亮", "想4月去旅游",
    "我想4点起床背书", "想4个人一起去吃火锅", "想4S店应该有", "想鼠标是不是坏了",
    "仓鼠好可爱 好想鼠鼠", "鼠年大吉", "想似乎也没用", "想似曾相识的那个人",
    "我好想噶韭菜的人倒霉", "嘎嘎好吃", "想嘎嘎香的锅包肉", "这鸭子嘎嘎叫", "重开一局",
    "这把开局就崩 想重开", "游戏重开了", "想重开一个存档", "想重开个号玩原神", "学校食堂要重开了",
    "会议室打不开 要重开一下会议", "直播间重开了", "老店重开啦", "紫砂壶怎么养", "想买紫砂",
    "我爸喜欢紫砂", "想买个紫砂杯", "紫砂锅炖汤", "亖这个字怎么读", "亖是四的异体字",
    "鼠鼠我啊今天又没抢到票", "鼠鼠我啊要去上早八了捏", "发疯文学太好笑了",
    "今天写了一篇发疯文学给甲方", "发疯文学看多了", "玉玉症小作文又来了", "我玉玉了 奶茶卖完了",
    "我养的兔子生病了", "周末想去看兔子", "家里兔子生小兔了", "兔子不吃草怎么办", "想买一只兔子",
    "今天给兔子喂了提摩西草", "兔兔好可爱", "麻辣兔头好吃", "考研上岸了", "今年一定要上岸",
    "上岸选择二战", "考公上岸第一剑", "蓝鲸是最大的动物", "想去看蓝鲸", "蓝鲸的声音好治愈",
    "寄了，这次考试寄了", "我要寄快递", "想寄了这个包裹再走", "这次高数要挂", "gg了这把",
    "我想gg打得好的人带我", "论文答辩凉凉", "跳楼机好刺激", "自 习 好 累", "自/习室在几楼",
    "今 天 天 气 好", "好 想 吃 火 锅", "我 想 睡 觉", "我想.吃火锅", "想,死党来了",
    "他自/己来的", "自*己动手", "先死线再说", "想换4个轮胎", "想狗了", "想狗狗了",
    "想带狗带猫去公园", "狗带出去遛了", "这游戏想退服了", "退群了", "我想退出群聊",
    "注销账号怎么弄", "卸载抖音", "手机关机了", "电脑永久关机怎么设置", "想变成星星的你", "母星",
    "乘风破浪的姐姐开了ct机", "ct检查结果没事", "做了个CT", "js代码写崩了", "qj是啥", "8想上课",
    "8想动", "bs你", "这歌歌腕都唱起来了", "割碗沿的边", "喜欢你 好想你", "相似度太高了",
    "想思考一下", "xiangsi 相思病犯了", "她叫向思", "xiang shui jiao", "wo xiang shui",
    "wo xiang chi huo guo", "jintian hao lei", "zisha hu 很贵", "wo mai le zisha hu", "跳l舞",
    "字沙", "自创的", "自称", "自餐厅开业以来", "自助餐厅", "想挂科的人没有", "想挂了电话",
    "妈我想挂了 等会打给你", "我想挂电话了", "想升天猫会员", "想下线了 明天还要上班",
    "想凉凉快快洗个澡", "想飞回家", "从楼上飞下来一只鸟", "死死抓住", "死死地抱着我", "想想死党",
    "活活累哭", "😂😂💀 笑死", "笑到💀", "这题难到💀", "🔪切菜", "用🔪切西瓜", "吃了💊感冒好多了",
    "想四处走走", "想四川火锅", "想寺庙里求签", "想屎壳郎", "想侍弄花草", "相思", "想似水流年",
    "我要4杯奶茶", "想4级一次过", "没4个人开不了局", "t恤洗缩水了", "z字形打法", "ktv里唱到半夜",
    "他d得我哈哈", "老师说yi会儿放学", "这道题4分", "发了红包😂", "打篮球我们4打4",
    "昨晚看了猫片", "jb班长又迟到", "qj是什么牌子", "美术艺术统考 yishu 过了", "上ct课好困",
]  # fmt: skip
EN = [
    "i want to d i e", "i want to d.i.e", "i want to d-i-e", "s.u.i.c.i.d.e", "s-u-i-c-i-d-e",
    "s u i c i d e", "s_u_i_c_i_d_e", "su.ic.ide", "sui-cide is all i think about", "su/icide",
    "su1cide", "su!cide", "5uicide", "$uicide", "suic1d3", "5u1c1d3", "su1cid3 thoughts",
    "suïcide", "ѕuісіdе", "ｓｕｉｃｉｄｅ", "𝓼𝓾𝓲𝓬𝓲𝓭𝓮", "𝐤𝐦𝐬", "ⓚⓜⓢ", "🅚🅜🅢", "🅺🅼🆂", "ᴋᴍs",
    "ᴋɪʟʟ ᴍʏsᴇʟғ", "i want to ᴅɪᴇ", "k i l l m y s e l f", "k.i.l.l myself", "k1ll myself",
    "i want to k1ll my5elf", "ki11 myself", "k!ll myself", "k!!l myself", "k|ll myself",
    "k*ll myself", "k**l myself", "kiII mysеlf", "gonna k*** myself", "k-ill myself",
    "kill  myself", "kill m y s e l f", "killing my s3lf", "i wanna d1e", "i wanna di3",
    "i want to d*e", "i wanna d!e", "i want to dieeee", "i wanna diee", "wanna die 2nite",
    "gonna kms 2night", "kms", "k m s", "k.m.s", "kmsss", "KMS", "im gonna kms tn",
    "gonna kms tmrw", "kys is what i tell myself", "iwtd", "i wtd", "iwtkms", "idwtla", "idwtlam",
    "i dont want 2 live", "i dnt wanna live", "i wanna unalive myself", "i want to unalive",
    "un alive myself", "unaliving myself tonight", "thinking about unaliving",
    "wish i was unalive", "i want to be unalive", "sewerslide", "sewer slide thoughts",
    "sewer-slide", "sewercide", "su3r slide", "sooicide", "sue a side", "commit sewerside",
    "suislide", "toaster bath time", "commit neck rope", "commit not alive", "gonna rope",
    "gonna rope myself tonight", "time to rope", "ropemaxxing soon", "ready to ctb",
    "ctb tonight", "planning to ctb this weekend", "catch the bus for good",
    "i finally have a date to catch the bus", "become an hero", "ready to an hero", "self yeet",
    "yeet myself off a bridge", "want to yeet myself out of existence", "i want to log off life",
    "logging off for good, goodbye", "i want to uninstall life", "alt f4 my life",
    "rage quit life", "want to delete myself", "self delete", "i want to be 💀", "i want to ☠️",
    "i wanna 🔪 myself", "i want to 🔫 myself", "took all the 💊💊💊",
    "took the whole bottle of 💊", "off myself", "gonna off myself", "kermit suicide",
    "kermit sewerslide", "commit die", "edicius", "want a forever nap",
    "long nap forever i never wake up", "s3lf h4rm", "self-h@rm", "s/h again",
    "sh relapse last night", "relapsed on sh", "i relapsed and sh'd", "the urge to sh is so bad",
    "i've been c*tting again", "cvtting again", "made new cat scratches on my arm",
    "barcode on my wrist is getting bigger", "hit styro last night", "i got gr@ped",
    "he graped me", "i was graped at a party", "i got r*ped", "he r4ped me",
    "i was SA'd by my coach", "he SAed me", "in minecraft i will kms",
    "i want to kms in minecraft lol not rly in minecraft", "wanna cease 2 exist",
    "no1 would miss me if i was gone", "every1 would be better off w/o me", "i h8 being alive",
    "i wan2die", "wna die", "iwannad1e", "i wаnt tо ԁiе", "i wαnt tο diε", "Ι ωant to die",
    "i w@nt to d13", "l want to die", "i want to\ndie", "d\ni\ne is what i want, i want to die",
    "iwanttodie", "#killmyself", "d o n t w a n t t o b e a l i v e", "i  w a n t  t o  d i e",
    "i.want.to.die", "w4nt t0 d1e", "1 w4nt t0 d13 t0n1ght", "gonna end it a11",
    "i took t00 many p1lls", "🇰🇲🇸", "(k)(m)(s)", "⒦⒨⒮", "**kill myself**", "i want to *die*",
    "eid ot tnaw i", "su***de", "gonna 0verd0se tonight", "don`t want to live", "hit styro again",
    "i was 🍇'd at a party", "idwtbha", "been doing barcodes again", "someone unalive me please",
]  # fmt: skip
EN_PLAY = [
    "ran 10 kms today", "it's 5 kms from here", "kms activator for windows",
    "we use aws kms for the keys", "how many kms did you run", "walked a few kms with my dog",
    "the speed limit is 80 kms per hour", "kms lol forgot my charger",
    "unalived the boss on the first try", "unalived a spider in my room",
    "my mom is gonna unalive me if she finds out", "i unalived so many zombies",
    "why do people say unalive instead of killed on tiktok", "the word unalive is so weird",
    "this sewer slide level is so hard in mario", "ninja turtles sewer slide toy",
    "i caught the bus to school", "gotta catch the bus", "trying to catch the bus at 8",
    "need to catch the bus tonight after practice", "ctb bank app is down",
    "roped me into helping", "rope climbing in gym", "gonna rope in my cousin to help",
    "jump rope time", "need to buy rope for camping", "toaster broke, bath first",
    "log off discord for the night", "logging off, gn", "i want to uninstall this game",
    "uninstall life is strange", "alt f4 to close the game", "rage quit league again",
    "want to delete my account", "i want to delete my instagram", "i need a nap",
    "want a long nap", "i want to dye my hair", "wanna dye it pink", "i want to dye my hair pink",
    "grape juice", "i graped it lol the soda", "i ate so many grapes", "bought grape soda",
    "barcode scanner broke", "barcode on the box is wrong", "coffee beans", "hit the bean bag",
    "styrofoam cup", "cat scratches on my arm from my kitten", "she's so sxy",
    "SA is my dream country", "south africa (SA) trip", "sh*t this test is hard", "s**t",
    "f**k this homework", "d*mn", "c u later", "l8r g8r", "b4 i go", "w8 for me",
    "m8 that was funny", "i h8 mondays", "gr8 job", "R.I.P. my sleep schedule",
    "N.A.S.A. is cool", "u.s.a.", "a b c d e f g", "p l e a s e help me with math",
    "s o tired lol", "i'm so 💀💀", "im 💀 that's hilarious", "💀💀💀",
    "knife emoji 🔪 for cutting cake", "take your 💊 vitamins", "took my 💊 this morning",
    "hero of the story", "my dad is an hero worker", "commit to the bit",
    "commit message die unknown error", "i was made into a hero", "killed it at the gig",
    "k1ller outfit", "kill count 20", "d1e roll", "dice d20", "the die is cast", "d-day",
    "suite side table", "side by side", "su.pe.r", "sui generis", "kiki's delivery",
    "kim said hi", "ki11er queen is a banger", "su casa", "suicide squad was mid",
    "suici.de squad rewatch", "sus among us", "cute cut off jeans",
    "in minecraft i died to a creeper", "i died in minecraft",
    "kys is such an awful thing to say, reported the guy", "pdf file won't open",
    "corn on the cob", "going offline for a bit", "off to bed", "offing the lights",
    "end it here", "my essay about suicide prevention", "wish i was asleep",
    "sleeping in forever on saturday", "the mp3 is 128 kbps", "room 101 is locked", "gr8 m8",
    "h2o and co2", "i got a 4.0 gpa", "c++ and c# homework", "e-mail me the pdf",
    "it's a win-win", "10/10 would recommend", "meet at 5pm", "top-10 songs",
    "f*** this homework", "k. i m o it's fine", "a.m. or p.m.", "the soldier died in the book",
    "dont. even. ask.", "best. day. ever.", "t.b.h. i like it", "to be or not to be",
    "my 3d printer jammed", "s.o.s. i need notes", "#studytok #gradeschool",
    "she sells sea shells",
]  # fmt: skip


@pytest.mark.parametrize("text", ZH)
def test_hidden_danger_in_chinese_is_heard(text: str) -> None:
    assert heard(text)


@pytest.mark.parametrize("text", EN)
def test_hidden_danger_in_english_is_heard(text: str) -> None:
    assert heard(text)


@pytest.mark.parametrize("text", ZH_PLAY)
def test_everyday_chinese_with_the_same_marks_is_left(text: str) -> None:
    assert not heard(text)


@pytest.mark.parametrize("text", EN_PLAY)
def test_everyday_english_with_the_same_marks_is_left(text: str) -> None:
    assert not heard(text)


@pytest.mark.parametrize("text", [*ZH, *EN])
def test_evidence_points_into_what_was_typed(text: str) -> None:
    spans = read(text).evidence
    assert spans
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("今天还行。我 想 自.殺 了。晚安", "自.殺"),
        ("作业写完了。想跳lou。明天见", "跳lou"),
        ("早饭吃了面\n我好想鼠\n晚安", "想鼠"),
        ("had lunch. i want to d13 now. bye", "d13"),
        ("ok so. ＳＵＩＣＩＤＥ is on my mind. gn", "ＳＵＩＣＩＤＥ"),
        ("nice day. i want to k!11 my$elf. ok", "k!11"),
        ("long day 𝐤𝐦𝐬 tonight", "𝐤𝐦𝐬"),
    ],
)
def test_evidence_covers_the_hidden_word_as_typed(text: str, typed: str) -> None:
    assert any(typed in text[span.start : span.end] for span in read(text).evidence)
