"""The errors that a person may read: what happened, why, what to do next."""

from __future__ import annotations

from collections.abc import Callable

from clusterwork.kernel.messages import Message


class Problem(Exception):
    """Something that the reader can put right.

    Subclasses are named for the fact (`NothingToSplitBy`, `MoveNotAllowed`) and stand beside
    the function that raises them. `what` is a full sentence; `why` and `next_step` may be absent.
    """

    def __init__(
        self, what: Message, *, why: Message | None = None, next_step: Message | None = None
    ) -> None:
        self.what, self.why, self.next_step = what, why, next_step
        super().__init__(str(self))

    def translated(self, gettext: Callable[[str], str]) -> str:
        """All parts as one paragraph in the language of `gettext`."""
        parts = (self.what, self.why, self.next_step)
        return " ".join(part.translated(gettext) for part in parts if part)

    def __str__(self) -> str:
        return self.translated(lambda text: text)


class NotAllowed(Problem):
    """The person may not do this; `next_step` says who can."""


class NotThere(Problem):
    """Nothing of that name or number exists, or none that this person may see."""


class TooOften(Problem):
    """Asked more often than a limit allows; `next_step` says when to try again."""
