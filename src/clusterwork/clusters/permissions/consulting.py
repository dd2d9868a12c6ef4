"""Who sees and answers what is asked of schools; loading a thing is passing its permission."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.permissions import may_prepare_for, may_send_for
from clusterwork.accounts.selectors.roles import roles_on
from clusterwork.clusters.models import Answer, AskedSchool, Asking, ProposedPlace, Round, Wish
from clusterwork.clusters.permissions.programmes import check_may_run, organisations_for
from clusterwork.clusters.permissions.schools import check_may_prepare_for, schools_to_prepare_for
from clusterwork.clusters.rules.dioceses import diocese_key
from clusterwork.clusters.selectors.rounds import place_in
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Organisation, OrganisationKind, School

ASKED = "asking__formation__programme__organisation"
FOR_DIOCESE = (Role.Kind.PARTNER, Role.Kind.PROGRAMME_OFFICER)


@dataclass(frozen=True)
class OwnPlace:
    """A school's place in a round for one reader, and what that reader may do with it."""

    round: Round
    place: ProposedPlace
    may_send: bool
    is_officer: bool


def asking_for(person: Person, pk: int, day: dt.date) -> Asking:
    """The asking for officers of its programme, or `NotThere`, or `NotAllowed`."""
    found = Asking.objects.select_related("formation__programme__organisation").filter(pk=pk)
    asking = found.first()
    if asking is None:
        raise NotThere(Message(N_("There is no such asking.")))
    check_may_run(person, asking.formation.programme.organisation, day)
    return asking


def asked_for(person: Person, pk: int, day: dt.date) -> AskedSchool:
    """What one school is asked, for its head and those named for her."""
    asked = AskedSchool.objects.select_related("school", "answered_by", ASKED).filter(pk=pk).first()
    if asked is None:
        raise NotThere(Message(N_("There is no such question to a school.")))
    check_may_prepare_for(person, asked.school, day)
    return asked


def wish_for(person: Person, pk: int, day: dt.date) -> Wish:
    """One line of a school's answer, for officers of the programme."""
    chain = Wish.objects.select_related(
        "asked__school", "asked__asking__formation__programme__organisation", "other", "decided_by"
    )
    wish = chain.filter(pk=pk).first()
    if wish is None:
        raise NotThere(
            Message(N_("This wish is not there.")),
            why=Message(N_("The school may have changed its answer.")),
        )
    check_may_run(person, wish.asked.asking.formation.programme.organisation, day)
    return wish


def found_round(pk: int) -> Round:
    """The round with its exercise and organisation, or `NotThere`."""
    chain = Round.objects.select_related(
        "formation__programme__organisation", "proposal", "published_by"
    )
    found = chain.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such round.")))
    return found


def round_for(person: Person, pk: int, day: dt.date) -> Round:
    """The round for officers of its programme, or `NotThere`, or `NotAllowed`."""
    found = found_round(pk)
    check_may_run(person, found.formation.programme.organisation, day)
    return found


def answer_for(person: Person, pk: int, day: dt.date) -> Answer:
    """A school's answer for officers of the programme, or `NotThere`, or `NotAllowed`."""
    found = Answer.objects.select_related("school", "wanted", "answered_by").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such answer.")))
    found.round = round_for(person, found.round_id, day)
    return found


def own_place_for(person: Person, round_pk: int, school_pk: int, day: dt.date) -> OwnPlace:
    """A school's place for its head, those named for her, and the programme's officers."""
    found = found_round(round_pk)
    place = place_in(found, school_pk)
    is_officer = _runs(person, found, day)
    if not is_officer and not may_prepare_for(person, place.school, day):
        raise _not_yours(place.school)
    return OwnPlace(found, place, may_send_for(person, place.school, day), is_officer)


def whole_round_for(person: Person, pk: int, day: dt.date) -> Round:
    """The round for whoever may see all its clusters: schools that it was put to, their diocese,
    officers."""
    found = found_round(pk)
    if _runs(person, found, day) or _is_in(person, found, day) or dioceses_in(person, found, day):
        return found
    raise NotAllowed(
        Message(N_("This proposal was not put to a school of yours.")),
        next_step=Message(N_("Ask the programme's officers about it.")),
    )


def dioceses_in(person: Person, found: Round, day: dt.date) -> dict[int, Organisation]:
    """School id to the diocese for which `person` may comment on its place."""
    dioceses = dioceses_of(person, day)
    if not dioceses:
        return {}
    rows = School.objects.filter(pk__in=found.proposal.places.values("school")).exclude(diocese="")
    return {
        pk: dioceses[key]
        for pk, name in rows.values_list("pk", "diocese")
        if (key := diocese_key(name)) in dioceses
    }


def diocese_round_for(
    person: Person, pk: int, day: dt.date
) -> tuple[Round, dict[int, Organisation]]:
    """The round and the diocese's schools in it, or `NotThere`, or `NotAllowed`."""
    found = found_round(pk)
    schools = dioceses_in(person, found, day)
    if not schools:
        raise NotAllowed(
            Message(N_("This page is for the diocese of a church school in the proposal.")),
            next_step=Message(N_("The programme's officers can invite the diocese.")),
        )
    return found, schools


def dioceses_of(person: Person, day: dt.date) -> dict[str, Organisation]:
    """The dioceses for which `person` speaks on `day`, by the key of their name."""
    held = roles_on(person, day).filter(
        kind__in=FOR_DIOCESE, organisation__kind=OrganisationKind.DIOCESE
    )
    found = {diocese_key(role.organisation.name): role.organisation for role in held}  # type: ignore[union-attr]
    return {key: each for key, each in found.items() if key and each}


def _runs(person: Person, found: Round, day: dt.date) -> bool:
    organisation_id = found.formation.programme.organisation_id
    return organisations_for(person, day).filter(pk=organisation_id).exists()


def _is_in(person: Person, found: Round, day: dt.date) -> bool:
    return found.proposal.places.filter(school__in=schools_to_prepare_for(person, day)).exists()


def _not_yours(school: School) -> NotAllowed:
    return NotAllowed(
        Message(
            N_("You cannot see what is asked of this school: %(school)s."), {"school": str(school)}
        ),
        next_step=Message(N_("Its headteacher can, and whoever she has named. Ask her.")),
    )
