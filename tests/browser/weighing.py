"""What a page brings over the network, as the browser itself counts it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from tests.browser.guest import Guest

_QUIET = 500  # milliseconds without anything new


class Weighing:
    """Everything the guest's page asks for from now on, and the bytes of what came."""

    def __init__(self, guest: Guest) -> None:
        self._guest = guest
        self._addresses: dict[str, str] = {}
        self._weights: dict[str, float] = {}
        self._failed: set[str] = set()
        self.network = guest.context.new_cdp_session(guest.page)
        self.network.send("Network.enable")
        self.network.on("Network.requestWillBeSent", self._asked)
        self.network.on("Network.loadingFinished", self._came)
        self.network.on("Network.loadingFailed", lambda e: self._failed.add(e["requestId"]))

    def cold(self) -> Weighing:
        """As for a browser that has nothing of it yet."""
        self.network.send("Network.setBypassServiceWorker", {"bypass": True})
        self.network.send("Network.setCacheDisabled", {"cacheDisabled": True})
        return self

    def fetch(self, addresses: Sequence[str]) -> None:
        """Ask for these, one after the other."""
        for address in addresses:
            self._guest.page.evaluate(
                "(url) => fetch(url).then((one) => one.arrayBuffer())", address
            )
        self._guest.wait_until(lambda: set(addresses) <= set(self._addresses.values()))

    def finish(self) -> None:
        """Wait until all of it came and nothing new is asked for, and stop counting."""
        before = -1
        while before != len(self._addresses):
            before = len(self._addresses)
            self._guest.wait_until(lambda: self._addresses.keys() <= self._done())
            self._guest.page.wait_for_timeout(_QUIET)
        self.network.detach()
        assert not self._failed, [self._addresses.get(one) for one in self._failed]

    @property
    def addresses(self) -> list[str]:
        """What was asked for."""
        return list(self._addresses.values())

    @property
    def hosts(self) -> set[str]:
        """Of whom it was asked."""
        return {urlsplit(one).netloc for one in self.addresses}

    @property
    def bytes(self) -> float:
        """How much came, the way it travels."""
        return sum(self._weights.values())

    def _done(self) -> set[str]:
        return self._weights.keys() | self._failed

    def _asked(self, event: dict[str, Any]) -> None:
        self._addresses[event["requestId"]] = event["request"]["url"]

    def _came(self, event: dict[str, Any]) -> None:
        self._weights[event["requestId"]] = event["encodedDataLength"]
