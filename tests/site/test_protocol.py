"""The page on what happens in danger is made from what runs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from qingting.policy.models import Event, EventKind
from tests.people import staffed

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def page(language: str = "en") -> str:
    cache.clear()
    return Client(headers={"accept-language": language}).get("/protocol/").content.decode()


def test_it_is_made_from_what_runs(settings: Any) -> None:
    staffed.wired()
    plain = settings.CONFIG
    assert "Nobody is told from here" in page()
    mail = {"smtp_url": "smtp://127.0.0.1:2525?tls=none", "mail_from": "notes@example.edu"}
    mailed = replace(plain, public_url="https://q.example.edu", **mail)
    settings.CONFIG = mailed
    assert "only if you agreed to it" in page()
    settings.CONFIG = replace(mailed, policy="CN", complaint_days=9)
    told = page()
    assert "The rules that hold here ask that somebody you named is told" in told
    assert "China (mainland)" in told
    assert "within 9 days" in told
    assert "中国大陆" in page("zh-hans")


def test_the_count_stands_there_only_where_it_is_owed(settings: Any) -> None:
    staffed.wired()
    last = timezone.now().replace(month=6, day=1)
    last = last.replace(year=last.year - 1)
    Event.objects.create(kind=EventKind.REFERRAL_SHOWN, at=last, amount=4)
    assert "were shown a way to help" not in page()
    settings.CONFIG = replace(settings.CONFIG, policy="school")
    assert "fewer than five times" in page()
    Event.objects.create(kind=EventKind.REFERRAL_SHOWN, at=last, amount=33)
    assert f"In {last.year} people were shown a way to help 37 times." in page()
