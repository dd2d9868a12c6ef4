"""Who chairs, coordinates and advises which cluster from when until when, by the file's rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from clusterwork.clusters.imports.records import Named, Record
from clusterwork.clusters.rules.arriving.held import Held, HeldAppointment, KnownSchool, Span
from clusterwork.clusters.rules.arriving.members import Members
from clusterwork.clusters.rules.arriving.plans import ClusterPlan, Office, Stay, refused
from clusterwork.clusters.rules.spans import covered
from clusterwork.kernel.messages import N_
from clusterwork.registry.rules.names import fold

UNNAMED = "Headteacher"
"""Stands where a school is ticked as the chair and nobody knows the name of its head."""
OF_ONE_SCHOOL = ("link_person", "chair_of_governors")
ALONE = ("chair", "link_adviser", *OF_ONE_SCHOOL)
SCHOOL_NEEDED = ("chair", *OF_ONE_SCHOOL)


class People:
    """The offices of the file so far, and the held appointments that they correct."""

    def __init__(self, held: Held, members: Members) -> None:
        self._held, self._members = held, members
        self.offices: dict[int, list[Office]] = defaultdict(list)
        """By the id() of the plan."""
        self._taken: set[int] = set()
        self.n_unnamed = 0

    def chair_of(self, stay: Stay) -> Office:
        """The chair that a school's row names or ticks; raises `RowRefused`."""
        named = stay.record.chair
        if named is None or stay.school is None:
            raise refused(
                "chair",
                named.name if named else "",
                N_("A partner can't chair a cluster of schools."),
                N_("Take the tick away, or name a school."),
            )
        start, end = named.start_on or stay.span.start, named.end_on or stay.span.end
        span = _period(start, end, "chair_until")
        if not span.within(stay.span):
            column = "chair_from" if not stay.span.holds(start) else "chair_until"
            raise _not_a_member(column, start if column == "chair_from" else named.end_on, stay)
        name = named.name or self._head_of(stay.school, span.start)
        office = Office(
            stay.plan, [stay.record], "chair", name, named.email, stay.school, "", span, "chair",
            named.start_on is not None, named.end_on is not None, within=stay.span,
        )  # fmt: skip
        return self._added(office)

    def _head_of(self, school: KnownSchool, day: date) -> str:
        for name, span in self._held.heads.get(school.id, ()):
            if span.holds(day):
                return name
        self.n_unnamed += 1
        return UNNAMED

    def in_role(self, record: Record, plan: ClusterPlan, school: KnownSchool | None) -> Office:
        """The appointment that a row for a person tells of; raises `RowRefused`."""
        start = record.start_on or plan.span.start
        end = record.end_on or plan.span.end
        if record.role in SCHOOL_NEEDED and school is None:
            raise refused(
                "school_number",
                "",
                N_("This role needs its school."),
                N_("Write the number or the name of the school."),
            )
        span = _period(start, end, "until")
        if not span.within(plan.span):
            raise _beyond(record, plan.span)
        self._check_in(record, plan, school, start)
        office = Office(
            plan, [record], record.role, record.person, record.email, school, record.strand, span,
            "person", record.start_on is not None, record.end_on is not None, record.reason,
        )  # fmt: skip
        return self._added(office)

    def _check_in(
        self, record: Record, plan: ClusterPlan, school: KnownSchool | None, day: date
    ) -> None:
        if school is None or record.role not in SCHOOL_NEEDED:
            return
        if not self._members.is_in(plan, ("school", school.id, ""), day):
            raise refused(
                "from",
                day,
                N_("The school is not in the cluster on that day: %(school)s."),
                N_("Correct the date or the school, or add the school's membership."),
                school=school.label,
            )

    def coordinators(
        self, plan: ClusterPlan, stays: Sequence[tuple[Record, Span]], refuse: Refuse
    ) -> None:
        """Each name in the column, from the first day to the last of the rows that have it."""
        self._by_name(plan, "coordinator", "coordinator", stays, refuse)

    def advisers(
        self, plan: ClusterPlan, stays: Sequence[tuple[Record, Span, KnownSchool | None]],
        refuse: Refuse,
    ) -> None:  # fmt: skip
        """The name that most rows have is the cluster's adviser; another is its school's own."""
        named = [(record, span, school) for record, span, school in stays if record.adviser]
        counted = Counter(fold(record.adviser.name) for record, _, _ in named if record.adviser)
        if not counted:
            return
        usual = counted.most_common(1)[0][0]
        mine = [
            (record, span)
            for record, span, school in named
            if school is None or _is_named(record.adviser, usual)
        ]
        self._by_name(plan, "link_adviser", "link_adviser", mine, refuse)
        for record, span, school in named:
            if school is not None and not _is_named(record.adviser, usual) and record.adviser:
                office = Office(
                    plan, [record], "link_adviser", record.adviser.name, record.adviser.email,
                    school, "", span, "link_adviser",
                )  # fmt: skip
                self._try(office, refuse)

    def _by_name(
        self,
        plan: ClusterPlan,
        role: str,
        column: str,
        rows: Sequence[tuple[Record, Span]],
        refuse: Refuse,
    ) -> None:
        by_name: dict[str, list[tuple[Record, Named, Span]]] = defaultdict(list)
        for record, span in rows:
            named = record.adviser if role == "link_adviser" else record.coordinator
            if named:
                by_name[fold(named.name)].append((record, named, span))
        for theirs in by_name.values():
            start = min(span.start for _, _, span in theirs)
            ends = [span.end for _, _, span in theirs]
            end = None if None in ends else max(end for end in ends if end)
            email = next((named.email for _, named, _ in theirs if named.email), "")
            office = Office(
                plan, [record for record, _, _ in theirs], role, theirs[0][1].name, email, None,
                "", Span(start, end), column,
            )  # fmt: skip
            self._try(office, refuse)

    def _try(self, office: Office, refuse: Refuse) -> None:
        try:
            self._added(office)
        except Exception as refusal:
            refuse(office.records[0], refusal)

    def _added(self, office: Office) -> Office:
        office.held = self._held_like(office)
        if office.held:
            self._take(office, office.held)
        self._check_alone(office)
        self.offices[id(office.plan)].append(office)
        return office

    def _take(self, office: Office, held: HeldAppointment) -> None:
        """What the file does not say stays as held."""
        self._taken.add(held.id)
        start = office.span.start if office.start_said else held.span.start
        end = office.span.end if office.end_said else held.span.end
        life = office.within or office.plan.span
        office.span = Span(start, end).both(life) or office.span
        if office.name == UNNAMED:
            office.name = held.name
        office.email = office.email or held.email

    def _appointments(self, office: Office) -> list[HeldAppointment]:
        held = office.plan.held
        theirs = self._held.appointments.get(held.id, ()) if held else ()
        return [each for each in theirs if each.role == office.role]

    def _held_like(self, office: Office) -> HeldAppointment | None:
        theirs = [each for each in self._appointments(office) if each.id not in self._taken]
        same = [each for each in theirs if _is_same(each, office)]
        started = [each for each in same if each.span.start == office.span.start]
        met = [each for each in same if each.span.overlaps(office.span)]
        return next(iter(started or met), None)

    def _check_alone(self, office: Office) -> None:
        for other in self.offices[id(office.plan)]:
            if not other.span.overlaps(office.span):
                continue
            if _is_again(office, other):
                raise _again(office, other)
            if _excludes(office, other.role, other.school.id if other.school else None):
                raise _two(office, other.name, other.span, other.records[0].line)
        for held in self._appointments(office):
            if held.id in self._taken or not held.span.overlaps(office.span):
                continue
            if _excludes(office, held.role, held.school_id):
                raise _two(office, held.name, held.span, None)

    def resting(self, stay: Stay) -> HeldAppointment | None:
        """A held chair of the stay's school, not in the file, who would be left without it."""
        held = stay.plan.held
        if held is None or stay.held is None or stay.school is None:
            return None
        spans = [each.span for each in self._members.of(stay.plan, stay.who)]
        spans += [m.span for m in self._members.untouched(stay.plan) if m.who == stay.who]
        for each in self._held.appointments.get(held.id, ()):
            if each.id in self._taken or each.school_id != stay.school.id:
                continue
            if each.role in SCHOOL_NEEDED and not covered(each.span, spans):
                return each
        return None


