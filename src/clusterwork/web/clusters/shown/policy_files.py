"""A policy as the POLICY.toml that the command line reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def policy_toml(mapping: Mapping[str, Mapping[str, Any]]) -> str:
    """One section after the other; of TOML's values only those that JSON writes likewise."""
    sections = []
    for name, rules in mapping.items():
        lines = [f"{key} = {json.dumps(value)}" for key, value in rules.items()]
        sections.append("\n".join([f"[{name}]", *lines]))
    return "\n\n".join(sections) + "\n"
