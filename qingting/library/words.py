"""Names of shelves and of kinds of sources, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from qingting.companion.library.article import Shelf


def shelf_names() -> Mapping[Shelf, str]:
    """What each shelf is called."""
    return {
        "feelings": _("How it feels"),
        "study": _("Study and work"),
        "people": _("The people around you"),
        "getting_help": _("Getting help"),
        "safe": _("When it isn't safe"),
    }