Refuse = Callable[[Record, Exception], None]


def _is_named(named: Named | None, name: str) -> bool:
    return named is not None and fold(named.name) == name


def _is_same(held: HeldAppointment, office: Office) -> bool:
    """The same person in the same role, or a held chair who has no name yet."""
    school = office.school.id if office.school else None
    if (held.school_id, fold(held.strand)) != (school, fold(office.strand)):
        return False
    nameless = office.role == "chair" and UNNAMED in (held.name, office.name)
    return nameless or fold(held.name) == fold(office.name)


def _excludes(office: Office, role: str, school_id: int | None) -> bool:
    """Whether two such appointments can't hold on one day."""
    if role != office.role or role not in ALONE:
        return False
    return role == "chair" or school_id == (office.school.id if office.school else None)


def _is_again(office: Office, other: Office) -> bool:
    same = (office.role, fold(office.name), fold(office.strand), office.school) == (
        other.role,
        fold(other.name),
        fold(other.strand),
        other.school,
    )
    return same and office.span.overlaps(other.span)


def _period(start: date, end: date | None, column: str) -> Span:
    if end is not None and end <= start:
        raise refused(
            column,
            end,
            N_("The end must come after the start, which is %(start)s."),
            N_("Correct one of the dates. The end is the first day after."),
            start=start,
        )
    return Span(start, end)


