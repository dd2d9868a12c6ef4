"""What a picture does not show is said in the language of the page."""

from __future__ import annotations

import pytest
from django.utils import translation

from clusterwork.evaluation.rules import bands, beside, grades, timeline
from clusterwork.web.formats import said


@pytest.mark.parametrize("room", [bands, beside, grades, timeline])
def test_is_said_in_welsh_too(room) -> None:
    with translation.override("cy"):
        assert said(room.NOT_WHY) != str(room.NOT_WHY)
