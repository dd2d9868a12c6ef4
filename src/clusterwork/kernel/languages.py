"""Sentences in the reader's language where no web framework is at hand."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import cache
from pathlib import Path

CATALOGUES = Path(__file__).parent.parent / "locale"


@cache
def gettext_of(language: str) -> Callable[[str], str]:
    """The translator into a language ("en", "cy"); the text itself where it has no translation."""
    return gettext.translation(
        "django", localedir=CATALOGUES, languages=[language], fallback=True
    ).gettext
