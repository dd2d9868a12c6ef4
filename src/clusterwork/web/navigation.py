"""Who is looking at a page and which parts of the house they have something in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.selectors import roles_on
from clusterwork.clusters.models import Appointment
from clusterwork.clusters.permissions import schools_to_prepare_for
from clusterwork.clusters.permissions.reading_programmes import programmes_in
from clusterwork.clusters.selectors.appointments import held_by
from clusterwork.evaluation.selectors.studies import studies_not_run
from clusterwork.registry.models import Organisation


@dataclass(frozen=True)
class Viewer:
    """A person (or nobody) with the roles that they hold today."""

    person: Person | None
    roles: tuple[Role, ...] = ()

    @classmethod
    def of(cls, person: Person | None) -> Viewer:
        """The viewer for `person`: one query."""
        roles = tuple(roles_on(person, timezone.localdate())) if person else ()
        return cls(person, roles)

    @cached_property
    def organisation(self) -> Organisation | None:
        """The organisation whose name and colour the header shows: the first that they serve."""
        return next((role.organisation for role in self.roles if role.organisation), None)

    @property
    def sees_welsh(self) -> bool:
        """Nobody signed in yet, or someone for whom Welsh is switched on anywhere."""
        if self.person is None or self.person.language == "cy":
            return True
        organisations = [role.organisation for role in self.roles if role.organisation]
        return not organisations or any(each.is_welsh for each in organisations)

    @property
    def has_programmes(self) -> bool:
        """Whether they run programmes, head a school in one, or sit in a group of one."""
        return self._is_in[0]

    @property
    def has_studies(self) -> bool:
        """Whether they run programmes, are named on a study, or were shown a result."""
        return self._is_in[1]

    @cached_property
    def _is_in(self) -> tuple[bool, bool]:
        """Programmes and studies: nothing asked for officers, one query for anybody else, once."""
        if self.person is None or self.has(Role.Kind.PROGRAMME_OFFICER):
            return (self.person is not None,) * 2
        day, me = timezone.localdate(), Person.objects.filter(pk=self.person.pk)
        programmes, studies = programmes_in(self.person, day), studies_not_run(self.person, day)
        of_programmes, of_studies = me.values_list(Exists(programmes), Exists(studies)).get()
        return of_programmes, of_studies

    @cached_property
    def acts_for(self) -> frozenset[int]:
        """The ids of the schools that they head or prepare or send for: one query, once."""
        if self.person is None:
            return frozenset()
        schools = schools_to_prepare_for(self.person, timezone.localdate())
        return frozenset(schools.order_by().values_list("pk", flat=True))

    @cached_property
    def holds(self) -> tuple[Appointment, ...]:
        """What they hold in clusters today, with the clusters: one query, once."""
        if self.person is None:
            return ()
        held = held_by(self.person, timezone.localdate()).select_related("cluster")
        return tuple(held.order_by("cluster__working_name", "pk"))

    def has(self, *kinds: str) -> bool:
        """Whether any of today's roles is of one of these kinds."""
        return any(role.kind in kinds for role in self.roles)


@dataclass(frozen=True)
class Item:
    """A part of the house in the service navigation."""

    text: str | Promise
    name: str
    shown: Callable[[Viewer], bool]
    starts: str


ITEMS = (
    Item(_("Home"), "home", lambda viewer: viewer.person is not None, ""),
    Item(_("Schools"), "schools", lambda viewer: viewer.person is not None, "schools"),
    Item(_("Clusters"), "clusters", lambda viewer: bool(viewer.roles), "clusters"),
    Item(_("Programmes"), "programmes", lambda viewer: viewer.has_programmes, "programmes"),
    Item(_("Studies"), "studies", lambda viewer: viewer.has_studies, "studies"),
)


def navigation(request: HttpRequest, viewer: Viewer) -> list[dict[str, Any]]:
    """The items that this viewer has something behind, the present one marked."""
    path = request.path.removeprefix("/cy").strip("/")
    return [
        {"text": str(item.text), "href": reverse(item.name), "active": is_within(path, item)}
        for item in ITEMS
        if item.shown(viewer)
    ]


def is_within(path: str, item: Item) -> bool:
    """Whether the page at `path` belongs to the item's part of the house."""
    return path == "" if item.starts == "" else path.split("/")[0] == item.starts
