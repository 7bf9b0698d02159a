"""The shipped heads. They are part of the repository: where they are missing, tests fail."""

from __future__ import annotations

import pytest

from qingting.companion.understand import learned
from qingting.companion.understand.learned.model import Learned


@pytest.fixture(scope="session")
def whole() -> Learned:
    """The heads with the encoder."""
    model = learned.load()
    assert model is not None, "the arrays of qingting/content/models are missing or damaged"
    assert model.has_encoder, "the package with the encoder is missing or changed"
    return model


@pytest.fixture(scope="session")
def letters() -> Learned:
    """The heads by letters alone, as where the encoder is not installed."""
    model = learned.load(encoder=False)
    assert model is not None, "the arrays of qingting/content/models are missing or damaged"
    assert not model.has_encoder
    return model


@pytest.fixture(params=["whole", "letters"])
def reader(request: pytest.FixtureRequest) -> Learned:
    """Either way of reading."""
    model: Learned = request.getfixturevalue(request.param)
    return model
