"""Static files named by their content, so that browsers keep them for good, and compressed once."""

from __future__ import annotations

from servestatic.storage import CompressedManifestStaticFilesStorage


class NamedByContent(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """A page must never fail for want of a style sheet: a file that was not collected (a first
    start on a full disk, a test) goes by its plain name."""

    def stored_name(self, name: str) -> str:
        """The name with its content in it, or the plain one."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name
