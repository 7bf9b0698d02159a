"""Who answers in the blind comparison: Qingting's guided companion, ELIZA, a plain small model."""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Callable
from typing import Final

from evals.guide.eliza import Eliza
from evals.guide.play import play_one
from evals.guide.scripts import Script

# Everything the plain model is told.
ONE_LINE: Final = "You are a kind companion who listens to a young person at night; answer briefly."
_SECONDS: Final = 120.0

# The replies to every turn of a script, each bot having had the conversation from its start.
Answers = Callable[[Script], tuple[str, ...]]


def qingting(script: Script) -> tuple[str, ...]:
    """The guided companion."""
    return tuple(exchange.reply for exchange in play_one(script))


def eliza(script: Script) -> tuple[str, ...]:
    """ELIZA."""
    bot = Eliza(script.language)
    return tuple(bot.answer(turn.say) for turn in script.turns)


def plain_model(url: str, name: str) -> Answers:
    """A model behind an OpenAI-compatible server with a one-line system prompt. url: up to /v1;
    MODEL_KEY in the environment is its key, where it wants one. Answers raise OSError when it
    cannot be reached."""

    def answers(script: Script) -> tuple[str, ...]:
        talk = [{"role": "system", "content": ONE_LINE}]
        replies = []
        for turn in script.turns:
            talk.append({"role": "user", "content": turn.say})
            replies.append(_asked(url, name, talk))
            talk.append({"role": "assistant", "content": replies[-1]})
        return tuple(replies)

    return answers


def _asked(url: str, name: str, talk: list[dict[str, str]]) -> str:
    body = {"model": name, "messages": talk, "temperature": 0.7, "seed": 7, "max_tokens": 200}
    request = urllib.request.Request(
        url.rstrip("/") + "/chat/completions",
        data=json.dumps(body).encode(),
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Bearer {os.environ.get('MODEL_KEY', 'none')}",
        },
    )
    with urllib.request.urlopen(request, timeout=_SECONDS) as response:
        told = json.load(response)
    return str(told["choices"][0]["message"]["content"]).strip()
