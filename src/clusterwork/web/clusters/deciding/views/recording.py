"""A decision that was taken at a meeting, kept in one go."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.clusters.permissions.deciding import cluster_to_propose_in
from clusterwork.clusters.selectors.decisions import amendable
from clusterwork.clusters.selectors.governance import voting_rule_on
from clusterwork.clusters.selectors.headships import heads_signing_in, headships_on
from clusterwork.clusters.services.recording import record_decision
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.clusters.deciding.forms.recording import RecordForm
from clusterwork.web.clusters.deciding.frame import groups_in, schools_in, trail_to
from clusterwork.web.clusters.deciding.links import decision_link
from clusterwork.web.clusters.deciding.wording import rule_words
from clusterwork.web.guards import only, signed_in


@signed_in
@only("GET", "HEAD", "POST")
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """What was proposed, who was there for each school, and what each said."""
    person, day = person_of(request), today()
    cluster = cluster_to_propose_in(person, pk, day)
    schools = schools_in(cluster)
    form = RecordForm(
        request.POST or None,
        initial={"on": day},
        schools=schools,
        heads=_heads(schools),
        groups=groups_in(cluster),
        earlier=amendable(cluster),
    )
    step = Step(
        template="clusters/deciding/record.html",
        form=form,
        act=lambda: record_decision(
            person=person, day=day, cluster_pk=pk, facts=form.facts, link_for=decision_link
        ),
        said=_("The decision is kept, and every school is told."),
        then=lambda made: reverse("decision", args=[made.pk]),
        context={
            "way": trail_to(cluster),
            "rule_words": rule_words(voting_rule_on(cluster, None, day)),
        },
        seen_by=_("the heads of its schools, its chair, coordinator and clerk"),
    )
    return taken(request, cluster, step)


def _heads(schools: list[School]) -> dict[int, str]:
    """The name of each school's head, as far as it is known."""
    signing_in = heads_signing_in([each.pk for each in schools], today())
    held = headships_on(schools, today())
    return {
        **{pk: str(person) for pk, person in signing_in.items()},
        **{pk: each.name for pk, each in held.items() if each.name},
    }
