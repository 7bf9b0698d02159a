"""Draw the icons of the home screen from the dragonfly: `python -m tests.browser.make_icons`, with
Chromium installed. They are committed; run it again when the dragonfly changes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

STATIC: Final = Path(__file__).resolve().parents[2] / "qingting" / "site" / "static"
SIZES: Final = (192, 512)
# Paper to the edge, the dragonfly in the middle: a launcher may cut any shape out of it.
_PAGE: Final = (
    "<style>*{{margin:0}}body{{background:#f7f5f0;display:grid;place-items:center;height:100vh}}"
    "svg{{width:60vw}}</style>{svg}"
)


def main() -> None:
    """Write now-icon-<size>.png for every size."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    svg = (STATIC / "dragonfly.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for size in SIZES:
            page = browser.new_page(viewport={"width": size, "height": size}, color_scheme="light")
            page.set_content(_PAGE.format(svg=svg))
            page.screenshot(path=STATIC / f"now-icon-{size}.png")
        browser.close()


if __name__ == "__main__":
    main()
