"""How a trigger of the room refuses: as a check of this name would."""

from __future__ import annotations

REFUSE = "RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = '{name}', MESSAGE = '{said}';"


def refusal(name: str, said: str) -> str:
    """Raises a check violation under the name of a constraint."""
    return REFUSE.format(name=name, said=said)
