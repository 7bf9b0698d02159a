"""What can go wrong with a model, as one small tree:

    ModelError
    ├── ModelUnavailable   it cannot be reached, refuses, or broke off in the middle
    ├── ModelTimeout       it let us wait too long
    └── ModelGarbage       it answered, but not with a whole reply

Each carries a short `reason` for counts and logs and never a word of the conversation: what an
endpoint says in its error texts may quote the person, so it is dropped where it arrives.
"""

from __future__ import annotations


class ModelError(Exception):
    """The model cannot go on with this turn. Sentences that were whole before it stay good.

    reason: a lower-case code without text of anybody, such as "connect" or "status_500".
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ModelUnavailable(ModelError):
    """Not reachable, refusing, or gone in mid-sentence.

    Reasons: "connect" (no connection, or lost before the first word), "status_NNN" (the endpoint
    refused), "error" (it reported a failure inside its stream), "cut" (the stream ended before
    the model said that it was done), "closed" (we closed it).
    """


class ModelTimeout(ModelError):
    """Nothing came in time. Reasons: "connect" and "read"."""


class ModelGarbage(ModelError):
    """It answered with something that is not a whole reply.

    Reasons: "not_json", "empty" (it finished without a word), "length" (stopped at the token
    limit: what follows the last whole sentence is a torn half), "content_filter".
    """
