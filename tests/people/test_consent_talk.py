"""What a consent does to a talk, on a real server: no word leaves for a hosted model before a yes,
none after it is taken back; a child's everyday talk waits, danger never does."""

from __future__ import annotations

import urllib.error
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.servers.qingting import Server, Visitor
from tests.servers.upstream import Upstream, running
from tests.talk.installation import Installation, new_databases

pytestmark = pytest.mark.process
FIRST = "今天把伞忘在图书馆了，有点烦"


@dataclass(frozen=True, slots=True)
class Hosted:
    """A server in mainland China with a model that counts as somebody else's."""

    server: Server
    model: Upstream


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    installation = Installation(tmp_path_factory.mktemp("consent") / "data", new_databases())
    with running("ok") as model:
        settings = {
            "QINGTING_MODEL_URL": model.base_url,
            "QINGTING_MODEL_HOSTED": "yes",
            "QINGTING_PLACE": "CN",
        }
        with installation.server(**settings) as server:
            yield Hosted(server, model)


def post(visitor: Visitor, path: str, **fields: str) -> Any:
    token = visitor.fields("")["csrfmiddlewaretoken"]
    return visitor.open(path, {"csrfmiddlewaretoken": token, **fields})


def test_no_word_leaves_before_a_yes_and_none_after_it_is_taken_back(hosted: Hosted) -> None:
    visitor = Visitor(hosted.server.address)
    assert 'value="yes"' in visitor.page()
    assert visitor.say(FIRST).saved
    assert hosted.model.recorded() == []
    post(visitor, "/me/consents/model/", answer="no", back="start").close()
    assert 'name="answer"' not in visitor.page()
    assert visitor.say("后来伞找到了，在门口").saved
    assert hosted.model.recorded() == []

    post(visitor, "/me/consents/model/", answer="yes", back="consents").close()
    assert visitor.say("同桌帮我收起来的").saved
    assert len(hosted.model.recorded()) == 1
    page = visitor.page("/me/consents/")
    assert "127.0.0.1" in page
    with post(visitor, "/me/consents/back/", what="hosted_model", whom="127.0.0.1"):
        pass
    assert visitor.say("她还给我画了一只蜻蜓").saved
    assert len(hosted.model.recorded()) == 1
    # Somebody else's yes is not theirs.
    other = Visitor(hosted.server.address)
    assert other.say(FIRST).saved
    assert len(hosted.model.recorded()) == 1


def test_a_childs_everyday_talk_waits_for_a_yes_and_danger_never_does(hosted: Hosted) -> None:
    child, mother = Visitor(hosted.server.address), Visitor(hosted.server.address)
    post(child, "/me/age/", band="under_14").close()
    told = child.say(FIRST)
    assert not told.saved
    assert "点个头" in told.reply
    with post(child, "/me/guardian/", step="ask") as response:
        page = response.read().decode()
    code = page.split('<p class="code">', 1)[1].split("<", 1)[0]
    assert code in mother.page(f"/me/guardian/yes/{code}/")
    agreed = {"code": code, "name": "林女士", "relation": "妈妈"}
    with post(mother, "/me/guardian/yes/", **agreed) as response:
        assert 'class="code"' in response.read().decode()
    with pytest.raises(urllib.error.HTTPError) as again:
        post(Visitor(hosted.server.address), "/me/guardian/yes/", **agreed)
    assert again.value.code == 404
    again.value.close()
    assert "林女士" in child.page("/me/guardian/")
    assert child.say(FIRST).saved

    alone = Visitor(hosted.server.address)
    post(alone, "/me/age/", band="under_14").close()
    danger = alone.say("我不想活了")
    assert danger.saved
    assert "点个头" not in danger.reply
    # What follows in an open danger is answered too, however everyday it sounds.
    assert alone.say("嗯，在宿舍").saved


def test_the_contact_is_shown_word_for_word_and_not_called_unasked(hosted: Hosted) -> None:
    visitor = Visitor(hosted.server.address)
    written = {"name": "小满", "reach": "mum", "say": "来三号楼接我"}
    with post(visitor, "/me/contact/", step="save", **written) as response:
        assert "在哪儿能找到" in response.read().decode()
    written["reach"] = "微信 xiaoman"
    with post(visitor, "/me/contact/", step="save", **written) as response:
        page = response.read().decode()
    assert "来三号楼接我" in page.split("<blockquote", 1)[1].split("</blockquote>", 1)[0]
    assert "现在不会去找" in page
    with post(visitor, "/me/contact/", step="yes") as response:
        assert "可以找 小满" in response.read().decode()
