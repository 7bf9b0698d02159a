"""One small mistake of every kind that the content linter knows, each in files of its own.

The exercise is the one of docs/content.md, so that the guide is tried with every run.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qingting.content_check.folder import files_of, installed
from tests.cli.broken_articles import MISTAKES as IN_ARTICLES
from tests.cli.broken_articles import Edit, write_article
from tests.cli.broken_instruments import COPIED, MISTAKES
from tests.cli.broken_voices import MISTAKES as IN_VOICES
from tests.cli.broken_voices import write_voice

DOCS = Path(__file__).parents[2] / "docs"


def documented(page: str) -> dict[str, str]:
    """The files that a guide has one make, by name."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found = re.findall(r"^### [^`\n]*`([\w/]+\.toml)`\n\n```toml\n(.*?)```", text, re.M | re.S)
    return dict(found)


_HEAD = "# author note: for a test\n# source: tests\n# licence: CC-BY-4.0\n"
# {tag} makes the lines of one topic unlike those of any other.
TOPIC = {
    "zh": _HEAD
    + """title = "试{tag}"
cues = ["试{tag}"]
notice = [
  "{tag}号柜子的门又卡住了。",
  "走到{tag}号楼才想起伞。",
  "{tag}路车今天没来。",
]
ask = ["{tag}号那天你在哪儿？"]
widen = ["除了{tag}号，还有哪天？"]
step = ["先把{tag}号的事写下来。"]
""",
    "en": _HEAD
    + """title = "try {tag}"
cues = ["try {tag}"]
notice = [
  "Door number {tag} is stuck again.",
  "Bus {tag} didn't come at all today.",
  "Room {tag} smells of wet coats.",
]
ask = ["Where were you on day {tag}?"]
widen = ["Which days are there besides day {tag}?"]
step = ["Write down what happened on day {tag}."]
""",
}


@dataclass(frozen=True)
class Case:
    """A mistake. make: writes it into a folder. file: where it must be found. needle: a text on the
    line on which it must be found; "" for the first line."""

    code: str
    make: Callable[[Path], None]
    file: str
    needle: str = ""


