"""What officers enter by hand: partnerships, settings, and what organisations are called."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from clusterwork.registry.models import Affiliation, Authority, Organisation, School
from clusterwork.web.registry.tests.conftest import rutland, signed_in, words_of

pytestmark = pytest.mark.django_db


def record(client: Client, school: School, **more: Any) -> Any:
    given = {"kind": "alliance", "name": "Kesteven Alliance", "since": "2013-01-01", **more}
    return client.post(f"/schools/{school.pk}/partnerships/new/", given, follow=True)


class TestPartnershipsByHand:
    def test_is_recorded_and_shown(self, officer: Client, denton: School) -> None:
        text = words_of(record(officer, denton))
        assert "The partnership is recorded." in text
        assert "Alliance Kesteven Alliance" in text
        assert "Put into a partnership: Kesteven Alliance." in words_of(
            officer.get(f"/schools/{denton.pk}/history/")
        )

    def test_twice_is_refused_with_what_was_typed(self, officer: Client, denton: School) -> None:
        record(officer, denton)
        answer = record(officer, denton)
        assert "The school is already in this partnership in that period." in words_of(answer)
        assert 'value="Kesteven Alliance"' in answer.content.decode()

    def test_dates_in_the_wrong_order_are_said(self, officer: Client, denton: School) -> None:
        text = words_of(record(officer, denton, until="2012-01-01"))
        assert "The end must come after the start." in text

    def test_ends_on_a_day(self, officer: Client, denton: School) -> None:
        record(officer, denton)
        stay = Affiliation.objects.get()
        answer = officer.post(f"/schools/stays/{stay.pk}/end/", {"on": "2015-09-01"}, follow=True)
        assert "In no partnership today. One has ended." in words_of(answer)

    def test_cannot_end_before_it_starts(self, officer: Client, denton: School) -> None:
        record(officer, denton)
        stay = Affiliation.objects.get()
        answer = officer.post(f"/schools/stays/{stay.pk}/end/", {"on": "2010-09-01"})
        assert "The end must come after the start." in words_of(answer)

    def test_only_officers(self, head_of_denton: Client, denton: School) -> None:
        assert record(head_of_denton, denton).status_code == 403
        assert not Affiliation.objects.exists()


class TestInOnesOwnAuthorities:
    def test_an_officer_elsewhere_records_nothing(self, officer: Client, denton: School) -> None:
        record(officer, denton)
        other = signed_in("programme_officer", organisation=rutland(), local="other")
        refused = record(other, denton, name="Another")
        assert refused.status_code == 403
        assert "Authority: Lincolnshire." in words_of(refused)
        stay = Affiliation.objects.get()
        assert other.post(f"/schools/stays/{stay.pk}/end/", {"on": "2015-09-01"}).status_code == 403
        page = other.get(f"/schools/{denton.pk}/partnerships/").content.decode()
        assert "partnerships/new/" not in page

    def test_an_officer_of_the_larger_organisation_does(
        self, council: Organisation, denton: School
    ) -> None:
        region = Organisation.objects.create(kind="consortium", name="East Midlands")
        Organisation.objects.filter(pk=council.pk).update(parent=region)
        above = signed_in("programme_officer", organisation=region)
        assert "The partnership is recorded." in words_of(record(above, denton))

    def test_settings_are_entered_and_matched_there_only(
        self, officer: Client, lincolnshire: Authority, denton: School
    ) -> None:
        elsewhere = rutland().authorities.get()
        given = {"name": "Portfolio", "authority": elsewhere.pk, "phase": "referral_unit"}
        officer.post("/schools/settings/new/", given)
        assert not School.objects.filter(by_hand=True).exists()
        setting = School.objects.create(
            authority=elsewhere, name="Portfolio", phase="primary", by_hand=True
        )
        assert officer.get(f"/schools/{setting.pk}/match/").status_code == 403
        School.objects.filter(pk=setting.pk).update(authority=lincolnshire)
        School.objects.filter(pk=denton.pk).update(authority=elsewhere)
        address = f"/schools/{setting.pk}/match/?q=denton"
        text = words_of(officer.post(address, {"school": denton.pk}))
        assert "You cannot change the schools of this authority." in text


class TestSettingsByHand:
    def enter(self, client: Client, authority: Authority, **more: Any) -> Any:
        given = {"name": "Fenland portfolio", "authority": authority.pk, "phase": "referral_unit"}
        return client.post("/schools/settings/new/", {**given, **more}, follow=True)

    def test_is_entered_and_found(self, officer: Client, lincolnshire: Authority) -> None:
        text = words_of(self.enter(officer, lincolnshire))
        assert "This setting was entered by hand because it has no official number." in text
        assert "Fenland portfolio" in words_of(officer.get("/schools/?q=fenland"))

    def test_half_a_place_is_refused(self, officer: Client, lincolnshire: Authority) -> None:
        text = words_of(self.enter(officer, lincolnshire, easting="500000"))
        assert "Enter both easting and northing, or neither." in text
        assert not School.objects.exists()

    def test_is_matched_to_a_school(
        self, officer: Client, lincolnshire: Authority, denton: School
    ) -> None:
        self.enter(officer, lincolnshire)
        setting = School.objects.get(by_hand=True)
        record(officer, setting)
        address = f"/schools/{setting.pk}/match/?q=denton"
        assert "Denton CofE School, Grantham, Lincolnshire, 120518" in words_of(
            officer.get(address)
        )
        answer = officer.post(address, {"school": denton.pk}, follow=True)
        assert "The setting is matched to this school." in words_of(answer)
        assert "Entered by hand as Fenland portfolio" in words_of(answer)
        assert Affiliation.objects.get().school == denton

    def test_a_school_that_was_not_offered_is_refused(
        self, officer: Client, lincolnshire: Authority, denton: School, harlaxton: School
    ) -> None:
        self.enter(officer, lincolnshire)
        setting = School.objects.get(by_hand=True)
        answer = officer.post(f"/schools/{setting.pk}/match/?q=denton", {"school": harlaxton.pk})
        assert "Choose one of the schools that were found." in words_of(answer)


class TestOrganisations:
    def test_its_officer_changes_it(self, officer: Client, council: Organisation) -> None:
        given = {
            "name": council.name,
            "name_cy": "Cyngor Sir",
            "is_welsh": "on",
            "colour": "#1d70b8",
        }
        answer = officer.post(f"/schools/organisations/{council.pk}/change/", given, follow=True)
        assert "The organisation is changed." in words_of(answer)
        assert "Cyngor Sir" in words_of(answer)
        assert "Changed the organisation." in words_of(answer)

    def test_a_colour_that_is_none_is_said(self, officer: Client, council: Organisation) -> None:
        given = {"name": council.name, "colour": "red;}"}
        answer = officer.post(f"/schools/organisations/{council.pk}/change/", given)
        assert "Enter a colour as # and six digits" in words_of(answer)

    def test_nobody_else_does(self, officer: Client) -> None:
        other = Organisation.objects.create(kind="authority", name="Rutland")
        assert officer.get(f"/schools/organisations/{other.pk}/change/").status_code == 403
        assert officer.get(f"/schools/organisations/{other.pk}/").status_code == 200

    def test_the_larger_one_does(self, officer: Client, council: Organisation) -> None:
        part = Organisation.objects.create(kind="trust", name="Fen Trust", parent=council)
        assert officer.get(f"/schools/organisations/{part.pk}/change/").status_code == 200

    def test_lists_authorities_and_schools(
        self, officer: Client, council: Organisation, denton: School
    ) -> None:
        text = words_of(officer.get(f"/schools/organisations/{council.pk}/"))
        assert "Lincolnshire : 1 school" in text
