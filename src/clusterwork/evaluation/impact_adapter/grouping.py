"""Who stands beside whom: each cluster's schools, and groups of similar schools like them.

Beside each cluster stand k comparison groups out of one area each, as large as the cluster and of
schools that are like its schools, nobody twice (see `impact.matching.mirrors`). An area is an
authority, or, where schools of the clusters' own authorities are wanted, a neighbourhood in it.
Where clusters are held against clusters, the k most similar of these are taken for each, or all
that start later.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from clusterwork.evaluation.rules.neighbourhoods import neighbourhoods
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.sample import Sample, Unit, whole
from clusterwork.impact.diagnostics import Step
from clusterwork.impact.matching import Matched, Mirrored, match, mirrored
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

OURS = "p"
BESIDE = "c"
EXACT = ("phase", "medium")
NOT_TOLD = "-"
NEIGHBOURHOOD = 30  # schools, of whom those most like a cluster's make a group


class NobodySimilar(Problem):
    """No area has as many schools of the same kind as a cluster."""


class NothingComplete(Problem):
    """No school of the clusters, or none beside them, has all that is needed."""


@dataclass(frozen=True)
class Grouped:
    """label -> schools, of the clusters that are looked at and of what they are held against.

    starts: the start of each of ours. steps: how many schools are left on the way. matched: None
    where nothing was matched.
    """

    ours: Mapping[str, tuple[Unit, ...]]
    others: Mapping[str, tuple[Unit, ...]]
    starts: Mapping[str, int]
    steps: tuple[Step, ...]
    matched: Matched | None

    @property
    def n_ours(self) -> int:
        """Schools of ours."""
        return sum(map(len, self.ours.values()))

    @property
    def n_others(self) -> int:
        """Schools beside them."""
        return sum(map(len, self.others.values()))


def grouped(sample: Sample, plan: AnalysisPlan) -> Grouped:
    """Groups of schools with a figure in every year; matched on what was known before the start.

    Raises NothingComplete, NobodySimilar and what `impact.matching` raises.
    """
    base = tuple(year for year in sample.years if year < sample.starts[0])
    ours = [unit for unit in sample.ours if whole(unit, sample.years)]
    others = [unit for unit in sample.others if whole(unit, sample.years)]
    first = Step("in", len(sample.ours) + sample.n_late, len(sample.others))
    steps = [first, Step("there from the start", len(sample.ours), len(sample.others))]
    steps.append(Step("figures in every year", len(ours), len(others)))
    _must_be_both(ours, others, base)
    if plan.comparison == "schools":
        return _of_schools(sample, plan, base, (ours, others), steps)
    if plan.comparison == "clusters":
        return _of_clusters(sample, plan, base, (ours, others), steps)
    mine, beside = _by_cluster(OURS, ours), _by_cluster(BESIDE, others)
    return Grouped(mine, beside, _starts(sample, mine), tuple(steps), None)


Arms = tuple[Sequence[Unit], Sequence[Unit]]


def _of_schools(
    sample: Sample, plan: AnalysisPlan, base: Sequence[int], arms: Arms, steps: list[Step]
) -> Grouped:
    ours, others = arms
    found = _mirrored(ours, others, plan, base)
    if not found.mirrors:
        raise _nobody_similar()
    by_pk = {str(unit.pk): unit for unit in (*ours, *others)}
    beside = {
        f"{each.group}~{each.place}": tuple(by_pk[other] for other in each.others.values())
        for each in found.mirrors
    }
    served = {each.group for each in found.mirrors}
    used = {pair.unit for pair in found.matched.pairs}
    kept = [unit for unit in ours if str(unit.pk) in used]
    mine = {label: units for label, units in _by_cluster(OURS, kept).items() if label in served}
    matched = found.matched
    lost = sum(unit in by_pk and by_pk[unit].cluster is not None for unit in matched.left_out)
    steps.append(Step("facts known", len(ours) - lost, matched.n_controls))
    steps.append(Step("matched", len(kept), sum(map(len, beside.values()))))
    return Grouped(mine, dict(sorted(beside.items())), _starts(sample, mine), tuple(steps), matched)


def _of_clusters(
    sample: Sample, plan: AnalysisPlan, base: Sequence[int], arms: Arms, steps: list[Step]
) -> Grouped:
    ours, others = arms
    mine, beside = _by_cluster(OURS, ours), _by_cluster(BESIDE, others)
    rows = [_pooled(label, units, base) for label, units in (*mine.items(), *beside.items())]
    matched = _matched(rows, plan, mine.keys())
    chosen = {pair.other for pair in matched.pairs}
    kept = {pair.unit for pair in matched.pairs}
    mine = {label: units for label, units in mine.items() if label in kept}
    beside = {label: units for label, units in beside.items() if label in chosen}
    n_mine, n_beside = (sum(map(len, each.values())) for each in (mine, beside))
    steps.append(Step("matched", n_mine, n_beside))
    return Grouped(mine, beside, _starts(sample, mine), tuple(steps), matched)


def _mirrored(
    ours: Sequence[Unit], others: Sequence[Unit], plan: AnalysisPlan, base: Sequence[int]
) -> Mirrored:
    areas = _areas(others) if plan.where == "area" else {}
    rows = [
        _row(unit, base, EXACT)
        | {"ours": int(unit.cluster is not None), "group": f"{OURS}{unit.cluster}"}
        | {"area": areas.get(unit.pk, str(unit.area))}
        for unit in (*ours, *others)
    ]
    frame, chosen = _frame(rows, plan)
    return mirrored(frame, "ours", "unit", "group", "area", chosen, list(EXACT), k=plan.neighbours)


def _areas(others: Sequence[Unit]) -> dict[int, str]:
    """Neighbourhoods of the schools of each authority; one more for those without a place."""
    by_authority: dict[int, dict[int, tuple[int, int]]] = {}
    for unit in others:
        if unit.place is not None:
            by_authority.setdefault(unit.area, {})[unit.pk] = unit.place
    return {
        pk: f"{authority}.{number}"
        for authority, places in by_authority.items()
        for pk, number in neighbourhoods(places, NEIGHBOURHOOD).items()
    }


Row = dict[str, object]


def _row(unit: Unit, base: Sequence[int], exact: Iterable[str]) -> Row:
    """A school with what was known of it before the first start."""
    last = base[-1]
    return {
        "unit": str(unit.pk),
        "pupils": _latest(unit.pupils, last),
        "meals": _latest(unit.meals, last),
        "before": sum(unit.figures[year].value for year in base) / len(base),
        **{name: getattr(unit, name) or NOT_TOLD for name in exact},
    }


def _pooled(label: str, units: Sequence[Unit], base: Sequence[int]) -> Row:
    """A cluster as the means of its schools."""
    rows = [_row(unit, base, ()) for unit in units]
    return {
        "unit": label,
        **{name: _mean(row[name] for row in rows) for name in ("pupils", "meals", "before")},
    }


def _mean(values: Iterable[object]) -> float | None:
    known = [float(str(value)) for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _latest(by_year: Mapping[int, float], last: int) -> float | None:
    """The value of the year, else of the nearest year before it; nothing that came later."""
    earlier = [year for year in by_year if year <= last]
    return by_year[max(earlier)] if earlier else None


def _frame(rows: list[Row], plan: AnalysisPlan) -> tuple[pl.DataFrame, list[str]]:
    """The rows, and those of the plan's facts that are known of most; results before else."""
    chosen = [name for name in plan.alike_by if _is_known(rows, name)]
    return pl.DataFrame(rows, infer_schema_length=None), chosen or ["before"]


