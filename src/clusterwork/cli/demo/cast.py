"""The people of the demonstration's two clusters whose agreements and plans are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clusterwork.accounts.models import Person, Role
from clusterwork.cli.demo.clusters import holder
from clusterwork.cli.demo.days import Days
from clusterwork.cli.demo.people import Shown, domain_of, ensure_person, ensure_role
from clusterwork.clusters.models import Appointment, Cluster
from clusterwork.clusters.selectors.memberships import members_on
from clusterwork.registry.models import Organisation, Phase, School, Status

NEW_HEAD_SINCE = 21  # days
ONE_YEAR = 365
HEADS = ("Bethan Barrow", "Colin Calthorpe", "Delyth Dunstan", "Edward Elsham", "Ffion Fulbeck")
NEW_HEAD, LATE_HEAD, OTHER_CHAIR = "Nerys Newhead", "Harold Head", "Morag Marston"
COORDINATOR, OTHER_COORDINATOR = "Cora Coordinator", "Carl Coordinator"
REVIEWER = "Rhian Reviewer"


@dataclass(frozen=True)
class Cast:
    """Two clusters with those who act in them.

    `heads` has the heads of the first cluster by the number of their school, the chair first and
    the new head last; `late` heads the school of the second that has not signed.
    """

    first: Cluster
    second: Cluster
    officer: Person
    chair: Person
    coordinator: Person
    heads: dict[int, Person]
    schools: dict[int, School]
    other_chair: Person
    other_coordinator: Person
    other_schools: dict[int, School]
    late: Person
    reviewer: Person
    reviewers_school: School

    @property
    def chairs_school(self) -> School:
        """The school that the chair heads."""
        return self.schools[next(iter(self.heads))]

    @property
    def new_heads_school(self) -> School:
        """The school that has a new head."""
        return self.schools[list(self.heads)[-1]]

    @property
    def old_hands(self) -> dict[int, Person]:
        """The heads who have been there all the time."""
        return dict(list(self.heads.items())[:-1])

    @property
    def others(self) -> list[School]:
        """The schools of the second cluster: its chair's first, last the one that is late."""
        return list(self.other_schools.values())


def find_cast(organisation: Organisation, people: Sequence[Person], days: Days) -> Cast | None:
    """The clusters of the demonstration's head and adviser, their people made when absent."""
    head, adviser = holder(people, Role.Kind.HEADTEACHER), holder(people, Role.Kind.LINK_ADVISER)
    role = head.roles.filter(kind=Role.Kind.HEADTEACHER).first() if head else None
    first = Cluster.objects.filter(memberships__school=role.school).first() if role else None
    advised = Appointment.objects.filter(person=adviser, role=Appointment.Role.LINK_ADVISER)
    second = (
        Cluster.objects.filter(pk__in=advised.values("cluster"))
        .exclude(pk=first.pk if first else 0)
        .order_by("working_name", "pk")
        .first()
    )
    if head is None or role is None or first is None or second is None:
        return None
    return _made(organisation, people[0], head, (first, second), days)


def _made(
    organisation: Organisation,
    officer: Person,
    head: Person,
    clusters: tuple[Cluster, Cluster],
    days: Days,
) -> Cast:
    domain, (first, second) = domain_of(organisation), clusters
    schools, others = _schools(first, head, days), _schools(second, None, days)
    late = _late(list(others.values()))
    others = {pk: each for pk, each in others.items() if pk != late.pk} | {late.pk: late}
    secondary = School.objects.filter(
        authority__in=organisation.authorities.all(), phase=Phase.SECONDARY, status=Status.OPEN
    ).order_by("pk")[0]
    other_chair = next(iter(others.values()))
    return Cast(
        first=first,
        second=second,
        officer=officer,
        chair=head,
        coordinator=_coordinator(f"coordinator@{domain}", COORDINATOR, schools, days),
        heads=dict(_heads(head, list(schools.values()), domain, days)),
        schools=schools,
        other_chair=_head(f"chair2@{domain}", OTHER_CHAIR, other_chair, days),
        other_coordinator=_coordinator(f"coordinator2@{domain}", OTHER_COORDINATOR, others, days),
        other_schools=others,
        late=_head(f"late@{domain}", LATE_HEAD, late, days),
        reviewer=_head(f"reviewer@{domain}", REVIEWER, secondary, days),
        reviewers_school=secondary,
    )


def _schools(cluster: Cluster, head: Person | None, days: Days) -> dict[int, School]:
    """The cluster's schools by name, those that the person heads first."""
    found = [each.school for each in members_on(cluster, days.today) if each.school]
    mine = set(head.roles.values_list("school_id", flat=True)) if head else set()
    found.sort(key=lambda school: (school.pk not in mine, school.sort_key, school.pk))
    return {each.pk: each for each in found}


def _coordinator(email: str, name: str, schools: Mapping[int, School], days: Days) -> Person:
    """A member of the staff of the first of these schools."""
    person, school = ensure_person(email, name), next(iter(schools.values()))
    ensure_role(person, Role.Kind.SCHOOL_STAFF, days.ago(ONE_YEAR), school=school)
    return person


def _late(schools: Sequence[School]) -> School:
    """The last that its head signs for, not a trust."""
    maintained = [each for each in schools if "cademy" not in each.type_name]
    return (maintained or list(schools))[-1]


def _heads(
    head: Person, schools: Sequence[School], domain: str, days: Days
) -> Iterator[tuple[int, Person]]:
    yield schools[0].pk, head
    middle = schools[1:-1]
    for n, (school, name) in enumerate(zip(middle, HEADS, strict=False), start=2):
        yield school.pk, _head(f"head{n}@{domain}", name, school, days)
    new = ensure_person(f"newhead@{domain}", NEW_HEAD, Person.Language.WELSH)
    ensure_role(new, Role.Kind.HEADTEACHER, days.ago(NEW_HEAD_SINCE), school=schools[-1])
    yield schools[-1].pk, new


def _head(email: str, name: str, school: School, days: Days) -> Person:
    person = ensure_person(email, name)
    ensure_role(person, Role.Kind.HEADTEACHER, days.ago(ONE_YEAR), school=school)
    return person


def told_of(cast: Cast) -> list[Shown]:
    """What is said of each of them."""
    kind = Role.Kind.HEADTEACHER.label
    coordinator = Appointment.Role.COORDINATOR.label
    heads = [(each, f"{kind} of {cast.schools[pk]}") for pk, each in cast.old_hands.items()]
    told = [
        (cast.coordinator, f"{coordinator} of {cast.first}: approved plan"),
        *heads[1:],
        (cast.heads[cast.new_heads_school.pk], f"New head of {cast.new_heads_school}, in Welsh"),
        (cast.reviewer, f"{kind} of {cast.reviewers_school}; reviews plans"),
        (cast.other_coordinator, f"{coordinator} of {cast.second}: returned plan"),
        (cast.other_chair, f"{kind} of {cast.others[0]}, chair of {cast.second}"),
        (cast.late, f"{kind} of {cast.others[-1]}; has not signed"),
    ]
    return [Shown(person, said) for person, said in told]
