"""Rules by the names that sentences use."""

from __future__ import annotations

from clusterwork.formation.names import RULE_NAMES
from clusterwork.kernel.messages import Message


def rule_name(rule: str) -> Message:
    """The rule's name, or its own word where it has none."""
    return RULE_NAMES.get(rule) or Message(rule)
