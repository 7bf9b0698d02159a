"""Words of danger sent while a slow reply is still being worded are answered at once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.servers.qingting import Visitor
from tests.servers.upstream import running
from tests.talk.installation import Installation

pytestmark = pytest.mark.process


def test_danger_ends_the_reply_before_it(installation: Installation) -> None:
    with running("hang") as upstream:
        patient = {
            "QINGTING_MODEL_URL": upstream.base_url,
            "QINGTING_MODEL_NAME": "test",
            "QINGTING_MODEL_FIRST_WORDS": "45",
        }
        with installation.server(**patient) as server:
            visitor = Visitor(server.address)
            visitor.page("/")
            upstream.switch("ok")
            visitor.say("今天组会又被骂了")
            upstream.switch("hang")
            tab = Visitor(server.address, visitor.language, visitor.conversation, visitor.cookies)
            with ThreadPoolExecutor(2) as pool:
                slow = pool.submit(visitor.say, "他说我的东西没法看")
                while len(upstream.recorded()) < 2:
                    time.sleep(0.05)
                began = time.monotonic()
                told = tab.say("我不想活了")
                # Far below the 45 seconds the model was given; not a speed test.
                assert time.monotonic() - began < 20
                assert slow.result().saved
    assert told.saved
    assert "12356" in told.reply or "010-82951332" in told.reply
