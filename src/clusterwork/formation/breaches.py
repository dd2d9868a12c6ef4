"""Which rules one cluster breaks and for which schools, said exactly; slow, for a few clusters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from clusterwork.formation.model import PAIR_RULES, Model
from clusterwork.formation.names import listed, span
from clusterwork.formation.pricing import contributors, rows_of
from clusterwork.formation.proposal import RuleAgainst
from clusterwork.kernel.messages import N_, Message

PAIR_SENTENCES = {
    "travel_limit": N_("Further from each other than the travel limit. Schools: %(schools)s."),
    "apart": N_("Locked apart. Schools: %(schools)s."),
    "fixed": N_("Fixed in different clusters. Schools: %(schools)s."),
    "medium": N_("Different languages of teaching. Schools: %(schools)s."),
    "authority": N_(
        "In different authorities, with no faith or language to join them. Schools: %(schools)s."
    ),
    "faith": N_("Different faith families. Schools: %(schools)s."),
    "same_authority": N_("In different authorities. Schools: %(schools)s."),
    "same_medium": N_("Different languages of teaching. Schools: %(schools)s."),
}


def breaches(model: Model, members: Sequence[int]) -> list[RuleAgainst]:
    """Every rule that a cluster of these school numbers breaks, once each; empty if sound."""
    return [
        *_size(model, members),
        *_pairs(model, members),
        *_split_units(model, members),
        *_hub(model, members),
        *_anchors(model, members),
        *_contributing(model, members),
    ]


def _entry(
    model: Model, rule: str, numbers: Sequence[int], text: str, **more: object
) -> RuleAgainst:
    schools = [model.schools[i] for i in numbers]
    return RuleAgainst(
        rule,
        tuple(school.id for school in schools),
        Message(text, {"schools": listed(schools), **more}),
    )


def _size(model: Model, members: Sequence[int]) -> Iterator[RuleAgainst]:
    if not members or model.low <= len(members) <= model.high:
        return
    yield RuleAgainst(
        "pyramid_size" if model.policy.pyramid else "size",
        tuple(model.schools[i].id for i in members),
        Message(
            N_("A cluster of %(n)s schools; allowed: %(sizes)s."),
            {"n": len(members), "sizes": span(model.low, model.high)},
        ),
    )


def _pairs(model: Model, members: Sequence[int]) -> Iterator[RuleAgainst]:
    bad = np.triu(model.bad[np.ix_(members, members)], 1)
    for bit, rule in PAIR_RULES.items():
        where = np.argwhere(bad & bit)
        if len(where):
            concerned = sorted({members[int(k)] for pair in where for k in pair})
            yield _entry(model, rule, concerned, PAIR_SENTENCES[rule])


def _split_units(model: Model, members: Sequence[int]) -> Iterator[RuleAgainst]:
    here = set(members)
    for unit in {model.units[model.group[i]] for i in members}:
        if not set(unit) <= here:
            held = (model.fixed[list(unit)] >= 0) | (model.forced_hub[list(unit)] >= 0)
            rule = "fixed" if held.all() else "together"
            yield _entry(model, rule, unit, N_("Locked together. Schools: %(schools)s."))


def _hub(model: Model, members: Sequence[int]) -> Iterator[RuleAgainst]:
    may = model.may_hub[np.ix_(members, members)]
    if not members or may.all(axis=0).any():
        return
    if model.policy.pyramid and not model.anchor[list(members)].any():
        yield _entry(
            model,
            "pyramid",
            members,
            N_("No secondary or all-through school among them. Schools: %(schools)s."),
        )
        return
    yield _entry(
        model,
        "travel_limit",
        members,
        N_("No school among them is within the travel limit of all. Schools: %(schools)s."),
    )


def _anchors(model: Model, members: Sequence[int]) -> Iterator[RuleAgainst]:
    if model.under is None or not members:
        return
    lacking = [i for i in members if not model.under[i, list(members)].any()]
    if lacking:
        yield _entry(
            model,
            "feeds",
            lacking,
            N_(
                "No secondary that they feed, or of their language, faith and authority, is in "
                "this pyramid. Schools: %(schools)s."
            ),
        )


def _contributing(model: Model, members: Sequence[int]) -> Iterator[RuleAgainst]:
    if not model.policy.contributing or not members:
        return
    if contributors(model, rows_of(model, [members])).any():
        return
    if model.strong[list(members)].any():
        yield _entry(
            model,
            "contributing_fsm",
            members,
            N_("No contributing school with an intake like the others'. Schools: %(schools)s."),
        )
    else:
        yield _entry(
            model,
            "contributing",
            members,
            N_("No contributing school among them. Schools: %(schools)s."),
        )
