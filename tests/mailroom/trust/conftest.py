"""Letters that nobody should send."""

import pytest

from tests.mailroom import hostile


@pytest.fixture
def hostile_letters():
    return list(hostile.letters(150))
