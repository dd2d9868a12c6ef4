"""What a look or a result rests on besides its plan: what was left out, and what was not known."""

from __future__ import annotations

from collections.abc import Iterator

from clusterwork.evaluation.impact_adapter.grouping import Grouped, not_known, used_facts
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Sample
from clusterwork.kernel.messages import N_, Message

THIN = N_(
    "School years in which fewer than half of the clusters’ schools have a figure are left out: "
    "%(years)s."
)
AFTER = N_(
    "Clusters whose first whole school year comes after the last one that is looked at are left "
    "out: %(n)s."
)
TWINS = N_(
    "Schools of the clusters whose earlier figures another of their schools carries are left out: "
    "%(n)s."
)
ALONE = N_("Schools or clusters beside which nobody similar stands are left out: %(n)s.")
UNKNOWN = {
    "pupils": N_(
        "Schools are not alike in their number of pupils: it is not known before the start."
    ),
    "meals": N_(
        "Schools are not alike in free school meals: the share is not known before the start."
    ),
}

FELL_BACK = N_(
    "Nothing in which schools were to be alike is known before the start, so they are alike in "
    "their results before it instead."
)


def notes_of(sample: Sample, groups: Grouped, plan: AnalysisPlan) -> tuple[Message, ...]:
    """In the order in which things are done."""
    return tuple(_notes(sample, groups, plan))


def _notes(sample: Sample, groups: Grouped, plan: AnalysisPlan) -> Iterator[Message]:
    if sample.thin:
        yield Message(THIN, {"years": ", ".join(map(str, sample.thin))})
    if sample.n_after:
        yield Message(AFTER, {"n": sample.n_after})
    if sample.n_twins:
        yield Message(TWINS, {"n": sample.n_twins})
    if groups.matched is None:
        return
    yield from (Message(UNKNOWN[name]) for name in not_known(groups, plan))
    if not used_facts(groups) & set(plan.alike_by):
        yield Message(FELL_BACK)
    if groups.matched.alone:
        yield Message(ALONE, {"n": len(groups.matched.alone)})
