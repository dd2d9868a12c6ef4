"""After an exercise is confirmed: what was chosen, asked and decided stays as it was."""

import datetime as dt

import pytest
from django.utils import timezone

from clusterwork.clusters.models import Lock
from clusterwork.clusters.services.asking import open_asking
from clusterwork.clusters.services.confirming import confirm_formation
from clusterwork.clusters.services.formations import (
    choose_schools,
    remove_schools,
    say_who_contributes,
)
from clusterwork.clusters.services.locks import add_lock, remove_lock
from clusterwork.clusters.services.proposals import ask_for_proposal
from clusterwork.clusters.services.unconfirmed import ConfirmedAlready
from clusterwork.clusters.tests.invented import proposal_made
from clusterwork.clusters.tests.made import TODAY, County, school

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    county = County(n_schools=12)
    proposal = proposal_made(county)
    one, two, *_ = county.schools
    lock(county, one, two)
    confirm_formation(
        person=county.officer, day=TODAY, pk=county.formation.pk, proposal_pk=proposal.pk,
        start_on=dt.date(2027, 9, 1), link_for=lambda pk, language: f"/{pk}",
    )  # fmt: skip
    return county


def lock(county, one, two):
    return add_lock(
        **by(county), kind=Lock.Kind.TOGETHER, school=one, other=two, because="They agree."
    )


def by(county):
    return {"person": county.officer, "day": TODAY, "pk": county.formation.pk}


def decision(county):
    return county.formation.locks.get().pk


CHANGES = {
    "choose": lambda county: choose_schools(
        **by(county), school_ids=[school(county.authority, 7, "Late School").pk]
    ),
    "remove": lambda county: remove_schools(**by(county), school_ids=[county.schools[0].pk]),
    "mark": lambda county: say_who_contributes(
        **by(county), shown=[county.schools[0].pk], contributing=[county.schools[0].pk]
    ),
    "decide": lambda county: lock(county, county.schools[2], county.schools[3]),
    "take a decision back": lambda county: remove_lock(**by(county), lock_pk=decision(county)),
    "ask the schools": lambda county: open_asking(
        person=county.officer, now=timezone.now(), pk=county.formation.pk,
        closes_on=dt.date(2027, 3, 1), link_for=lambda token, language: token,
    ),
    "propose": lambda county: ask_for_proposal(
        **by(county), policy_number=1, seed=2, time_limit_s=5
    ),
}  # fmt: skip


class TestAConfirmedExercise:
    @pytest.mark.parametrize("change", CHANGES)
    def test_is_kept_as_it_was(self, county, change):
        with pytest.raises(ConfirmedAlready, match="have been confirmed"):
            CHANGES[change](county)
        assert county.formation.chosen.count() == 12
        assert not county.formation.chosen.filter(contributes=True).exists()
        assert county.formation.locks.count() == 1
        assert county.formation.proposals.count() == 1
        assert not county.formation.askings.exists()
