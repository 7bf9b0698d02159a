"""The label that what an AI says carries where it leaves this server: words for people, and the
same for machines.

Asked for by China's labelling measures with GB 45438-2025 (a label to see, and one in the metadata
of a file that names the provider, the content and that it is generated), the EU's AI Act Art. 50(2)
and Korea's Art. 31. The names of the fields are ours: the standard's annex could not be read here
(docs/policy-obedience.md).
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings

import qingting

# In both languages at once, because a file travels.
ATTRIBUTE: Final = "人工智能生成 AI-generated"
PRODUCT: Final = f"Qingting {qingting.__version__}"


def provider() -> str:
    """Who runs it: the name of its server; without one, that it is a private installation."""
    return urlsplit(settings.CONFIG.public_url).hostname or "a private installation"


def ai_label(content_id: str) -> dict[str, Any]:
    """The label of something that an AI said. content_id: what it is known by here."""
    return {
        "ai_generated": True,
        "label": ATTRIBUTE,
        "produced_by": PRODUCT,
        "provider": provider(),
        "content_id": content_id,
    }


def generator() -> str:
    """The same in the head of a page, of which only the replies are generated."""
    return f"{PRODUCT} ({provider()}); replies: {ATTRIBUTE}"
