import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numpy")
import numpy as np

from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.history import Heard
from qingting.companion.understand.normalise import views
from qingting.companion.understand import learned
from qingting.companion.understand.learned.embedder import Usem3
from qingting.companion.understand.learned.model import Asked, Learned
from qingting.companion.understand.learned.views import plain_view


def model(*, encoder: bool) -> Learned:
    found = learned.load(encoder=encoder)
    if found is None:
        pytest.skip("nothing is trained here: python -m training.run")
    if encoder and not found.has_encoder:
        pytest.skip("the encoder is not installed")
    return found


@pytest.fixture(params=[False, True], ids=["letters", "vector"])
def reader(request: pytest.FixtureRequest) -> Learned:
    return model(encoder=request.param)


def score(reader: Learned, text: str) -> float:
    return reader.risk(reader.sketch(Asked(plain_view(text))), "zh").score


def test_danger_scores_above_everyday_talk(reader: Learned) -> None:
    grave = (
        "我真的不想活在这个世界上了",
        "i want to kill myself",
        "i cut my arms again last night",
    )
    calm = ("今天食堂的鱼很好吃", "笑死我了这只猫", "what time does the library close")
    lowest = min(score(reader, text) for text in grave)
    assert lowest > max(score(reader, text) for text in calm)


def test_danger_in_the_middle_of_a_long_text_is_still_seen(reader: Learned) -> None:
    calm = "今天去了食堂，又去图书馆坐了很久，晚上和室友看了电影。" * 12
    told = calm + "我不想活了，想从楼上跳下去。" + calm
    assert score(reader, told) > 2 * score(reader, calm)


def test_probabilities_add_up(reader: Learned) -> None:
    read = reader.risk(reader.sketch(Asked("我好累")), "zh")
    assert read.calm + read.moderate + read.high + read.imminent == pytest.approx(1, abs=1e-5)
    assert min(read.calm, read.moderate, read.high, read.imminent) >= 0


def test_a_yes_weighs_more_after_a_direct_question(reader: Learned) -> None:
    asked = (Heard("companion", "你是不是在想结束自己的生命？"),)
    other = (Heard("companion", "晚饭吃了吗？"),)
    scores = [
        reader.risk(reader.sketch(Asked("有", history)), "zh").score for history in (asked, other)
    ]
    assert scores[0] > scores[1]


def test_feelings_are_ours_and_strongest_first(reader: Learned) -> None:
    told = reader.feelings(reader.sketch(Asked("i am so happy and grateful today")))
    assert told
    assert [read.strength for read in told] == sorted((r.strength for r in told), reverse=True)
    assert all(0 < read.strength <= 1 for read in told)


def test_public_label_sets_are_readable(reader: Learned) -> None:
    sketch = reader.sketch(Asked("thank you so much, this made my day"))
    assert "gratitude" in [label for label, _ in reader.labels(sketch, "goemotions", "en")]
    assert isinstance(reader.labels(sketch, "brighter", "zh"), list)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_and_spans_stay_inside(text: str) -> None:
    reader = model(encoder=False)
    view = views(cleaned(text))[-1]
    sketch = reader.sketch(Asked(view.text))
    reader.risk(sketch, "en")
    reader.feelings(sketch)
    for trap in reader.distortions(sketch, view):
        assert 0 <= trap.span.start < trap.span.end <= len(text)


def test_together_is_the_same_as_one_by_one(reader: Learned) -> None:
    texts = ["我想回家", "", "i feel like a burden", "😭😭"]
    together = reader.sketches([Asked(text) for text in texts])
    for text, sketch in zip(texts, together, strict=True):
        one = reader.sketch(Asked(text))
        np.testing.assert_allclose(one.letters, sketch.letters, atol=1e-4)
        assert (one.vector is None) == (sketch.vector is None)


def test_texts_without_letters_have_no_vector() -> None:
    reader = model(encoder=True)
    assert reader.vector("…… 😭") is None
    vector = reader.vector("我在")
    assert vector is not None
    assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-3)


def test_vectors_of_another_encoder_are_not_used() -> None:
    class Other(Usem3):
        model_id = "other"

    shipped = model(encoder=False)
    assert not Learned(shipped._arrays, Other(None)).has_encoder  # type: ignore[arg-type]
