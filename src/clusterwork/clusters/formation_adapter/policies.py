"""Policies as the library reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from clusterwork import formation
from clusterwork.clusters.models import Formation

Mapped = dict[str, dict[str, Any]]


def default_policy() -> Mapped:
    """The rules that a new programme starts with: minutes between all members of a cluster."""
    start = formation.Policy(measure="peers", unit="minutes")
    return start.to_mapping()


def checked_policy(mapping: Mapping[str, object]) -> Mapped:
    """The mapping as the library reads it, every key filled in; raises `BadPolicy`."""
    return formation.Policy.from_mapping(mapping).to_mapping()


def policy_for(kind: str, mapping: Mapping[str, object]) -> Mapped:
    """The rules for one kind of cluster: pyramids are measured to their hub."""
    policy = formation.Policy.from_mapping(mapping)
    if kind == Formation.Kind.PYRAMID:
        policy = replace(policy, pyramid=True, measure="hub")
    else:
        policy = replace(policy, pyramid=False)
    return policy.to_mapping()
