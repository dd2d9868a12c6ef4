"""The pages of a confirmed exercise: to read, with nothing left to press."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from clusterwork.clusters.models import Lock
from clusterwork.clusters.services.confirming import confirm_formation
from clusterwork.clusters.services.locks import add_lock
from clusterwork.clusters.tests.invented import proposal_made
from clusterwork.web.clusters.tests.conftest import words_of

pytestmark = pytest.mark.django_db
SAID = "The clusters of this exercise have been confirmed."


@pytest.fixture
def proposal(county):
    one, two, *_ = county.schools
    today = timezone.localdate()
    asked = {"person": county.officer, "day": today, "pk": county.formation.pk}
    add_lock(**asked, kind=Lock.Kind.TOGETHER, school=one, other=two, because="They agree.")
    made = proposal_made(county)
    confirm_formation(
        **asked, proposal_pk=made.pk, start_on=today + dt.timedelta(days=90),
        link_for=lambda pk, language: f"/{pk}",
    )  # fmt: skip
    return made


def opened(officer, name, pk):
    return officer.get(reverse(name, args=[pk]))


class TestAConfirmedExercise:
    @pytest.mark.parametrize("name", ["formation", "chosen_schools", "locks"])
    def test_has_pages_without_buttons(self, county, officer, proposal, name):
        answer = opened(officer, name, county.formation.pk)
        main = answer.content.decode().split("<main")[1].split("</main>")[0]
        assert SAID in words_of(answer)
        assert "<button" not in main and "<form" not in main
        assert reverse("propose", args=[county.formation.pk]) not in main
        assert reverse("choose_by_facts", args=[county.formation.pk]) not in main

    def test_leads_no_proposal_any_further(self, county, officer, proposal):
        answer = opened(officer, "proposal", proposal.pk)
        assert SAID in words_of(answer)
        for name in ("move_school", "hold_and_propose", "round_new", "confirm"):
            assert reverse(name, args=[proposal.pk]) not in answer.content.decode()

    @pytest.mark.parametrize("name", ["propose", "choose_by_facts", "choose_by_list"])
    def test_says_so_where_somebody_still_asks(self, county, officer, proposal, name):
        answer = opened(officer, name, county.formation.pk)
        assert answer.status_code == 409
        assert SAID in words_of(answer)
