"""An organisation is changed by name, kept apart from others, and never its own ancestor."""

from __future__ import annotations

import pytest

from clusterwork.audit.selectors import entries_about
from clusterwork.registry.models import Organisation
from clusterwork.registry.services.organisations import (
    NameTaken,
    ParentInside,
    edit_organisation,
)

pytestmark = pytest.mark.django_db


class Officer:
    pk = 7

    def __str__(self) -> str:
        return "Gwen Parry"


def edit(organisation: Organisation, **changes: object) -> Organisation:
    values = {"name": organisation.name, "name_cy": "", "parent": None} | changes
    values = {"is_welsh": False, "colour": ""} | values
    return edit_organisation(organisation_id=organisation.pk, by=Officer(), **values)


@pytest.fixture
def eas() -> Organisation:
    return Organisation.objects.create(kind="consortium", name="Education Achievement Service")


@pytest.fixture
def torfaen(eas: Organisation) -> Organisation:
    return Organisation.objects.create(kind="authority", name="Torfaen", parent=eas)


class TestEditOrganisation:
    def test_changes_and_records_what_changed(self, eas: Organisation) -> None:
        edit(eas, name_cy="Gwasanaeth Cyflawni Addysg", is_welsh=True)
        eas.refresh_from_db()
        assert (eas.name_cy, eas.is_welsh) == ("Gwasanaeth Cyflawni Addysg", True)
        entry = entries_about(eas).get()
        assert (entry.actor_label, set(entry.details)) == ("Gwen Parry", {"name_cy", "is_welsh"})

    def test_a_change_of_nothing_leaves_no_record(self, eas: Organisation) -> None:
        edit(eas)
        assert not entries_about(eas).exists()

    def test_nobody_is_their_own_grandparent(
        self, eas: Organisation, torfaen: Organisation
    ) -> None:
        with pytest.raises(ParentInside):
            edit(eas, parent=torfaen)

    def test_a_ring_made_since_the_form_was_filled_is_seen(
        self, eas: Organisation, torfaen: Organisation
    ) -> None:
        Organisation.objects.filter(pk=torfaen.pk).update(parent=None)
        stale = Organisation.objects.get(pk=torfaen.pk)
        Organisation.objects.filter(pk=torfaen.pk).update(parent=eas)
        with pytest.raises(ParentInside):
            edit(eas, parent=stale)

    def test_a_ring_that_is_there_already_does_not_hang(
        self, eas: Organisation, torfaen: Organisation
    ) -> None:
        Organisation.objects.filter(pk=eas.pk).update(parent=torfaen)
        other = Organisation.objects.create(kind="trust", name="Fen Trust")
        assert edit(other, parent=eas).parent_id == eas.pk

    def test_two_authorities_have_two_names(self, torfaen: Organisation) -> None:
        other = Organisation.objects.create(kind="authority", name="Monmouthshire")
        with pytest.raises(NameTaken):
            edit(other, name="Torfaen")
