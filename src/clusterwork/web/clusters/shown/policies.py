"""A policy in words: one name for each rule, its value, and what the reports found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clusterwork.clusters.formation_adapter import checked_policy, findings_for
from clusterwork.web.formats import number, said

PAIRS = ("count", "size", "best_size", "pyramid_size")

GROUPS: tuple[tuple[str, str, Promise, tuple[str, ...]], ...] = (
    (
        "clusters",
        "clusters",
        gettext_lazy("Clusters"),
        ("count", "size", "best_size", "outside_best", "may_leave_over"),
    ),
    (
        "travel",
        "travel",
        gettext_lazy("Travel"),
        ("measure", "unit", "limit_minutes", "limit_to", "circuity", "speed_kmh"),
    ),
    (
        "counts",
        "weights",
        gettext_lazy("What counts"),
        (
            "travel",
            "worst",
            "flow",
            "need",
            "need_pupils",
            "need_support",
            "change",
            "links",
        ),
    ),
    (
        "must-have",
        "require",
        gettext_lazy("Must have"),
        (
            "contributing",
            "contributing_fsm",
            "same_authority",
            "same_medium",
            "pyramid",
            "pyramid_size",
        ),
    ),
)

NAMES: dict[str, Promise] = {
    "count": gettext_lazy("Number of clusters"),
    "size": gettext_lazy("Schools in a cluster"),
    "best_size": gettext_lazy("Best size"),
    "outside_best": gettext_lazy("Price of a school outside the best size"),
    "may_leave_over": gettext_lazy("Schools may be left over"),
    "pyramid_size": gettext_lazy("Schools in a pyramid"),
    "measure": gettext_lazy("Between whom is travel measured?"),
    "unit": gettext_lazy("Travel is counted in"),
    "limit_minutes": gettext_lazy("Longest journey allowed"),
    "limit_to": gettext_lazy("The longest journey holds between"),
    "circuity": gettext_lazy("Road to straight line"),
    "speed_kmh": gettext_lazy("Speed"),
    "travel": gettext_lazy("Travel"),
    "worst": gettext_lazy("The longest journey"),
    "flow": gettext_lazy("Pupils who move on"),
    "need": gettext_lazy("Balance of need"),
    "need_pupils": gettext_lazy("Balance of pupils"),
    "need_support": gettext_lazy("Balance of support categories"),
    "change": gettext_lazy("Leaving a present cluster"),
    "links": gettext_lazy("Cutting a partnership"),
    "contributing": gettext_lazy("Each cluster has a school that can contribute to the others"),
    "contributing_fsm": gettext_lazy("Its intake is like the others', within"),
    "same_authority": gettext_lazy("Each cluster lies in one authority"),
    "same_medium": gettext_lazy("Each cluster has one language of teaching"),
    "pyramid": gettext_lazy("Each cluster is a pyramid: a secondary school and those that feed it"),
}


@dataclass(frozen=True)
class FindingShown:
    """What one report found."""

    report: str
    says: str
    where: str


@dataclass(frozen=True)
class RuleShown:
    """One rule: its key, name, value in words and the reports' findings."""

    key: str
    name: str
    value: str
    findings: list[FindingShown] = field(default_factory=list)


@dataclass(frozen=True)
class GroupShown:
    """A part of the policy."""

    anchor: str
    title: str
    rules: list[RuleShown]


def policy_shown(mapping: Mapping[str, Mapping[str, Any]]) -> list[GroupShown]:
    """The whole policy; a rule younger than the policy has the value that changes nothing."""
    whole = checked_policy(mapping)
    return [
        GroupShown(
            anchor,
            str(title),
            [
                RuleShown(key, str(NAMES[key]), value_shown(key, whole[section].get(key)))
                for key in keys
            ],
        )
        for anchor, section, title, keys in GROUPS
    ]


@dataclass(frozen=True)
class Difference:
    """A rule that two policies have differently, in words."""

    name: str
    first: str
    second: str


def differences(
    first: Mapping[str, Mapping[str, Any]], second: Mapping[str, Mapping[str, Any]]
) -> list[Difference]:
    """The rules that differ."""
    pairs = zip(policy_shown(first), policy_shown(second), strict=True)
    return [
        Difference(one.name, one.value, two.value)
        for group, other in pairs
        for one, two in zip(group.rules, other.rules, strict=True)
        if one.value != two.value
    ]


def findings_shown(key: str) -> list[FindingShown]:
    """What the reports found about one rule."""
    return [
        FindingShown(said(found.report), said(found.says), said(found.where))
        for found in findings_for(key)
    ]


def value_shown(key: str, value: Any) -> str:
    """A rule's value in words."""
    if key in PAIRS:
        return _pair(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, str):
        return _choice(key, value)
    return _amount(key, value)


def _pair(value: list[int] | None) -> str:
    if not value:
        return _("As many as are best")
    low, high = value
    if low == high:
        return number(low)
    return _("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}


def _choice(key: str, value: str) -> str:
    words = {
        ("measure", "peers"): _("All members: mean journey to the others"),
        ("measure", "hub"): _("Members and hub"),
        ("unit", "minutes"): _("Minutes"),
        ("unit", "km"): _("Kilometres"),
        ("limit_to", "pairs"): _("Every two members"),
        ("limit_to", "hub"): _("Each member and the hub"),
    }
    return words[key, value]


def _amount(key: str, value: float) -> str:
    shown = f"{value:g}"
    if key == "limit_minutes":
        if not value:
            return _("No limit")
        return ngettext("%(n)s minute", "%(n)s minutes", round(value)) % {"n": shown}
    if key == "contributing_fsm":
        return _("%(n)s percentage points") % {"n": shown} if value else _("Any intake")
    if key == "speed_kmh":
        return _("%(n)s kilometres an hour") % {"n": shown}
    if key == "circuity":
        return _("%(n)s times as long") % {"n": shown}
    return shown if value else _("Does not count")


def estimate_shown(mapping: Mapping[str, Mapping[str, Any]]) -> str:
    """The sentence that stands wherever minutes do."""
    travel = mapping["travel"]
    return _(
        "Minutes are an estimate: straight-line distance × %(circuity)s at %(speed)s km/h."
    ) % {"circuity": f"{travel['circuity']:g}", "speed": f"{travel['speed_kmh']:g}"}
