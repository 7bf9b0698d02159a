"""The application as a server runs it: static files first, then Django."""

from __future__ import annotations

import asyncio
import gc
import os
from typing import Any

import django
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingting.site.settings")
django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402
from servestatic import ServeStaticASGI  # noqa: E402

from qingting.site import headers  # noqa: E402
from qingting.site.daily import day_after_day, hour_after_hour  # noqa: E402
from qingting.site.limits import Limited  # noqa: E402
from qingting.site.starting import finish_starting  # noqa: E402
from qingting.site.wiring import wire  # noqa: E402

talk = wire(settings.CONFIG)
_pages = get_asgi_application()
_static = ServeStaticASGI(
    _pages,
    root=str(settings.STATIC_ROOT),
    prefix="static/",
    immutable_file_test=r"\.[0-9a-f]{12}\.",
    max_age=3600,
    allow_all_origins=False,
    add_headers_function=headers.of_file,
)
_limited = Limited(_static)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """ASGI entry: life of the process; what is too large or slow; static files, pages."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    await _limited(scope, receive, send)


async def _lifespan(receive: Any, send: Any) -> None:
    clearing: list[asyncio.Task[None]] = []
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await finish_starting(talk)
            # What is there now stays for good. Looked through again and again for rubbish it held
            # up a page in ten that makes many things, by as long as the page itself.
            gc.collect()
            gc.freeze()
            clearing = [
                asyncio.create_task(day_after_day(talk)),
                asyncio.create_task(hour_after_hour(talk)),
            ]
            await send({"type": "lifespan.startup.complete"})
        else:
            # Replies being worded are let finish; what was sent is stored already.
            await talk.wind_down()
            for task in clearing:
                task.cancel()
            await send({"type": "lifespan.shutdown.complete"})
            return
