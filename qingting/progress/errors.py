"""What storage may raise, as the pages of this feature answer it."""

from __future__ import annotations

from typing import Final

from django.db import Error as DatabaseError

from qingting.privacy.errors import StorageError

CannotStore: Final = (StorageError, DatabaseError, OSError)
