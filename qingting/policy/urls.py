"""Addresses of how much room this takes in somebody's life."""

from __future__ import annotations

from django.urls import URLPattern, path

from qingting.policy import balance_pages

urlpatterns: list[URLPattern] = [
    path("me/balance/", balance_pages.balance, name="my_balance"),
]
