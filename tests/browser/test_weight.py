"""How much a cheap phone on a slow night has to load."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Visit
from tests.browser.weighing import Weighing
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
    weighing = Weighing(guest)
    guest.open(path)
    weighing.finish()
    assert weighing.hosts == {urlsplit(guest.address).netloc}
    assert len(weighing.addresses) <= REQUESTS, weighing.addresses
    assert weighing.bytes <= BYTES[path]
    print(f"{path} {locale}: {len(weighing.addresses)} requests, {weighing.bytes:.0f} bytes")