def swap(old: str, new: str) -> Edit:
    """Put one thing for another, which must be there."""

    def edit(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return edit


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# Of the shelves that may hold any files, these are enough.
_OPEN = {"topics", "situations", "exercises", "resources", "library", "voices"}
_KEPT = {"exams", "moving", "breathing_minute", "grounding_54321", "gb", "ie", "ca", "nz"}


def copy(root: Path) -> None:
    """The installed content; few topics, exercises and places, so that a check is quick."""
    for path in files_of(installed()):
        target = root / path.relative_to(installed())
        target.parent.mkdir(parents=True, exist_ok=True)
        if _OPEN & set(path.parts[-2:-1]) and path.stem not in _KEPT:
            continue
        shutil.copyfile(path, target)


def in_exercise(code: str, part: str, edit: Edit, needle: str = "", *, where: str = "") -> Case:
    """A mistake in an exercise. part: "steps", "zh" or "en". where: the part in which it is found,
    where that is another one."""
    name = f"case_{code}"

    def named(one: str) -> str:
        return f"exercises/{name}.toml" if one == "steps" else f"{one}/exercises/{name}.toml"

    def make(root: Path) -> None:
        for documented_name, text in documented("content.md").items():
            own = documented_name.partition("/")[0].replace("exercises", "steps")
            changed = edit(text) if own == part else text
            if changed:
                write(root, named(own), changed)

    return Case(code, make, named(where or part), needle)


def in_topic(code: str, language: str, edit: Edit, needle: str = "", *, where: str = "") -> Case:
    """A mistake in one language of a topic. where: the language in which it is found."""
    name = f"case_{code}"

    def make(root: Path) -> None:
        for one, text in TOPIC.items():
            own = text.replace("{tag}", str(700 + abs(hash(code)) % 200))
            changed = edit(own) if one == language else own
            if changed:
                write(root, f"{one}/topics/{name}.toml", changed)

    return Case(code, make, f"{where or language}/topics/{name}.toml", needle)


def line(code: str, language: str, text: str, among: str = "notice") -> Case:
    """A line too many among the lines of a topic."""
    written = text.replace("\\", "\\\\").replace('"', '\\"')
    edit = swap(f"{among} = [", f'{among} = [\n  "{written}",\n')
    return in_topic(code, language, edit, written)


def lines(code: str, language: str, texts: list[str]) -> Case:
    """Many lines, found as a whole."""
    written = "".join(f'  "{text}",\n' for text in texts)
    return in_topic(code, language, swap("notice = [\n", f"notice = [\n{written}"))


def in_file(code: str, name: str, edit: Edit, needle: str = "") -> Case:
    """A mistake in a file that is there."""

    def make(root: Path) -> None:
        write(root, name, edit((root / name).read_text(encoding="utf-8")))

    return Case(code, make, name, needle)


def in_questionnaire(code: str, old: str, new: str, needle: str) -> Case:
    """A mistake in a copy of a questionnaire, wherever it stands in it."""
    name = f"instruments/case_{code}.toml"

    def make(root: Path) -> None:
        text = (root / COPIED).read_text(encoding="utf-8")
        assert old in text, old
        several = code == "counts_nothing"
        write(root, name, text.replace(old, new, -1 if several else 1))

    return Case(code, make, name, needle)


def in_article(code: str, language: str, edit: Edit, needle: str) -> Case:
    """A mistake in one language of the article of the guide."""

    def make(root: Path) -> None:
        write_article(root, code, language, edit)

    return Case(code, make, f"{language}/library/case_{code}.md", needle)


def in_voice(code: str, edit: Edit, needle: str) -> Case:
    """A mistake in a copy of a voice."""
    name = f"zh/voices/case_{code}.toml"
    return Case(code, lambda root: write_voice(root, name, edit), name, needle)


def removed(code: str, name: str) -> Case:
    return Case(code, lambda root: (root / name).unlink(), name)


_LONG_ONE = "那天从早上一直下到晚上的雨，把操场边上那一排还没来得及搬走的椅子全淋湿了"
_CHOOSE = 'id = "close"\nkind = "choose"\ninstead = { 1 = "grounding_54321" }'


def _asked_to_choose(root: Path, code: str, zh: int, en: int) -> None:
    for name, text in documented("content.md").items():
        place = name.replace("night_before", f"case_{code}")
        if name.startswith("exercises"):
            write(root, place, swap('id = "close"\nkind = "say"', _CHOOSE)(text))
        else:
            wanted = zh if name.startswith("zh") else en
            listed = ", ".join(f'"{letter}"' for letter in "abcdef"[:wanted])
            write(root, place, swap("[step.close]", f"[step.close]\noptions = [{listed}]")(text))


CASES = (
    in_topic("unreadable", "zh", swap("cues = [", "cues = "), "cues ="),
    in_exercise("head", "steps", swap("# source:", "# from:")),
    Case(
        "unread",
        lambda root: write(root, "zh/topic/x.toml", _HEAD + 'title = "x"\n'),
        "zh/topic/x.toml",
    ),
    removed("file_gone", "zh/danger/panic.toml"),
    in_exercise("unknown_field", "zh", swap("page =", "pages ="), "pages ="),
    in_exercise("missing_field", "en", swap("title =", "titel =")),
    in_exercise("not_text", "en", swap('title = "The night before an exam"', "title = 5"), "title"),
    in_exercise("not_lines", "en", swap("stop = [", 'stop = "x"\nstopped = ['), "stop = "),
    in_exercise(
        "not_names",
        "steps",
        swap('not_when = ["episode", "delusion", "mania"]', 'not_when = "episode"'),
        "not_when",
    ),
    in_exercise("not_number", "steps", swap("minutes = 5", 'minutes = "5"'), "minutes"),
    in_exercise("not_numbers", "steps", swap("least = 1", 'seconds = ["30"]'), "seconds"),
    in_exercise("not_yes_no", "steps", swap("mood = true", 'mood = "yes"'), "mood"),
    in_exercise("not_table", "steps", swap("[when]", "when = 3\n[then]"), "when = 3"),
    in_exercise(
        "not_tables",
        "steps",
        lambda text: text[: text.index("[when]")] + "step = 3\n",
        "step = 3",
    ),
    in_exercise("empty", "zh", swap('title = "考前一晚收个尾"', 'title = ""'), "title"),
    in_exercise("not_among", "steps", swap('group = "doing"', 'group = "feet"'), "group"),
    in_file("pattern", "banned.toml", swap("zh = [", 'zh = [\n  "(",'), "zh = ["),
    in_exercise("minutes", "steps", swap("minutes = 5", "minutes = 40"), "minutes"),
    in_exercise("step_twice", "steps", swap('id = "if_blank"', 'id = "bag"'), "[[step]]"),
    in_exercise("no_topic", "steps", swap('["exams"]', '["exam"]'), "topics ="),
    in_exercise("no_words", "en", lambda _: "", where="steps"),
    in_exercise("no_steps", "steps", lambda _: "", where="zh"),
    in_exercise("breathe", "steps", swap('kind = "list"', 'kind = "breathe"'), "[[step]]"),
    in_exercise("hold", "steps", swap('kind = "list"', 'kind = "hold"'), "[[step]]"),
    in_exercise("rounds", "steps", swap("most = 5", "most = 5\nrounds = 2"), "rounds"),
    in_exercise("least_most", "steps", swap("least = 1", "least = 9"), "least"),
    in_exercise(
        "no_exercise",
        "steps",
        swap("most = 5", 'most = 5\ninstead = { 1 = "sleep_in" }'),
        "instead",
    ),
    in_exercise("step_unsaid", "zh", lambda text: text[: text.index("[step.close]")]),
    in_exercise("step_unknown", "zh", swap("[step.close]", "[step.closed]"), "[step.closed]"),
    in_exercise("step_lacks", "zh", swap("got = [", "gott = ["), "[step.bag]"),
    Case(
        "few_options",
        lambda root: _asked_to_choose(root, "few_options", 2, 2),
        "zh/exercises/case_few_options.toml",
        "options",
    ),
    in_topic("no_pair", "en", lambda _: "", where="zh"),
    in_topic(
        "only_here",
        "en",
        lambda text: (
            f'{text}\n[[facet]]\nname = "x"\ncues = ["x7"]\nnotice = ["x7"]\nask = ["x7 x?"]\n'
        ),
        "[[facet]]",
    ),
    Case(
        "version_differs",
        lambda root: write(
            root,
            "zh/consent/reminders_by_channel.toml",
            swap("version = 1", "version = 2")(
                (root / "zh/consent/reminders_by_channel.toml").read_text(encoding="utf-8")
            ),
        ),
        "zh/consent/reminders_by_channel.toml",
        "version = 2",
    ),
    Case(
        "options_differ",
        lambda root: _asked_to_choose(root, "options_differ", 3, 4),
        "zh/exercises/case_options_differ.toml",
        "options",
    ),
    in_topic(
        "thin",
        "en",
        lambda text: re.sub(r"notice = \[.*?\n\]", 'notice = ["Only one left."]', text, flags=re.S),
        "notice",
    ),
    line("slot_only_here", "zh", "{means}先放远一点。"),
    line("too_long", "en", "word " * 60 + "end."),
    line("long", "en", "word " * 36 + "end."),
    line("banned", "zh", "听起来你今天很累。"),
    line("number", "en", "You can ring 021-5555 0110 at any hour."),
    line("slot_open", "zh", "这里少了一半{quote。"),
    line("slot_unknown", "en", "So it was {somebody} then."),
    line("slot_place", "zh", "“{answer}”，先放着。"),
    line("slot_bare", "en", "You wrote {quote}, just now."),
    line("exclaims", "zh", "走廊的灯又坏了！"),
    line("emoji", "en", "The kettle is on ☕."),
    line("spaces", "zh", "椅子 搬到窗边了。"),
    line("twice", "zh", "窗外，，下着雨。"),
    line("half_width", "zh", "窗外有风,不大。"),
    line("full_width", "en", "The rain stopped，at last."),
    line("asks_nothing", "en", "A plain remark about the weather.", among="ask"),
    line("asks_twice", "zh", "是周一？还是周二的早上？", among="ask"),
    line("asks_not_last", "en", "Was it cold up there? I wonder.", among="ask"),
    line("asks_here", "zh", "外面是不是在下雨？"),
    line("same_line", "zh", "在呢。今天怎么样？"),
    in_topic(
        "same_sentence",
        "en",
        swap(
            "notice = [",
            'notice = [\n  "Bus nine left without you. Again.",\n'
            '  "Bus nine left without you. So it goes.",',
        ),
        "So it goes",
    ),
    lines(
        "grade",
        "en",
        [
            f"Institutional considerations {n} unavoidably necessitate comprehensive deliberation."
            for n in "abcdefghijklm"
        ],
    ),
    lines(
        "long_sentences",
        "zh",
        [
            f"{n}，那天从早上一直下到晚上的雨，把操场边上那一排还没来得及搬走的椅子全淋湿了。"
            for n in "甲乙丙丁戊己庚辛壬癸子丑寅卯"
        ],
    ),
    line(
        "long_sentence",
        "zh",
        f"{_LONG_ONE}，第二天早操的时候谁都没有地方可以坐下来。",
    ),
    lines("rare", "zh", [f"{n}貔貅饕餮。" for n in "甲乙丙丁戊己庚辛壬癸子丑寅卯"]),
    in_file("resource", "resources/gb.toml", swap("country =", "colour = 1\ncountry ="), "colour"),
    in_file(
        "no_control_words",
        "policies/kr.toml",
        swap('key = "label.explicit"', 'key = "label.everywhere"'),
        "label.everywhere",
    ),
    *(in_questionnaire(*mistake) for mistake in MISTAKES),
    *(in_article(*mistake) for mistake in IN_ARTICLES),
    *(in_voice(*mistake) for mistake in IN_VOICES),
    in_file("screening", "screening.toml", swap("医疗机构", "那边"), "zh ="),
    in_file(
        "no_day",
        "resources/ie.toml",
        lambda text: re.sub(r'compiled_on = "[\d-]+"', 'compiled_on = "soon"', text, count=1),
        'compiled_on = "soon"',
    ),
    in_file(
        "future",
        "resources/ca.toml",
        lambda text: re.sub(r'compiled_on = "[\d-]+"', 'compiled_on = "2031-01-01"', text, count=1),
        'compiled_on = "2031-01-01"',
    ),
    in_file(
        "old",
        "resources/nz.toml",
        lambda text: re.sub(r'compiled_on = "[\d-]+"', 'compiled_on = "2019-01-01"', text, count=1),
        'compiled_on = "2019-01-01"',
    ),
)
