"""A programme's groups and who sits in them on a day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.clusters.selectors.groups import groups_on
from clusterwork.clusters.services.groups import (
    add_member,
    change_group,
    end_member,
    group_of,
    make_group,
    member_of,
)
from clusterwork.web.clusters.asking import today
from clusterwork.web.clusters.programme.forms.groups import GroupForm, LeaveForm, MemberForm
from clusterwork.web.clusters.programme.loading import Step, asked, framed, run, seen, taken
from clusterwork.web.day import planned_day_of
from clusterwork.web.guards import only, signed_in

HERE = "programme_groups"


@signed_in
@require_safe
def programme_groups(request: HttpRequest, pk: int) -> HttpResponse:
    """Every group with its members of the day, and those before and after."""
    programme, day = seen(request, pk), planned_day_of(request)
    seated = groups_on(programme, day.on)
    context = {
        **framed(request, programme, HERE, day),
        "groups": seated,
        "n_members": sum(len(each.members) for each in seated),
    }
    return render(request, "clusters/programme/groups.html", context, using="jinja2")


@signed_in
@only("GET", "HEAD", "POST")
def programme_group_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a group."""
    programme = run(request, pk)
    form = GroupForm(request.POST or None, programme=programme)
    step = Step(
        question=_("Make a group"),
        send=_("Make the group"),
        form=form,
        act=lambda: make_group(**asked(request, pk), **form.cleaned_data),
        said=_("The group is made. Add its members."),
        page=HERE,
        at="name",
    )
    return taken(request, programme, step)


@signed_in
@only("GET", "HEAD", "POST")
def programme_group_change(request: HttpRequest, pk: int, group: int) -> HttpResponse:
    """Gives a group another name or kind."""
    programme = run(request, pk)
    held = group_of(programme, group)
    initial = {"kind": held.kind, "name": held.name, "name_cy": held.name_cy}
    form = GroupForm(request.POST or None, programme=programme, initial=initial)
    step = Step(
        question=_("Change the group: %(group)s") % {"group": held},
        send=_("Save the group"),
        form=form,
        act=lambda: change_group(**asked(request, pk), group_pk=group, **form.cleaned_data),
        said=_("The group is changed."),
        page=HERE,
        at="name",
    )
    return taken(request, programme, step)


@signed_in
@only("GET", "HEAD", "POST")
def programme_member_new(request: HttpRequest, pk: int, group: int) -> HttpResponse:
    """Adds a member to a group."""
    programme = run(request, pk)
    held = group_of(programme, group)
    form = MemberForm(request.POST or None, programme=programme, day=today())
    step = Step(
        question=_("Add a member: %(group)s") % {"group": held},
        send=_("Add the member"),
        form=form,
        act=lambda: add_member(**asked(request, pk), group_pk=group, facts=form.facts),
        said=_("The member is added."),
        page=HERE,
    )
    return taken(request, programme, step)


@signed_in
@only("GET", "HEAD", "POST")
def programme_member_end(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Records when a member leaves."""
    programme = run(request, pk)
    held = member_of(programme, member)
    form = LeaveForm(request.POST or None)
    step = Step(
        question=_("End a seat: %(name)s") % {"name": held.name},
        send=_("Record the end"),
        form=form,
        act=lambda: end_member(**asked(request, pk), member_pk=member, **form.cleaned_data),
        said=_("The end is recorded."),
        page=HERE,
        at="on",
        lead=_("Group: %(group)s") % {"group": held.group},
    )
    return taken(request, programme, step)
