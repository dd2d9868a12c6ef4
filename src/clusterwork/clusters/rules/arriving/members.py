"""Who is in which cluster from when until when, by the rows of the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from clusterwork.clusters.imports.records import Record
from clusterwork.clusters.rules.arriving.held import Held, HeldMembership, KnownSchool, Span, Who
from clusterwork.clusters.rules.arriving.plans import ClusterPlan, Stay, refused
from clusterwork.clusters.rules.arriving.schools import Schools
from clusterwork.kernel.messages import N_
from clusterwork.registry.rules.names import fold


class Members:
    """The stays of the file so far, and the held ones that they correct."""

    def __init__(self, held: Held, schools: Mapping[int, Schools]) -> None:
        self._held = held
        self._schools = schools
        self.stays: dict[int, list[Stay]] = defaultdict(list)
        """By the id() of the plan."""
        self._taken: dict[int, Stay] = {}

    def stay_for(self, record: Record, plan: ClusterPlan) -> Stay:
        """The membership that the row tells of; raises `RowRefused`."""
        first = record.start_on or plan.start_on or (plan.held.span.start if plan.held else None)
        school, partner, who = self._who(record, plan, first)
        label = school.label if school else record.school
        held = self._held_like(plan, who, record, first)
        span = _span(record, plan, held)
        stay = Stay(plan, record, who, label, school, partner, span, _part(record, held), held)
        _check_life(stay)
        _check_open(stay)
        _check_says_what(stay)
        self._check_alone(stay)
        if held:
            self._taken[held.id] = stay
        self.stays[id(plan)].append(stay)
        return stay

    def drop(self, stay: Stay) -> None:
        """Takes a stay away again, because its row is refused."""
        self.stays[id(stay.plan)].remove(stay)
        if stay.held:
            self._taken.pop(stay.held.id, None)

    def of(self, plan: ClusterPlan, who: Who) -> list[Stay]:
        """The file's stays of one member in one cluster."""
        return [stay for stay in self.stays[id(plan)] if stay.who == who]

    def untouched(self, plan: ClusterPlan) -> list[HeldMembership]:
        """Held memberships that no row of the file tells of."""
        return [each for each in self._memberships(plan) if each.id not in self._taken]

    def is_in(self, plan: ClusterPlan, who: Who, day: date) -> bool:
        """Whether the member is in the cluster on the day, by the file or as held."""
        theirs = [stay.span for stay in self.of(plan, who)]
        theirs += [each.span for each in self.untouched(plan) if each.who == who]
        return any(span.holds(day) for span in theirs)

    def _memberships(self, plan: ClusterPlan) -> Sequence[HeldMembership]:
        return self._held.memberships.get(plan.held.id, ()) if plan.held else ()

    def _who(
        self, record: Record, plan: ClusterPlan, first: date | None
    ) -> tuple[KnownSchool | None, tuple[str, str] | None, Who]:
        if record.partner_kind:
            kind = record.partner_kind
            return None, (kind, record.school), ("partner", kind, fold(record.school))
        school = self._schools[plan.organisation_id].meant_by(record, first)
        return school, None, ("school", school.id, "")

    def _held_like(
        self, plan: ClusterPlan, who: Who, record: Record, first: date | None
    ) -> HeldMembership | None:
        """The held membership that the row tells of: of the same start, else the one it meets."""
        theirs = [each for each in self._memberships(plan) if each.who == who]
        theirs = [each for each in theirs if each.id not in self._taken]
        if first is None:
            return None
        if record.start_on is None and len(theirs) == 1 and not self.of(plan, who):
            return theirs[0]
        for each in theirs:
            if each.span.start == first:
                return each
        meets = [each for each in theirs if each.span.overlaps(Span(first, record.end_on))]
        return meets[0] if len(meets) == 1 else None

    def _check_alone(self, stay: Stay) -> None:
        for other in self.of(stay.plan, stay.who):
            if other.span == stay.span:
                raise refused(
                    "school_number" if stay.record.number else "school",
                    stay.record.number or stay.record.school,
                    N_("The same membership is already in line %(line)s."),
                    N_("Keep one of the two rows."),
                    line=other.record.line,
                )
            if other.span.overlaps(stay.span):
                raise _overlapping(stay, other.span, other.record.line)
        for held in self.untouched(stay.plan):
            if held.who == stay.who and held is not stay.held and held.span.overlaps(stay.span):
                raise _overlapping(stay, held.span, None)


def _overlapping(stay: Stay, other: Span, line: int | None) -> Exception:
    where = {"start": other.start, "end": other.end or "–"}
    if line is None:
        return refused(
            "from",
            stay.span.start,
            N_("It is in the cluster already for part of that time, from %(start)s until %(end)s."),
            N_("Choose dates that do not overlap with what is held."),
            **where,
        )
    return refused(
        "from",
        stay.span.start,
        N_("It is in the cluster twice for part of the time. Line %(line)s: %(start)s to %(end)s."),
        N_("Write in one of the rows until when, or keep only one of them."),
        line=line,
        **where,
    )


def _part(record: Record, held: HeldMembership | None) -> str:
    if record.partner_kind:
        return "partner"
    return record.part or (held.part if held else "core")


def _span(record: Record, plan: ClusterPlan, held: HeldMembership | None) -> Span:
    start = record.start_on or (held.span.start if held else None) or plan.start_on
    start = start or (plan.held.span.start if plan.held else None)
    if start is None:
        raise refused(
            "from",
            "",
            N_("Neither the row nor its cluster says since when."),
            N_("Write the first day of the membership, or that of the cluster."),
        )
    end = record.end_on or (held.span.end if held else None)
    life = plan.end_on or (plan.held.span.end if plan.held else None)
    if record.end_on is None and life and (end is None or end > life):
        end = life
    if end is not None and end <= start:
        raise refused(
            "until" if record.end_on else "from",
            record.end_on or start,
            N_("The membership would end before it starts: from %(start)s until %(end)s."),
            N_("Correct one of the dates."),
            start=start,
            end=end,
        )
    return Span(start, end)


def _check_life(stay: Stay) -> None:
    life = stay.plan.span
    if stay.span.start < life.start:
        raise refused(
            "from",
            stay.span.start,
            N_("The membership starts before the cluster, which began on %(start)s."),
            N_("Correct the date, or that from which there is a cluster."),
            start=life.start,
        )
    if not stay.span.within(life):
        raise refused(
            "until",
            stay.span.end,
            N_("The membership goes beyond the cluster, which ends on %(end)s."),
            N_("Correct the date, or that until which there is a cluster."),
            end=life.end,
        )


def _check_open(stay: Stay) -> None:
    """A closed school was a member at most until the day on which it closed."""
    school = stay.school
    if school is None or not school.is_closed:
        return
    closed_on, end = school.closed_on, stay.span.end
    if end and (closed_on is None or end <= closed_on):
        return
    column = "school_number" if stay.record.number else "school"
    value = stay.record.number or stay.record.school
    told = {"school": school.label, "on": closed_on or "–", "after": school.successor or "–"}
    if stay.record.end_on:
        column, value = "until", stay.record.end_on.isoformat()
    raise refused(
        column,
        value,
        N_("The school has closed: %(school)s. Day: %(on)s. What came after it: %(after)s."),
        N_("Write that day or an earlier one as the end, and give what came after it its own row."),
        **told,
    )


def _check_says_what(stay: Stay) -> None:
    if stay.part == "contributing" and not stay.values()["contributes"]:
        raise refused(
            "contributes",
            "",
            N_("A contributing school needs to say what it contributes."),
            N_("Write what it contributes, or choose another part."),
        )
