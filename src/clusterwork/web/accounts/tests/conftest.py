"""A county and its people; each test starts in English, whatever language was left active."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from clusterwork.accounts.tests.places import county, head, officer, school

__all__ = ["county", "head", "officer", "school"]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en-gb"):
        yield
