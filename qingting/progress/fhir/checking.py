"""Whether something is a resource of FHIR R4: asked of the models of fhir.resources, which take
25 MB of memory and a second to load, and so are loaded when they are first asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

# What the models raise for what is no resource. They promise no fewer.
_REFUSED: Final = (ValueError, TypeError, LookupError, AttributeError, RecursionError)

Path = tuple[str | int, ...]


def fault_of(resource: Mapping[str, Any]) -> Path | None:
    """Where a resource is not as R4 has it: the names and numbers that lead there, none for the
    resource itself. None where nothing is wrong with it."""
    # R4B is R4 for all that is used here; tests hold what we make against R4 itself.
    from fhir.resources.R4B import get_fhir_model_class

    try:
        get_fhir_model_class(str(resource.get("resourceType"))).model_validate(dict(resource))
    except _REFUSED as error:
        return _place(error)
    return None


def _place(error: Exception) -> Path:
    told = getattr(error, "errors", None)
    errors = told() if callable(told) else []
    # The one that leads the deepest says the most.
    places = [tuple(one["loc"]) for one in errors]
    found = max(places, key=len, default=())
    return tuple(part for part in found if part not in ("root", "resource_type"))
