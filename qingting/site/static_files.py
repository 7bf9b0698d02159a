"""Static files named by their content, so that browsers keep them for good, and compressed once."""

from __future__ import annotations

from servestatic.storage import CompressedManifestStaticFilesStorage


class NamedByContent(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Falls back to the plain name while nothing was collected yet (tests, first start)."""

    manifest_strict = False
