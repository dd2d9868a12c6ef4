"""What the schools of the demonstration's clusters say that they need."""

from __future__ import annotations

from typing import Any

from clusterwork.accounts.models import Person
from clusterwork.cli.demo.cast import Cast
from clusterwork.cli.demo.days import Days, moment
from clusterwork.clusters.models import Cluster
from clusterwork.plans.models import Need
from clusterwork.plans.services.needs import NeedFacts, add_need, keep_needs
from clusterwork.plans.services.needs_asking import ask_needs
from clusterwork.plans.services.needs_sending import send_statement
from clusterwork.web.plans.needs.links import needs_link

Kind, Area, Told = Need.Kind, Need.Area, Need.ToldBy
LAST_YEAR = (NeedFacts(Kind.PRIORITY, "Boys’ writing in Years 3 and 4", Area.LITERACY),)
TRANSPORT = "Pupils from the outlying farms miss Fridays when the taxi does not come"
SUBJECTS = "Two of us lead every subject there is"
READING = "Reading for pleasure at home"
SAID = (
    (
        NeedFacts(Kind.STRENGTH, "Phonics: every child reads by the end of Year 2", Area.LITERACY),
        NeedFacts(Kind.VOICE, "We like it when the big ones read to us.", told_by=Told.PUPILS),
    ),
    (
        NeedFacts(Kind.PRIORITY, READING, Area.LITERACY),
        NeedFacts(Kind.STRENGTH, "Outdoor science on the river meadow", Area.SCIENCE),
    ),
    (
        NeedFacts(Kind.PRIORITY, TRANSPORT, Area.ATTENDANCE),
        NeedFacts(Kind.CONTEXT, "Half of our families have no car in the day", Area.FAMILIES),
    ),
    (
        NeedFacts(Kind.PRIORITY, SUBJECTS, Area.LEADERSHIP),
        NeedFacts(Kind.STRENGTH, "Mathematics taught through models", Area.NUMERACY),
    ),
    (
        NeedFacts(Kind.PRIORITY, "Spelling in every subject", Area.LITERACY),
        NeedFacts(Kind.CONTEXT, "A resource base for eight autistic pupils", Area.NEEDS),
    ),
    (
        NeedFacts(Kind.PRIORITY, "Persistent absence after long holidays", Area.ATTENDANCE),
        NeedFacts(Kind.VOICE, "Tell us in June what Year 7 is like.", told_by=Told.PARENTS),
    ),
)
OTHERS = (
    NeedFacts(Kind.PRIORITY, "Reasoning in mathematics", Area.NUMERACY),
    NeedFacts(Kind.STRENGTH, "A choir of all ages", Area.CURRICULUM),
)


def say_needs(cast: Cast, days: Days) -> None:
    """All who have been heads for longer answer in the first cluster, two in the second."""
    _ask(cast.coordinator, cast.first, days)
    _ask(cast.other_coordinator, cast.second, days)
    _last_year(cast, days)
    for (school_pk, head), lines in zip(cast.old_hands.items(), SAID, strict=False):
        _say(head, school_pk, lines, days)
    _say(cast.other_chair, cast.others[0].pk, OTHERS, days)
    _say(cast.late, cast.others[-1].pk, SAID[1][:1], days)


def _ask(person: Person, cluster: Cluster, days: Days) -> None:
    now, by = moment(days.lately(75)), days.lately(75).replace(day=28)
    ask_needs(
        person=person,
        now=now,
        cluster_pk=cluster.pk,
        year=days.year,
        by=max(by, days.lately(75)),
        link_for=needs_link,
    )


def _last_year(cast: Cast, days: Days) -> None:
    """What the chair's school said a year ago, and keeps."""
    before, pk = days.ago((days.today - days.start_on).days + 60), cast.chairs_school.pk
    if before < days.ago(360):
        return
    for facts in LAST_YEAR:
        add_need(person=cast.chair, day=before, school_pk=pk, year=days.year - 1, facts=facts)
    now = moment(before)
    send_statement(person=cast.chair, now=now, school_pk=pk, year=days.year - 1)
    keep_needs(person=cast.chair, day=days.lately(72), school_pk=pk, year=days.year)


def _say(head: Person, school_pk: int, lines: tuple[NeedFacts, ...], days: Days) -> None:
    told: dict[str, Any] = {"person": head, "school_pk": school_pk, "year": days.year}
    day = days.lately(70)
    for facts in lines:
        add_need(**told, day=day, facts=facts)
    send_statement(**told, now=moment(day))
