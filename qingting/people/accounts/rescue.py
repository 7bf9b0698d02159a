"""The way back in when a password is forgotten: a code written down, instead of an e-mail.

Five groups of four letters and digits, 98 random bits, kept only as an Argon2id hash, used once.
It stands for the password alone: a second factor is still asked for at the next sign-in (OWASP
ASVS 5.0, 6.4.4 asks that recovery bypasses no factor).
"""

from __future__ import annotations

import secrets
from functools import cache
from typing import Final

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from qingting.people.accounts.models import Account
from qingting.people.accounts.telling import tell
from qingting.privacy.audit import Action

# No 0, 1, i, l, o, u: what is written by hand must be read again. 30 letters: 4.9 bits each.
_LETTERS: Final = "23456789abcdefghjkmnpqrstvwxyz"
_GROUPS: Final = 5
_GROUP: Final = 4


def new_code(account: Account) -> str:
    """A fresh code for an account; an older one stops working. Shown once, never stored."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_GROUPS * _GROUP))
    account.rescue = make_password(letters)
    account.save(update_fields=["rescue"])
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def use_code(username: str, code: str, password: str) -> Account | None:
    """Set a new password by the code; None when name and code do not go together. Every session
    ends, the code is spent. Takes as long for a name nobody has."""
    account = Account.objects.filter(username=username, is_active=True).first()
    hashed = account.rescue if account is not None and account.rescue else _nobody()
    if not check_password(_plain(code), hashed) or account is None or not account.rescue:
        return None
    with transaction.atomic():
        account.set_password(password)
        account.rescue = ""
        account.entries += 1
        account.save(update_fields=["password", "rescue", "entries"])
        tell(Action.PASSWORD_CHANGED, account)
    return account


def _plain(code: str) -> str:
    return "".join(one for one in code.lower() if one.isalnum())


@cache
def _nobody() -> str:
    """A hash that no code has, so that a name nobody has costs the same time."""
    return make_password(secrets.token_hex(8))
