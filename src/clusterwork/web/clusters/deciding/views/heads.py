"""What a new head finds agreed, on one page, and what she answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.clusters.selectors.new_heads import NewHead
from clusterwork.clusters.services.affirming import affirm, new_head_for
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.clusters.deciding.forms.proposing import AnswerForm
from clusterwork.web.clusters.deciding.found import found_by
from clusterwork.web.clusters.deciding.frame import trail_to
from clusterwork.web.clusters.deciding.links import decisions_link
from clusterwork.web.guards import only, signed_in


@signed_in
@only("GET", "HEAD", "POST")
def new_head(request: HttpRequest, pk: int, headship: int) -> HttpResponse:
    """Agreement, plan, decisions and the school's part; and the three answers."""
    person, day = person_of(request), today()
    new = new_head_for(person, pk, headship, day)
    form = AnswerForm(request.POST or None, initial=_before(new))
    step = Step(
        template="clusters/deciding/new_head.html",
        form=form,
        act=lambda: affirm(
            person=person,
            day=day,
            cluster_pk=pk,
            headship_pk=headship,
            link_for=decisions_link,
            **form.cleaned_data,
        ),
        said=_("Your answer is kept, and the cluster sees it. You can answer again."),
        then=lambda _done: reverse("new_head", args=[pk, headship]),
        context={"way": trail_to(new.cluster), "new": new, "found": found_by(new, day)},
        seen_by=_(
            "you. What you answer is seen by the cluster; its officers see only that you answered"
        ),
    )
    return taken(request, new.cluster, step)


def _before(new: NewHead) -> dict[str, Any] | None:
    return {"answer": new.answer.answer, "text": new.answer.text} if new.answer else None
