"""What programs get, as whom, as at which day."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from clusterwork.accounts.models import ApiToken, Person
from clusterwork.accounts.services.api_tokens import (
    MOST,
    TooManyKeys,
    make_api_token,
    person_of_key,
    withdraw_api_token,
)
from clusterwork.api import words
from clusterwork.api.tests.made import Asked, key_of
from clusterwork.clusters.models import (
    AgreementKind,
    AgreementVersion,
    Appointment,
    Cluster,
    Decision,
)
from clusterwork.kernel.errors import NotThere
from clusterwork.plans.models import Plan
from clusterwork.registry.models import Phase, Status

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def asked():
    return Asked()


def get(path, headers=None, **query):
    return Client().get(f"/api/v1/{path}", query, headers=headers or {})


class TestWhoComesIn:
    def test_nobody_without_a_key_and_is_told_what_to_do(self):
        answer = get("schools")
        assert answer.status_code == 401
        assert "bearer" in answer.json()["next_step"]
        assert answer["WWW-Authenticate"] == "Bearer"

    def test_somebody_signed_in_in_the_browser(self, asked):
        client = Client()
        client.force_login(
            asked.county.officer, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        assert client.get("/api/v1/schools").status_code == 200

    def test_nobody_with_a_key_that_was_withdrawn(self, asked):
        officer = asked.county.officer
        header = key_of(officer)
        assert get("clusters", header).status_code == 200
        token = ApiToken.objects.get()
        assert token.last_used_on == timezone.now().date()
        withdraw_api_token(person=officer, pk=token.pk, now=timezone.now())
        assert get("clusters", header).status_code == 401

    def test_nobody_with_a_key_that_is_too_old(self, asked):
        now = timezone.now()
        _, key = make_api_token(person=asked.county.officer, name="x", holds=DAY, now=now)
        assert person_of_key(key, now=now + DAY / 2) == asked.county.officer
        assert person_of_key(key, now=now + DAY) is None

    def test_nobody_who_may_no_longer_sign_in(self, asked):
        header = key_of(asked.county.officer)
        Person.objects.update(is_active=False)
        assert get("schools", header).status_code == 401

    def test_nobody_who_needs_a_second_step_and_has_none(self, asked, settings):
        settings.SECOND_FACTOR_REQUIRED = True
        header = key_of(asked.county.officer)
        assert get("schools", header).status_code == 401
        Authenticator.objects.create(user=asked.county.officer, type="totp", data={})
        assert get("schools", header).status_code == 200

    def test_without_a_role_no_cluster_is_shown(self):
        header = key_of(Person.objects.create_user("a@example.org", "x" * 20))
        assert get("memberships", header).status_code == 403
        assert get("schools", header).status_code == 200


class TestKeys:
    def test_are_kept_only_as_a_hash(self, asked):
        token, key = make_api_token(
            person=asked.county.officer, name="x", holds=DAY, now=timezone.now()
        )
        assert key not in str(ApiToken.objects.filter(pk=token.pk).values())

    def test_hold_a_year_at_most(self, asked):
        token, _ = make_api_token(
            person=asked.county.officer, name="x", holds=DAY * 9999, now=timezone.now()
        )
        assert token.expires_at - token.made_at == DAY * 366

    def test_are_not_endless(self, asked):
        for _ in range(MOST):
            key_of(asked.county.officer)
        with pytest.raises(TooManyKeys, match="Withdraw"):
            key_of(asked.county.officer)

    def test_of_others_cannot_be_withdrawn(self, asked):
        key_of(asked.county.officer)
        with pytest.raises(NotThere):
            withdraw_api_token(
                person=asked.head(0), pk=ApiToken.objects.get().pk, now=timezone.now()
            )


class TestAsAt:
    def test_the_past_keeps_those_who_left(self, asked):
        header = key_of(asked.county.officer)
        now = get("memberships", header, cluster=asked.cluster.pk).json()
        then = get("memberships", header, cluster=asked.cluster.pk, on="2022-08-31").json()
        assert (now["count"], then["count"]) == (2, 3)

    def test_a_cluster_is_not_there_before_it_began(self, asked):
        header = key_of(asked.county.officer)
        assert get("clusters", header, on="2020-08-31").json()["count"] == 0
        assert get("clusters", header, on="2020-09-01").json()["count"] == 1

    def test_a_school_tells_its_clusters(self, asked):
        path = f"schools/{asked.county.schools[2].pk}/memberships"
        header = key_of(asked.county.officer)
        assert get(path, header).json() == []
        assert len(get(path, header, on="2021-01-01").json()) == 1

    def test_a_programme_tells_its_clusters_and_their_members(self, asked):
        header, programme = key_of(asked.county.officer), asked.county.programme.pk
        assert get(f"programmes/{programme}/clusters", header).json()["count"] == 1
        assert get("memberships", header, programme=programme).json()["count"] == 2

    def test_appointments_name_the_chair(self, asked):
        rows = get("appointments", key_of(asked.county.officer), role="chair").json()["items"]
        assert [row["name"] for row in rows] == ["Ann"]


class TestWhatIsPrivate:
    def test_what_a_school_contributes_is_for_the_cluster_and_its_officers(self, asked):
        def told(person):
            rows = get("memberships", key_of(person)).json()["items"]
            return {row["contributes"] for row in rows}

        assert told(asked.county.officer) == {"mathematics"}
        assert told(asked.head(0)) == {"mathematics"}
        assert told(asked.head(3)) == {""}

    def test_a_programme_is_not_for_everybody(self, asked):
        path = f"programmes/{asked.county.programme.pk}"
        assert get(path, key_of(asked.county.officer)).status_code == 200
        assert get(path, key_of(asked.head(3))).status_code == 403


class TestBadAsking:
    @pytest.mark.parametrize("query", [{"on": "yesterday"}, {"page": 0}, {"size": 501}, {"x": 1}])
    def test_says_which_value_is_wrong(self, asked, query):
        answer = get("memberships", key_of(asked.county.officer), **query)
        assert answer.status_code == 422
        assert next(iter(query)) in answer.json()["why"]

    @pytest.mark.parametrize(
        ("path", "query"),
        [
            ("clusters", {"status": "foo"}),
            ("schools", {"phase": "foo"}),
            ("appointments", {"role": "foo"}),
        ],
    )
    def test_a_word_that_is_none_of_ours_is_refused(self, asked, path, query):
        assert get(path, key_of(asked.county.officer), **query).status_code == 422

    def test_a_word_of_the_address_is_told_in_a_sentence(self, asked):
        why = get("memberships", key_of(asked.county.officer), x=1).json()["why"]
        assert why == "nothing here is asked by x"

    def test_an_address_that_leads_nowhere_says_so_in_the_same_shape(self):
        answer = get("nothing/here")
        assert answer.status_code == 404
        assert answer.json()["next_step"]

    def test_an_absent_thing_is_said_to_be_absent(self, asked):
        answer = get("clusters/999999999", key_of(asked.county.officer))
        assert answer.status_code == 404
        assert answer.json()["what"]
        assert answer.json()["next_step"]


class TestWords:
    @pytest.mark.parametrize(
        ("said", "held"),
        [
            (words.SchoolPhase, Phase),
            (words.SchoolStatus, Status),
            (words.ClusterStatus, Cluster.Status),
            (words.AppointmentRole, Appointment.Role),
            (words.PlanState, Plan.State),
            (words.AgreementKind, AgreementKind),
            (words.AgreementState, AgreementVersion.State),
            (words.DecisionState, Decision.State),
            (words.DecisionAbout, Decision.About),
        ],
    )
    def test_are_those_of_the_rooms(self, said, held):
        assert list(get_args(said)) == held.values
