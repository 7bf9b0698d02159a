"""How much a cheap phone on a slow night has to load."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Visit
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser

# Everything that "Help now" is made of may weigh 80 KB; a first page less.
BYTES = {"/": 60 * 1024, "/now/": 80 * 1024}
REQUESTS = 9


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
@pytest.mark.parametrize("path", ["/", "/now/"])
def test_the_first_page_is_light_and_comes_from_one_host(
    guided: Server, visit: Visit, path: str, locale: str
) -> None:
    guest = visit(guided, locale=locale)
    network = guest.context.new_cdp_session(guest.page)
    network.send("Network.enable")
    asked: dict[str, Any] = {}
    weights: dict[str, float] = {}
    network.on("Network.requestWillBeSent", lambda e: asked.update({e["requestId"]: e["request"]}))
    network.on(
        "Network.loadingFinished",
        lambda e: weights.update({e["requestId"]: e["encodedDataLength"]}),
    )
    guest.open(path)
    guest.page.wait_for_load_state("networkidle")
    addresses = [one["url"] for one in asked.values()]
    assert {urlsplit(one).netloc for one in addresses} == {urlsplit(guest.address).netloc}
    assert len(addresses) <= REQUESTS, addresses
    assert len(weights) == len(asked)
    assert sum(weights.values()) <= BYTES[path]
    print(f"{path} {locale}: {len(addresses)} requests, {sum(weights.values()):.0f} bytes")
