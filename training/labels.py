"""The label sets and how the public ones speak of our feelings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

GOEMOTIONS: Final = (
    "admiration", "amusement", "anger", "annoyance", "approval", "caring", "confusion",
    "curiosity", "desire", "disappointment", "disapproval", "disgust", "embarrassment",
    "excitement", "fear", "gratitude", "grief", "joy", "love", "nervousness", "optimism",
    "pride", "realization", "relief", "remorse", "sadness", "surprise", "neutral",
)  # fmt: skip
BRIGHTER: Final = ("anger", "disgust", "fear", "joy", "sadness", "surprise")
# The English part of BRIGHTER was not labelled for disgust.
BRIGHTER_EN: Final = ("anger", "fear", "joy", "sadness", "surprise")

# A public label -> one of our feelings. What has no counterpart is left out on purpose:
# approval, realization or surprise say little about how somebody is.
FROM_GOEMOTIONS: Final[Mapping[str, str]] = {
    "amusement": "joy", "anger": "anger", "annoyance": "anger", "confusion": "confusion",
    "disappointment": "sadness", "disgust": "disgust", "embarrassment": "shame",
    "excitement": "excitement", "fear": "fear", "gratitude": "gratitude", "grief": "grief",
    "joy": "joy", "love": "love", "nervousness": "anxiety", "optimism": "hope",
    "pride": "pride", "relief": "relief", "remorse": "guilt", "sadness": "sadness",
    "neutral": "neutral",
}  # fmt: skip
FROM_BRIGHTER: Final[Mapping[str, str]] = {
    "anger": "anger", "disgust": "disgust", "fear": "fear", "joy": "joy", "sadness": "sadness",
}  # fmt: skip
FROM_CPED: Final[Mapping[str, str]] = {
    "happy": "joy", "relaxed": "relief", "grateful": "gratitude", "sadness": "sadness",
    "depress": "sadness", "worried": "anxiety", "anger": "anger", "fear": "fear",
    "disgust": "disgust", "neutral": "neutral",
}  # fmt: skip

# PsySUICIDE label -> (kind, level) on our scale. Talk about suicide without saying whose
# ("关于自杀的探索") is no level of ours and is left unlabelled.
FROM_PSYSUICIDE: Final[Mapping[str, tuple[str, str]]] = {
    "与自杀/自伤/攻击行为无关": ("", "none"),
    "主动自杀意图": ("suicide", "high"),
    "自杀计划": ("suicide", "high"),
    "自杀准备行为": ("suicide", "high"),
    "自杀未遂": ("suicide", "high"),
    "被动自杀意图": ("suicide", "moderate"),
    "自伤行为": ("self_harm", "moderate"),
    "自伤意图": ("self_harm", "moderate"),
    "用户攻击行为": ("violence", "moderate"),
    "他人攻击行为": ("abuse", "moderate"),
}
EXPLORING: Final = "关于自杀的探索"
