"""Words that Qingting never says: content/banned.toml, as the linter reads it."""

from __future__ import annotations

from qingting.content_check.banned import banned_in

__all__ = ["banned_in"]
