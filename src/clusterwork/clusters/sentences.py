"""Sentences of the pure rooms as JSON and back, so that a row can keep them untranslated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import Message


def written(message: Message | None) -> dict[str, Any] | None:
    """`{"template", "params"}`, sentences among the parameters likewise."""
    if message is None:
        return None
    return {
        "template": message.template,
        "params": {name: _plain(value) for name, value in message.params.items()},
    }


def read(kept: Mapping[str, Any] | None) -> Message | None:
    """The sentence that `written` kept."""
    if not kept:
        return None
    params = {
        name: read(value) if isinstance(value, Mapping) else value
        for name, value in kept["params"].items()
    }
    return Message(kept["template"], params)


def problem_written(problem: Problem) -> dict[str, Any]:
    """What, why and what next of a problem."""
    return {
        "what": written(problem.what),
        "why": written(problem.why),
        "next_step": written(problem.next_step),
    }


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return written(value)
    return value if isinstance(value, str | int | float | bool | None) else str(value)
