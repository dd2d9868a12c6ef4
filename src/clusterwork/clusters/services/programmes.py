"""Starting and changing programmes, and saving their policies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.formation_adapter import checked_policy, default_policy
from clusterwork.clusters.models import PolicyVersion, Programme
from clusterwork.clusters.permissions import check_may_run, programme_for
from clusterwork.clusters.services.clashes import check_one_cluster_a_school
from clusterwork.clusters.services.programme_ends import move_ends
from clusterwork.clusters.services.refusals import in_words
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Organisation


class NameTaken(Problem):
    """Another thing of the same owner has this name."""


class PolicyChangedMeanwhile(Problem):
    """Somebody saved a version after the one that the form was filled from."""


class CycleOutsideTheProgramme(Problem):
    """The first cycle starts before the programme or after its end."""


@dataclass(frozen=True)
class ProgrammeFacts:
    """What the form asks for; dates are [starts_on, ends_on)."""

    name: str
    name_cy: str
    starts_on: dt.date
    ends_on: dt.date | None
    first_cycle_on: dt.date | None = None
    one_cluster_a_school: bool = False
    smallest_number: int = 5


@transaction.atomic
def start_programme(
    *, person: Person, day: dt.date, organisation: Organisation, facts: ProgrammeFacts
) -> Programme:
    """A new programme with the usual policy.

    Raises `NotAllowed`, `NameTaken`, `CycleOutsideTheProgramme`.
    """
    check_may_run(person, organisation, day)
    _check_cycle(facts)
    _check_name(organisation, facts.name)
    programme = Programme.objects.create(organisation=organisation, **asdict(facts))
    PolicyVersion.objects.create(
        programme=programme, number=1, mapping=default_policy(), saved_by=person
    )
    record(
        actor=person,
        verb="programme.start",
        subject=programme,
        summary=Message(N_("Started this programme: %(name)s."), {"name": programme.name}),
    )
    return programme


@transaction.atomic
def change_programme(*, person: Person, day: dt.date, pk: int, facts: ProgrammeFacts) -> Programme:
    """The programme with other facts; what lasted until its end lasts until its new end.

    Raises `NotThere`, `NotAllowed`, `NameTaken`, `CycleOutsideTheProgramme`,
    `ParticipationOutside`, `InAnotherCluster`.
    """
    organisation = programme_for(person, pk, day).organisation
    _check_cycle(facts)
    _check_name(organisation, facts.name, but=pk)
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=pk)
    if facts.one_cluster_a_school and not programme.one_cluster_a_school:
        check_one_cluster_a_school(programme)
    before = {name: str(getattr(programme, name)) for name in asdict(facts)}
    move_ends(programme, facts.starts_on, facts.ends_on)
    for name, value in asdict(facts).items():
        setattr(programme, name, value)
    with in_words():
        programme.save()
    record(
        actor=person,
        verb="programme.change",
        subject=programme,
        summary=Message(N_("Changed the name, the dates or what is allowed.")),
        details={"before": before, "after": {k: str(v) for k, v in asdict(facts).items()}},
    )
    return programme


@transaction.atomic
def save_policy(
    *, person: Person, day: dt.date, pk: int, mapping: Mapping[str, object], seen: int
) -> PolicyVersion:
    """The next version of the policy; the version `seen` again where nothing was changed.

    Raises `NotThere`, `NotAllowed`, `BadPolicy`, `PolicyChangedMeanwhile`.
    """
    programme = programme_for(person, pk, day)
    Programme.objects.select_for_update().get(pk=programme.pk)
    last = programme.policies.all()[0]
    if last.number != seen:
        raise PolicyChangedMeanwhile(
            Message(N_("Somebody else has saved the policy since you opened this page.")),
            why=Message(
                N_("You started from version %(seen)s; the last one is version %(last)s."),
                {"seen": seen, "last": last.number},
            ),
            next_step=Message(
                N_("Compare it with what you have entered here, then save again to replace it.")
            ),
        )
    rules = checked_policy(mapping)
    if rules == last.mapping:
        return last
    version = PolicyVersion.objects.create(
        programme=programme, number=last.number + 1, mapping=rules, saved_by=person
    )
    record(
        actor=person,
        verb="policy.save",
        subject=programme,
        summary=Message(N_("Saved the policy. Version: %(number)s."), {"number": version.number}),
        details={"before": last.mapping, "after": rules},
    )
    return version


def _check_cycle(facts: ProgrammeFacts) -> None:
    first, ends = facts.first_cycle_on, facts.ends_on
    if first and (first < facts.starts_on or (ends and first >= ends)):
        raise CycleOutsideTheProgramme(
            Message(N_("The first cycle lies outside the programme.")),
            next_step=Message(N_("Choose a day from the programme's start until before its end.")),
        )


def _check_name(organisation: Organisation, name: str, but: int | None = None) -> None:
    Organisation.objects.select_for_update().get(pk=organisation.pk)  # one check at a time
    same = Programme.objects.filter(organisation=organisation, name=name)
    if same.exclude(pk=but or 0).exists():
        raise NameTaken(
            Message(N_("Another programme of this organisation has this name.")),
            next_step=Message(N_("Choose another name, for example with the year.")),
        )
