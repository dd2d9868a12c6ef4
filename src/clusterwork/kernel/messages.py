"""Sentences for people that are written once in English and shown in the reader's language.

The pure rooms know no translation catalogue: they hand up a `Message`, and whoever shows it
passes it the `gettext` of the moment. `N_` marks the English text for extraction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for a deferred string
    """The text unchanged; tells the extractor that it is to be translated."""
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with named places, e.g. `Message(N_("Line %(line)s is empty."), {"line": 3})`."""

    template: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.translated(lambda text: text)

    def translated(self, gettext: Callable[[str], str]) -> str:
        """The sentence in the language of `gettext`; messages among the parameters go with it."""
        shown = {
            name: value.translated(gettext) if isinstance(value, Message) else value
            for name, value in self.params.items()
        }
        return gettext(self.template) % shown if shown else gettext(self.template)
