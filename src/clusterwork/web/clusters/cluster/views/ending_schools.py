"""What the end of a school means for its clusters: told by hand, or settled from the register."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Cluster, Membership
from clusterwork.clusters.permissions.memberships import membership_to_run
from clusterwork.clusters.services.school_ends import (
    school_amalgamates,
    school_closes,
    school_renumbered,
)
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School
from clusterwork.registry.selectors.search import find_schools
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.forms.several import SchoolEndsForm
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.guards import only, signed_in

MOST_FOUND = 20


@signed_in
@only("GET", "HEAD", "POST")
def school_ends(request: HttpRequest, pk: int) -> HttpResponse:
    """The school closed, went into another, or goes on under another number."""
    person, day = person_of(request), today()
    membership = membership_to_run(person, pk, day)
    school = membership.school
    if school is None:
        raise NotThere(Message(N_("This is a partner and not a school.")))
    words = request.GET.get("q", "").strip()
    found = find_schools(words=words).exclude(pk=school.pk)[:MOST_FOUND] if words else []
    initial = {"on": school.closed_on or day}
    form = SchoolEndsForm(request.POST or None, schools=list(found), initial=initial)
    step = Step(
        template="clusters/cluster/school_ends.html",
        form=form,
        act=lambda: _end(form, school, person=person, day=day),
        said=_("What became of the school is written down in all of its clusters that you run."),
        then=_to_members(membership.cluster),
        context={"membership": membership, "member": school, "words": words},
    )
    return taken(request, membership.cluster, step)


def _to_members(cluster: Cluster) -> Any:
    return lambda _done: reverse("cluster_members", args=[cluster.pk])


def _end(form: SchoolEndsForm, school: School, **by: Any) -> list[Cluster]:
    kind = form.cleaned_data["kind"]
    told = {"school": school, "on": form.cleaned_data["on"], **by}
    told["because"] = form.cleaned_data["because"]
    if kind == Membership.Ended.SCHOOL_CLOSED:
        return school_closes(**told)
    if kind == Membership.Ended.AMALGAMATED:
        return school_amalgamates(into=form.chosen, **told)
    return school_renumbered(now=form.chosen, **told)
