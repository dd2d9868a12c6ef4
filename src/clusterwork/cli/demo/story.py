"""What the demonstration tells of two clusters: agreements, figures, needs, plans, a study."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.cli.demo.agreements import make_agreements
from clusterwork.cli.demo.approved_plan import write_plan
from clusterwork.cli.demo.cast import Cast, find_cast, told_of
from clusterwork.cli.demo.choosing import choose
from clusterwork.cli.demo.days import Days
from clusterwork.cli.demo.deciding import decide, govern
from clusterwork.cli.demo.figures import bring_figures
from clusterwork.cli.demo.needs import say_needs
from clusterwork.cli.demo.people import Shown
from clusterwork.cli.demo.returned_plan import write_short_plan
from clusterwork.cli.demo.reviews import approve, send_back
from clusterwork.cli.demo.study import make_study
from clusterwork.cli.demo.taking_part import NAME, start_taking_part
from clusterwork.clusters.models import Programme
from clusterwork.registry.models import Organisation


def ensure_story(organisation: Organisation, people: Sequence[Person], day: dt.date) -> list[Shown]:
    """Told once and whole, or not at all; its people, to be named beside the others."""
    days = Days(day)
    with transaction.atomic():
        cast = find_cast(organisation, people, days)
        if cast is None:
            return []
        if not Programme.objects.filter(organisation=organisation, name=NAME).exists():
            tell(cast, days)
    cast.first.refresh_from_db()
    return told_of(cast)


def tell(cast: Cast, days: Days) -> None:
    """Each thing as its people would do it, in the order in which they would."""
    programme = start_taking_part(cast, days)
    govern(cast, days)
    make_agreements(cast, days)
    bring_figures(cast, days)
    say_needs(cast, days)
    decide(cast, days)
    choose(cast, days)
    approve(write_plan(cast, programme, days), cast, days)
    send_back(write_short_plan(cast, programme, days), cast, days)
    make_study(cast, programme, days)