def _not_a_member(column: str, day: object, stay: Stay) -> Exception:
    return refused(
        column,
        day,
        N_("The chair's school is not in the cluster on that day, but from %(start)s to %(end)s."),
        N_("Correct the day, or choose a chair from a school that is in the cluster then."),
        start=stay.span.start,
        end=stay.span.end or "–",
    )


def _beyond(record: Record, life: Span) -> Exception:
    column = "from" if record.start_on and record.start_on < life.start else "until"
    return refused(
        column,
        record.start_on if column == "from" else record.end_on,
        N_("The appointment reaches beyond the cluster, which is from %(start)s to %(end)s."),
        N_("Correct the date, or that of the cluster."),
        start=life.start,
        end=life.end or "–",
    )


def _again(office: Office, other: Office) -> Exception:
    return refused(
        office.column,
        office.name,
        N_("The same appointment is already in line %(line)s."),
        N_("Keep one of the two."),
        line=other.records[0].line,
    )


TWO = {
    "chair": N_("Two chairs on one day. The other: %(name)s, from %(start)s to %(end)s."),
    "link_adviser": N_("Two advisers on one day. The other: %(name)s, from %(start)s to %(end)s."),
}
TWO_OF_A_SCHOOL = N_(
    "Two people in the role on one day. The other: %(name)s, from %(start)s to %(end)s."
)
DATE_THEM = N_(
    "Give both their dates, so that one follows the other. The other stands in line %(line)s."
)
END_THE_OTHER = N_("End the other's time first: give the dates of both in rows for people.")


def _two(office: Office, name: str, span: Span, line: int | None) -> Exception:
    return refused(
        office.column,
        office.name,
        TWO.get(office.role, TWO_OF_A_SCHOOL),
        DATE_THEM if line else END_THE_OTHER,
        name=name,
        start=span.start,
        end=span.end or "–",
        **({"line": line} if line else {}),
    )
