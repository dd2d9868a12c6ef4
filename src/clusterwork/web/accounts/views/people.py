"""Who has which role, in the places that you look after."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Invitation, Person, Role
from clusterwork.accounts.permissions.people import Place, Places, kinds_may_give, places_of
from clusterwork.accounts.selectors.roles import is_on
from clusterwork.accounts.services.roles import end_role
from clusterwork.audit.models import Entry
from clusterwork.audit.selectors import entries_about
from clusterwork.kernel.errors import NotAllowed
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.accounts.reader import person_of
from clusterwork.web.guards import needs_role, only
from clusterwork.web.records import lines_of
from clusterwork.web.spreadsheet import csv_response

PAGE_SIZE = 50
looks_after_people = needs_role(Role.Kind.PROGRAMME_OFFICER, Role.Kind.HEADTEACHER)


@looks_after_people
@only("GET")
def people(request: HttpRequest) -> HttpResponse:
    """Roles of today, 50 a page, by name; and the invitations of the last three months."""
    places = my_places(request)
    everyone = roles_in(places)
    found = filtered(everyone, request)
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "n_all": everyone.count(),
        "q": searched(request),
        "kind": request.GET.get("kind", ""),
        "kinds": Role.Kind.choices,
        "invitations": recent_invitations(places),
    }
    return render(request, "accounts/people.html", context, using="jinja2")


@looks_after_people
@only("GET")
def people_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same rows as a CSV file."""
    heads = [_("Name"), _("E-mail address"), _("Role"), _("Where"), _("Since")]
    found = filtered(roles_in(my_places(request)), request)
    rows = (
        (role.person.name, role.person.email, role.get_kind_display(), str(role.organisation or role.school), role.start_on.isoformat())  # noqa: E501
        for role in found
    )  # fmt: skip
    return csv_response(_("people"), heads, rows)


@looks_after_people
@only("GET")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's roles in the places that you look after, and what happened to them."""
    shown, roles = person_here(request, pk)
    today = timezone.localdate()
    me = person_of(request)
    context = {
        "shown": shown,
        "roles": [
            (role, role.holds_on(today) and role.kind in kinds_may_give(me, place_of(role), today))
            for role in roles
        ],
        "entries": lines_of(trail(shown, roles)[:100]),
    }
    return render(request, "accounts/person.html", context, using="jinja2")


def trail(shown: Person, roles: list[Role]) -> QuerySet[Entry]:
    """How the person came in, and what happened to these roles; nothing of roles elsewhere."""
    of_roles = Q(verb__in=OF_A_ROLE, details__role__in=[role.pk for role in roles])
    return entries_about(shown).filter(Q(verb="accounts.make_person") | of_roles)


OF_A_ROLE = ("accounts.grant_role", "accounts.end_role")


@looks_after_people
@only("GET", "POST")
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks on GET; on POST ends the role from today."""
    role = Role.objects.select_related("person", "organisation", "school").filter(pk=pk).first()
    if role is None or not my_places(request).includes(place_of(role)):
        raise not_there()
    if request.method == "POST":
        end_role(role=role, by=person_of(request), today=timezone.localdate())
        messages.success(request, _("The role has ended."))
        return redirect("person", role.person_id)
    return render(request, "accounts/role_end.html", {"role": role}, using="jinja2")


def my_places(request: HttpRequest) -> Places:
    """Where the reader looks after people."""
    return places_of(person_of(request), timezone.localdate())


def place_of(role: Role) -> Place:
    """The organisation or school of a role."""
    place = role.organisation or role.school
    assert place is not None  # noqa: S101 - a database constraint says so
    return place


def roles_in(places: Places) -> QuerySet[Role]:
    """The roles of today in these places, by the person's name."""
    held = Role.objects.filter(places.covered(), is_on(timezone.localdate()))
    return held.select_related("person", "organisation", "school").order_by("person__name", "pk")


def searched(request: HttpRequest) -> str:
    """The words of the address, without the null character, which no database takes."""
    return request.GET.get("q", "").replace("\x00", "")


def filtered(roles: QuerySet[Role], request: HttpRequest) -> QuerySet[Role]:
    """Those that fit the words and the role of the address."""
    for word in searched(request).split():
        roles = roles.filter(
            Q(person__name__icontains=word)
            | Q(person__email__icontains=word)
            | Q(school__name__icontains=word)
            | Q(school__name_cy__icontains=word)
            | Q(organisation__name__icontains=word)
        )
    kind = request.GET.get("kind", "")
    return roles.filter(kind=kind) if kind in Role.Kind.values else roles


def recent_invitations(places: Places) -> list[tuple[Invitation, str, bool]]:
    """Those not accepted, newest first: (invitation, how it stands, whether it can be changed)."""
    now = timezone.now()
    sent = Invitation.objects.filter(places.covered(), accepted_at__isnull=True)
    listed = sent.select_related("organisation", "school", "invited_by")[:100]
    closed = Invitation.State.WITHDRAWN
    return [(each, str(each.state_at(now).label), each.state_at(now) != closed) for each in listed]


def person_here(request: HttpRequest, pk: int) -> tuple[Person, list[Role]]:
    """The person, if they have or had a role where the reader looks after people."""
    roles = Role.objects.filter(my_places(request).covered(), person_id=pk)
    found = list(roles.select_related("person", "organisation", "school"))
    if not found:
        raise not_there()
    return found[0].person, found


def not_there() -> NotAllowed:
    """One sentence for whoever is absent and whoever is not the reader's to see."""
    return NotAllowed(
        Message(N_("There is no such person or role where you look after people.")),
        next_step=Message(N_("Look at your list of people.")),
    )
