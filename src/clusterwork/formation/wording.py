"""The sentences about each school and each rule, written once in English; computes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from clusterwork.formation.model import Model
from clusterwork.formation.names import RULE_NAMES, rule_names
from clusterwork.formation.proposal import Alternative, Partner, Reason
from clusterwork.kernel.messages import N_, Message


def joined(messages: Iterable[Message]) -> Message:
    """Sentences one after another."""
    parts = list(messages)
    whole = parts[0]
    for part in parts[1:]:
        whole = Message("%(one)s %(other)s", {"one": whole, "other": part})
    return whole


def too_few_clusters(least: int) -> Message:
    """That a move would empty a cluster that is needed."""
    return Message(
        N_("There would be fewer clusters than asked for: at least %(least)s."), {"least": least}
    )


def _partners(partners: tuple[Partner, ...]) -> str:
    return "; ".join(f"{partner.name} ({partner.id})" for partner in partners)


def _place(model: Model, reason: Reason, names: dict[str, str]) -> Message:
    facts = {
        "cluster": reason.cluster,
        "n": reason.size,
        "hub": names[reason.hub],
        "minutes": f"{reason.minutes:.0f}",
    }
    if model.policy.measure == "peers" and not model.policy.pyramid:
        return Message(
            N_("Cluster: %(cluster)s. Schools: %(n)s. Mean minutes to the others: %(minutes)s."),
            facts,
        )
    if reason.school == reason.hub:
        return Message(N_("Cluster: %(cluster)s. Schools: %(n)s. This school is the hub."), facts)
    return Message(
        N_("Cluster: %(cluster)s. Schools: %(n)s. Hub: %(hub)s. Minutes to the hub: %(minutes)s."),
        facts,
    )


def _ties(reason: Reason) -> list[Message]:
    said = []
    if reason.pupils_kept:
        said.append(
            Message(
                N_("Pupils moving on inside the cluster: %(pupils)s."),
                {"pupils": f"{reason.pupils_kept:g}"},
            )
        )
    if reason.links_kept:
        said.append(
            Message(N_("Partnerships kept: %(names)s."), {"names": _partners(reason.links_kept)})
        )
    if reason.links_cut:
        said.append(
            Message(N_("Partnerships cut: %(names)s."), {"names": _partners(reason.links_cut)})
        )
    if reason.held_by:
        said.append(Message(N_("Locks: %(rules)s."), {"rules": rule_names(reason.held_by)}))
    if reason.moved:
        said.append(Message(N_("This is a change from the present cluster.")))
    return said


def signed(value: float, digits: int = 1) -> str:
    """A number with its sign; 0 without."""
    text = f"{value:+.{digits}f}"
    return text.lstrip("+-") if float(text) == 0 else text


def _other(model: Model, alternative: Alternative, names: dict[str, str]) -> list[Message]:
    facts = {
        "cluster": alternative.cluster,
        "cost": signed(alternative.cost, 2),
        "minutes": signed(alternative.minutes, 0),
        "travel": signed(alternative.travel),
        "left": alternative.size_left,
        "joined": alternative.size_joined,
    }
    in_km = N_(
        "Next-best cluster: %(cluster)s. Minutes for this school: %(minutes)s. "
        "Kilometres in all: %(travel)s. Sizes afterwards: %(left)s and %(joined)s."
    )
    in_minutes = N_(
        "Next-best cluster: %(cluster)s. Minutes for this school: %(minutes)s. "
        "Minutes in all: %(travel)s. Sizes afterwards: %(left)s and %(joined)s."
    )
    said = [Message(in_km if model.policy.unit == "km" else in_minutes, facts)]
    said.append(Message(N_("The whole plan's measure would change by: %(cost)s."), facts))
    if alternative.flow:
        said.append(
            Message(
                N_("Pupils kept inside clusters: %(pupils)s."),
                {"pupils": signed(alternative.flow, 0)},
            )
        )
    if alternative.links_cut:
        said.append(
            Message(
                N_("Partnerships that the move would cut: %(names)s."),
                {"names": _partners(alternative.links_cut)},
            )
        )
    if alternative.swap_with is not None:
        said.append(
            Message(
                N_("School that would have to come the other way: %(name)s."),
                {"name": names[alternative.swap_with]},
            )
        )
    if alternative.against:
        rules = rule_names(entry.rule for entry in alternative.against)
        text = (
            N_("Without an exchange the move is against: %(rules)s.")
            if alternative.allowed
            else N_("The move is not allowed. It is against: %(rules)s.")
        )
        said.append(Message(text, {"rules": rules}))
    return said


def reason_message(model: Model, reason: Reason) -> Reason:
    """The same reason with its sentences filled in."""
    names = {school.id: school.name for school in model.schools}
    said = [_place(model, reason, names), *_ties(reason)]
    if reason.next_best is None:
        said.append(Message(N_("There is no other cluster.")))
    else:
        said.extend(_other(model, reason.next_best, names))
    return replace(reason, message=joined(said))


LEFT_OUT = {
    "phase": N_(
        "Left out: %(school)s. Special schools and referral units stand outside pyramids unless "
        "a lock asks them in."
    ),
    "pyramid": N_(
        "Left out: %(school)s. There is no secondary or all-through school that a pyramid could "
        "stand on."
    ),
    "medium": N_(
        "Left out: %(school)s. No secondary or all-through school of its language of teaching. "
        "Language: %(medium)s."
    ),
    "faith": N_(
        "Left out: %(school)s. No secondary or all-through school of its faith family. "
        "Faith: %(faith)s."
    ),
    "authority": N_(
        "Left out: %(school)s. No secondary or all-through school of its language and faith in "
        "its authority. Authority: %(authority)s."
    ),
    "travel_limit": N_(
        "Left out: %(school)s. No secondary that it may belong to is within the travel limit. "
        "Nearest, in minutes: %(minutes)s."
    ),
    "pyramid_size": N_(
        "Left out: %(school)s. No pyramid that it may belong to can take it within the sizes "
        "allowed and the travel limit. Nearest secondary that it may belong to, in minutes: "
        "%(minutes)s."
    ),
}
LEFT_OUT_ANCHOR = N_(
    "Left out: %(school)s. Too few schools within the travel limit may belong to a pyramid that "
    "stands on it. Schools in a pyramid: %(sizes)s."
)


def rule_state_message(rule: str, saves: float | None, *, binds: bool) -> Message:
    """Whether a rule binds, in one sentence."""
    name = {"rule": RULE_NAMES[rule]}
    if not binds:
        return Message(N_("Rule: %(rule)s. No single move would be better without it."), name)
    if saves is None:
        return Message(N_("Rule: %(rule)s. Without it a better plan is possible."), name)
    return Message(
        N_("Rule: %(rule)s. Without it a single move would save: %(saves)s."),
        {**name, "saves": f"{saves:.2f}"},
    )