def _is_known(rows: Sequence[Row], name: str) -> bool:
    """Whether at least half of the schools have the fact; the others are then left out."""
    return 2 * sum(row[name] is not None for row in rows) >= len(rows)


def used_facts(groups: Grouped) -> frozenset[str]:
    """In what schools were made alike."""
    return frozenset(map(str, groups.matched.choices.covariates) if groups.matched else ())


def not_known(groups: Grouped, plan: AnalysisPlan) -> tuple[str, ...]:
    """Facts of the plan in which nobody was made alike, because they are not known of most."""
    used = used_facts(groups)
    return tuple(name for name in plan.alike_by if name != "before" and name not in used)


def _matched(rows: list[Row], plan: AnalysisPlan, ours: Collection[str]) -> Matched:
    for row in rows:
        row["ours"] = int(row["unit"] in ours)
    frame, chosen = _frame(rows, plan)
    return match(
        frame,
        treated="ours",
        unit="unit",
        covariates=chosen,
        k=plan.neighbours,
        replace=False,
        missing="leave_out",
    )


def _by_cluster(letter: str, units: Iterable[Unit]) -> dict[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = {}
    for unit in units:
        found.setdefault(f"{letter}{unit.cluster}", []).append(unit)
    return {label: tuple(schools) for label, schools in sorted(found.items())}


def _starts(sample: Sample, ours: Iterable[str]) -> dict[str, int]:
    return {label: sample.clusters[int(label[1:])].start or 0 for label in ours}


def _must_be_both(ours: Sequence[Unit], others: Sequence[Unit], base: Sequence[int]) -> None:
    if ours and others and base:
        return
    if not base:
        raise NothingComplete(
            Message(N_("There is no figure of a year before the first cluster started.")),
            why=Message(N_("Without a before there is no change to compare.")),
            next_step=Message(N_("Choose an earlier first year, or load earlier figures.")),
        )
    raise NothingComplete(
        Message(N_("Too few schools have a figure in every year.")),
        why=Message(
            N_(
                "Schools of the clusters with all figures: %(ours)s. Schools that may stand beside "
                "them: %(others)s."
            ),
            {"ours": len(ours), "others": len(others)},
        ),
        next_step=Message(
            N_("Choose fewer years or another measure, or load the figures that are missing.")
        ),
    )


def _nobody_similar() -> NobodySimilar:
    return NobodySimilar(
        Message(N_("Beside none of the clusters a group of similar schools can be put.")),
        why=Message(
            N_(
                "A comparison group comes out of one area and has a school of the same phase and "
                "language for each of the cluster’s schools. No area has enough of them."
            )
        ),
        next_step=Message(
            N_("Look for schools everywhere, or choose clusters to hold these against.")
        ),
    )
