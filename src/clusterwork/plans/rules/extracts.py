"""The part of a plan's content that one reader's paper holds; no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

Content = Mapping[str, Any]
Part = Mapping[str, Any]


def for_school(content: Content, school: int) -> dict[str, Any]:
    """What the school has a part in: its actions, and all that hangs on them.

    An action that names no school is for every school. Budget lines are those of its actions that
    are for it or for nobody in particular; targets its own and the cluster's.
    """
    actions = [each for each in content["actions"] if _is_for(each, school)]
    uids = {each["uid"] for each in actions}
    lines = [
        each
        for each in content["budget_lines"]
        if each["action"] in uids and each["school"] in (None, school)
    ]
    cut = _around(content, actions, lines)
    serving = [each for each in content["priorities"] if school in each["serves"]]
    cut["priorities"] = _joined(content["priorities"], cut["priorities"], serving)
    cut["targets"] = [each for each in content["targets"] if each["school"] in (None, school)]
    cut["posts"] = [each for each in content["posts"] if each["employer"] == school]
    return cut


def _is_for(action: Part, school: int) -> bool:
    return not action["schools"] or school in action["schools"] or action["owner_school"] == school


def for_strand(content: Content, strand: str) -> dict[str, Any]:
    """One line of work: its actions, and all that hangs on them."""
    actions = [each for each in content["actions"] if each["strand"] == strand]
    uids = {each["uid"] for each in actions}
    lines = [each for each in content["budget_lines"] if each["action"] in uids]
    cut = _around(content, actions, lines)
    own = [each for each in content["strands"] if each["uid"] == strand]
    named = {uid for each in own for uid in each["priorities"]}
    cut["strands"] = own
    cut["priorities"] = [
        each for each in content["priorities"] if each["uid"] in named or each in cut["priorities"]
    ]
    cut["posts"] = [each for each in content["posts"] if each["strand"] == strand]
    return cut


def for_payer(content: Content, payer: str) -> dict[str, Any]:
    """The work that one payer pays for, in whole or in part, with the lines that it pays."""
    lines = [
        each
        for each in content["budget_lines"]
        if any(share["payer"] == payer for share in each["shares"])
    ]
    paid = {each["action"] for each in lines}
    actions = [each for each in content["actions"] if each["uid"] in paid]
    cut = _around(content, actions, lines)
    cut["payers"] = [each for each in content["payers"] if each["uid"] == payer]
    return cut


def pence_of(line: Part, payer: str) -> int:
    """What the payer pays of a budget line, in pence, halves to the even penny."""
    shares = [Decimal(each["share"]) for each in line["shares"] if each["payer"] == payer]
    return int((line["amount_pence"] * sum(shares, Decimal(0))).to_integral_value())


def _around(content: Content, actions: list[Part], lines: list[Part]) -> dict[str, Any]:
    """The content with these actions and lines, and what they point to or are pointed to by."""
    uids = {each["uid"] for each in actions}
    strands = {each["strand"] for each in actions}
    priorities = {each["priority"] for each in actions}
    payers = {share["payer"] for each in lines for share in each["shares"]}
    outcomes = [each for each in content["outcomes"] if each["action"] in uids]
    reached = _reached(content["outcomes"], {each["uid"] for each in outcomes})
    return {
        **content,
        "actions": actions,
        "budget_lines": lines,
        "strands": _those(content["strands"], strands),
        "priorities": _those(content["priorities"], priorities),
        "milestones": [each for each in content["milestones"] if each["action"] in uids],
        "posts": [each for each in content["posts"] if each["strand"] in strands - {None}],
        "payers": _those(content["payers"], payers),
        "outcomes": _those(content["outcomes"], reached),
        "targets": [each for each in content["targets"] if each["priority"] in priorities - {None}],
    }


def _those(parts: Iterable[Part], uids: set[Any]) -> list[Part]:
    return [each for each in parts if each["uid"] in uids]


def _joined(parts: Iterable[Part], *chosen: Iterable[Part]) -> list[Part]:
    """The chosen ones once each, in the order of `parts`."""
    return _those(parts, {each["uid"] for some in chosen for each in some})


def _reached(outcomes: Iterable[Part], start: set[str]) -> set[str]:
    """The steps that these lead to, with them."""
    known, found = list(outcomes), set(start)
    grows = True
    while grows:
        more = {
            each["uid"]
            for each in known
            if any(link["before"] in found for link in each["comes_from"])
        }
        grows = not more <= found
        found |= more
    return found


EXTRACTS: dict[str, Callable[[Content, Any], dict[str, Any]]] = {
    "school": for_school,
    "strand": for_strand,
    "funder": for_payer,
}
