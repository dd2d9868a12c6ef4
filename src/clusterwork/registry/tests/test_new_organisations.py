"""Making the bodies that run programmes."""

import pytest

from clusterwork.audit.selectors import entries_about
from clusterwork.registry.models import Authority, Country
from clusterwork.registry.services.new_organisations import NoSuchAuthority, make_organisation
from clusterwork.registry.services.organisations import NameTaken

pytestmark = pytest.mark.django_db
FACTS = {"kind": "authority", "name": "The County", "name_cy": "", "is_welsh": False, "by": None}


@pytest.fixture
def authority() -> Authority:
    return Authority.objects.create(code="991", name="Wolderland", country=Country.ENGLAND)


class TestMakeOrganisation:
    def test_looks_after_the_authorities_named_and_is_recorded(self, authority):
        made = make_organisation(**FACTS, authority_codes=["991"])
        assert list(made.authorities.all()) == [authority]
        assert [entry.verb for entry in entries_about(made)] == ["organisation.make"]

    def test_an_unknown_code_makes_nothing(self, authority):
        with pytest.raises(NoSuchAuthority, match="992"):
            make_organisation(**FACTS, authority_codes=["991", "992"])

    def test_a_name_stands_once_a_kind(self):
        make_organisation(**FACTS, authority_codes=[])
        with pytest.raises(NameTaken):
            make_organisation(**FACTS, authority_codes=[])
        make_organisation(**{**FACTS, "kind": "trust"}, authority_codes=[])
