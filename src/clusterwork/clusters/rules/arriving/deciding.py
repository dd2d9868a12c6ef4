"""From the rows of the file to the steps that loading it would take; refuses row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from clusterwork.clusters.imports.records import Record
from clusterwork.clusters.rules.arriving.clusters import Clusters, settle_starts
from clusterwork.clusters.rules.arriving.held import Held, KnownSchool, Span
from clusterwork.clusters.rules.arriving.members import Members
from clusterwork.clusters.rules.arriving.people import People
from clusterwork.clusters.rules.arriving.plans import ClusterPlan, Draft, Office, Stay, refused
from clusterwork.clusters.rules.arriving.programmes import Programmes
from clusterwork.clusters.rules.arriving.schools import Schools
from clusterwork.clusters.rules.arriving.steps import steps_of
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.imports.cells import RowRefused
from clusterwork.registry.imports.records import Notice


class Deciding:
    """One reading of the file's records, in the order in which they lean on each other."""

    def __init__(
        self,
        draft: Draft,
        held: Held,
        schools: Mapping[int, Schools],
        organisations: Mapping[int, Sequence[str]],
        default: int | None,
    ) -> None:
        self.draft, self.held, self.schools = draft, held, schools
        self.clusters = Clusters(held, organisations, default)
        self.members = Members(held, schools)
        self.people = People(held, self.members)
        self.programmes = Programmes(held)
        self.plan_of: dict[int, ClusterPlan] = {}
        self.by_plan: dict[int, list[Record]] = defaultdict(list)
        self.stay_of: dict[int, Stay] = {}
        self.refused: set[int] = set()

    def decide(self, records: Sequence[Record]) -> Draft:
        """Fills the draft with steps, rejections and notices."""
        for record in records:
            self._try(record, self._name_cluster)
        settle_starts(self.clusters.plans, self.by_plan)
        self._check_plans()
        for record in records:
            self._try(record, self._member)
        self._check_lives()
        for record in records:
            self._try(record, self._chair)
        for plan in self.clusters.plans:
            self._columns(plan)
        for record in records:
            self._try(record, self._in_role)
        for record in records:
            self._try(record, self._rests)
        self._finish()
        return self.draft

    def _try(self, record: Record, act: object) -> None:
        if record.line in self.refused:
            return
        try:
            act(record)  # type: ignore[operator]
        except RowRefused as refusal:
            self._refuse(record, refusal)

    def _refuse(self, record: Record, refusal: Exception) -> None:
        if not isinstance(refusal, RowRefused):
            raise refusal
        if record.line not in self.refused:
            self.refused.add(record.line)
            self.draft.refuse(record, refusal)

    def _name_cluster(self, record: Record) -> None:
        plan = self.clusters.plan_for(record)
        self.plan_of[record.line] = plan
        self.by_plan[id(plan)].append(record)

    def _check_plans(self) -> None:
        for plan in self.clusters.plans:
            refusal = _wrong_life(plan)
            for record in self.by_plan[id(plan)] if refusal else ():
                self._refuse(record, refusal)  # type: ignore[arg-type]
            if refusal is None:
                for programme, line in self.programmes.apart(plan):
                    self._refuse_line(plan, line, _never_meets(programme.names[0]))

    def _refuse_line(self, plan: ClusterPlan, line: int, refusal: RowRefused) -> None:
        for record in self.by_plan[id(plan)]:
            if record.line == line:
                self._refuse(record, refusal)

    def _member(self, record: Record) -> None:
        if not record.is_membership:
            return
        stay = self.members.stay_for(record, self.plan_of[record.line])
        try:
            self.programmes.take_place(stay)
        except RowRefused:
            self.members.drop(stay)
            raise
        self.stay_of[record.line] = stay

    def _check_lives(self) -> None:
        """What is held and not in the file still has to lie within the cluster's life."""
        for plan in self.clusters.plans:
            if plan.held is None or plan.held.span == plan.span:
                continue
            beyond = [m for m in self.members.untouched(plan) if not m.span.within(plan.span)]
            column = "cluster_until" if plan.end_on else "cluster_from"
            line = plan.said.get(column, (None, plan.line))[1]
            if beyond:
                self._refuse_line(plan, line, _leaves_out(column, plan, beyond[0].label))

    def _chair(self, record: Record) -> None:
        if record.chair and record.line in self.stay_of:
            self.people.chair_of(self.stay_of[record.line])

    def _columns(self, plan: ClusterPlan) -> None:
        rows: list[tuple[Record, Span, KnownSchool | None]] = []
        for record in self.by_plan[id(plan)]:
            stay = self.stay_of.get(record.line)
            if record.line in self.refused or record.role:
                continue
            rows.append((record, stay.span if stay else plan.span, stay.school if stay else None))
        pairs = [(record, span) for record, span, _ in rows]
        self.people.coordinators(plan, pairs, self._refuse)
        self.people.advisers(plan, rows, self._refuse)

    def _in_role(self, record: Record) -> None:
        if not record.role:
            return
        plan = self.plan_of[record.line]
        school = None
        if record.number or record.school:
            school = self.schools[plan.organisation_id].meant_by(record, record.start_on)
        self.people.in_role(record, plan, school)

    def _rests(self, record: Record) -> None:
        stay = self.stay_of.get(record.line)
        if stay and stay.held and (left := self.people.resting(stay)):
            raise refused(
                "until",
                stay.span.end,
                N_(
                    "Somebody holds a role for the school on days when it is not in the cluster: "
                    "%(name)s, from %(start)s to %(end)s."
                ),
                N_("Add a row for this person with dates within the membership."),
                name=left.name,
                start=left.span.start,
                end=left.span.end or "–",
            )

    def _finish(self) -> None:
        """The steps of what was not refused; a chair refused takes its row's membership with it."""
        good = {id(plan): plan for line, plan in self.plan_of.items() if line not in self.refused}
        for plan in self.clusters.plans:
            if id(plan) not in good:
                continue
            stays = [s for s in self.members.stays[id(plan)] if not self._is_refused([s.record])]
            offices = [o for o in self.people.offices[id(plan)] if not self._is_refused(o.records)]
            offices = [office for office in offices if self._still_stands(office)]
            joined = self.programmes.new_for(plan)
            steps, unchanged = steps_of(plan, stays, offices, joined, self.draft.as_at)
            self.draft.steps += steps
            self.draft.n_unchanged += unchanged
        self.draft.steps.sort(key=lambda step: step.line)
        self.draft.rejections.sort(key=lambda each: each.line)
        self._note()

    def _is_refused(self, records: Sequence[Record]) -> bool:
        return all(record.line in self.refused for record in records)

    def _still_stands(self, office: Office) -> bool:
        return not (office.role == "chair" and self._is_refused(office.records))

    def _note(self) -> None:
        left = sum(len(self.members.untouched(plan)) for plan in self.clusters.plans if plan.held)
        notes = []
        if left:
            text = N_("Memberships of these clusters that the file does not name stay: %(n)s.")
            notes.append(Message(text, {"n": left}))
        if self.people.n_unnamed:
            text = N_(
                "Chairs that are ticked and not named: %(n)s. They are shown as the headteacher; "
                "write the name in place of the tick to name them."
            )
            notes.append(Message(text, {"n": self.people.n_unnamed}))
        self.draft.notices += [Notice(0, note) for note in notes]


def _wrong_life(plan: ClusterPlan) -> RowRefused | None:
    try:
        span = plan.span
    except ValueError:
        return refused(
            "cluster_from",
            "",
            N_("No row says since when there is the cluster, or since when a school is in it."),
            N_("Write the first day in one of its rows."),
        )
    if span.end and span.end <= span.start:
        return refused(
            "cluster_until",
            span.end,
            N_("The cluster would end before it began, on %(start)s."),
            N_("Correct one of the dates."),
            start=span.start,
        )
    return None


def _never_meets(programme: str) -> RowRefused:
    return refused(
        "programme",
        programme,
        N_("The cluster and the programme are never there at the same time."),
        N_("Correct the dates of the cluster, or leave the programme out."),
    )


def _leaves_out(column: str, plan: ClusterPlan, member: str) -> RowRefused:
    return refused(
        column,
        plan.end_on or plan.start_on,
        N_("A membership that is held and not in the file reaches further: %(member)s."),
        N_("Add its row with its own dates, or correct this date."),
        member=member,
    )
