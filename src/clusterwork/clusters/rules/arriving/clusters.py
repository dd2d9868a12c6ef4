"""Which clusters the rows name, and what all rows of one together say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from clusterwork.clusters.imports.records import Record
from clusterwork.clusters.rules.arriving.held import Held, HeldCluster, KnownProgramme
from clusterwork.clusters.rules.arriving.plans import ClusterPlan, refused
from clusterwork.clusters.states.cluster import MOVES
from clusterwork.kernel.messages import N_
from clusterwork.registry.rules.names import fold

# What a row says of its cluster, by the column that says it.
FACTS = {
    "cluster_from": "start_on",
    "cluster_until": "end_on",
    "status": "status",
    "cluster_cy": "name_cy",
}


class Clusters:
    """The clusters of the file, in its order; each row's own through `plan_for`."""

    def __init__(
        self, held: Held, organisations: Mapping[int, Sequence[str]], default: int | None
    ) -> None:
        self._organisations = organisations
        self._default = default
        self._programmes = held.programmes
        self._codes = {(each.organisation_id, fold(each.code)): each for each in held.clusters}
        self._names: dict[tuple[int, str], list[HeldCluster]] = {}
        for each in held.clusters:
            for name in {fold(name) for name in (each.working_name, each.name, each.name_cy)}:
                if name:
                    self._names.setdefault((each.organisation_id, name), []).append(each)
        self.plans: list[ClusterPlan] = []
        self._found: dict[tuple[object, ...], ClusterPlan] = {}

    def plan_for(self, record: Record) -> ClusterPlan:
        """The cluster of the row, with what the row says of it; raises `RowRefused`."""
        organisation = self._organisation(record)
        plan = self._plan(record, organisation)
        self._check_name(record, plan)
        self._check_code(record, plan)
        for column, name in FACTS.items():
            self._say(plan, record, column, getattr(record.cluster, name), name)
        for name in record.cluster.programmes:
            programme = self._programme(name, plan)
            plan.programmes.setdefault(programme.id, (programme, record.line))
        return plan

    def _organisation(self, record: Record) -> int:
        if not record.cluster.organisation:
            if self._default is not None:
                return self._default
            raise refused(
                "organisation",
                "",
                N_("The row does not say which organisation the cluster belongs to."),
                N_("Write one of these: %(names)s."),
                names=self._names_of_organisations(),
            )
        asked = fold(record.cluster.organisation)
        for pk, names in self._organisations.items():
            if asked in {fold(name) for name in names if name}:
                return pk
        raise refused(
            "organisation",
            record.cluster.organisation,
            N_("You bring no clusters in for this organisation."),
            N_("Write one of these, or leave the cell empty: %(names)s."),
            names=self._names_of_organisations(),
        )

    def _names_of_organisations(self) -> str:
        return "; ".join(names[0] for names in list(self._organisations.values())[:10])

    def _plan(self, record: Record, organisation: int) -> ClusterPlan:
        facts = record.cluster
        name, code = fold(facts.name), fold(facts.code)
        by_code = self._codes.get((organisation, code)) if code else None
        named = self._names.get((organisation, name), [])
        if by_code is None and len(named) > 1:
            raise refused(
                "cluster",
                facts.name,
                N_("More than one cluster of the organisation has this name."),
                N_("Write the cluster's code beside it. Codes: %(codes)s."),
                codes=", ".join(each.code or "–" for each in named),
            )
        held = by_code or (named[0] if named else None)
        _check_free(facts.name, named, held)
        key = ("held", held.id) if held else ("code", organisation, code) if code else None
        plan = self._found.get(key) if key else None
        plan = plan or self._found.get(("name", organisation, name))
        if plan is None:
            plan = ClusterPlan(organisation, facts.name, held, record.line, code=facts.code)
            self.plans.append(plan)
        if key:
            self._found[key] = plan
        self._found.setdefault(("name", organisation, name), plan)
        return plan

    def _check_name(self, record: Record, plan: ClusterPlan) -> None:
        """Rows that the code brings together carry one name, the new one of a held cluster too."""
        held = plan.held
        known = (held.working_name, held.name, held.name_cy) if held else ()
        if fold(record.cluster.name) not in {fold(each) for each in (plan.name, *known)}:
            raise refused(
                "cluster",
                record.cluster.name,
                N_("Another row with the same code has another name. Line %(line)s: %(name)s."),
                N_("Write the same name in all rows of the cluster."),
                line=plan.line,
                name=plan.name,
            )

    def _check_code(self, record: Record, plan: ClusterPlan) -> None:
        code = record.cluster.code
        known = (plan.held.code if plan.held else "") or plan.code
        if code and not known:
            plan.code = code
        elif code and fold(code) != fold(known):
            raise refused(
                "code",
                code,
                N_("The cluster already has another code: %(known)s."),
                N_("Write the same code in all rows of the cluster, or give it another name."),
                known=known,
            )

    def _say(
        self, plan: ClusterPlan, record: Record, column: str, value: object, name: str
    ) -> None:
        if not value:
            return
        said, line = plan.said.setdefault(column, (value, record.line))
        if said != value:
            raise refused(
                column,
                value,
                N_("Another row of the same cluster says otherwise. Line %(line)s: %(said)s."),
                N_("Write the same in all rows of the cluster, or only once."),
                line=line,
                said=said,
            )
        if column == "status" and plan.held:
            check_move(plan.held, str(value))
        setattr(plan, name, value)

    def _programme(self, name: str, plan: ClusterPlan) -> KnownProgramme:
        asked = fold(name)
        mine = [p for p in self._programmes if p.organisation_id in self._organisations]
        found = [p for p in mine if asked in {fold(each) for each in p.names if each}]
        own = [p for p in found if p.organisation_id == plan.organisation_id] or found
        if len(own) == 1:
            return own[0]
        raise refused(
            "programme",
            name,
            N_("There is no programme of this name."),
            N_("Start the programme first, or write one of these: %(names)s."),
            names="; ".join(each.names[0] for each in mine[:10]) or "–",
        )


def check_move(held: HeldCluster, status: str) -> None:
    """Raises `RowRefused` where the cluster's status can't move there in one step."""
    if status == held.status:
        return
    if not any((held.status, status) == (move.source, move.target) for move in MOVES):
        raise refused(
            "status",
            status,
            N_("The cluster stands at: %(now)s. From there it does not come to: %(status)s."),
            N_("Leave the cell empty, or change the status on the cluster's own page."),
            now=held.status,
            status=status,
        )


def settle_starts(plans: Iterable[ClusterPlan], records: Mapping[int, list[Record]]) -> None:
    """A new cluster that no row dates began with its first member."""
    for plan in plans:
        if plan.held is None and plan.start_on is None:
            starts = [each.start_on for each in records.get(id(plan), []) if each.start_on]
            plan.start_on = min(starts, default=None)


def _check_free(name: str, named: Sequence[HeldCluster], held: HeldCluster | None) -> None:
    """The code's cluster does not take the name of another one that goes on."""
    if held and any(each.id != held.id and each.span.end is None for each in named):
        raise refused(
            "cluster",
            name,
            N_("Another cluster of the organisation has this name."),
            N_("Write a name that tells it apart, such as a village, a valley or a river."),
        )
