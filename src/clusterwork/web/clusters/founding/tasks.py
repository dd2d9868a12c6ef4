"""What waits in clusters that schools form: invitations to answer, officers' decisions."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Person, Role
from clusterwork.clusters.models import Founding, FoundingSchool
from clusterwork.clusters.permissions import organisations_for, schools_to_send_for
from clusterwork.clusters.selectors.foundings import foundings_of, to_answer, waiting_at
from clusterwork.clusters.states.founding import RETURNED
from clusterwork.web.clusters.asking import today
from clusterwork.web.navigation import Viewer
from clusterwork.web.tasks import Task

MINUTES_TO_ANSWER, MINUTES_TO_DECIDE, MINUTES_TO_MEND = 5, 10, 10
MOST = 20


def founding_tasks(viewer: Viewer) -> list[Task]:
    """Invitations of my schools, what was returned to them, and what I may recognise."""
    if viewer.person is None:
        return []
    tasks = _of_schools(viewer.person) if viewer.acts_for else []
    if viewer.has(Role.Kind.PROGRAMME_OFFICER):
        organisations = organisations_for(viewer.person, today())
        tasks += [_to_decide(founding) for founding in waiting_at(organisations)[:MOST]]
    return tasks


def _of_schools(person: Person) -> list[Task]:
    schools = schools_to_send_for(person, today())
    returned = foundings_of(schools).filter(is_founder=True, founding__state=RETURNED)
    asked = [_to_answer(row) for row in to_answer(schools)[:MOST]]
    return asked + [_to_mend(row) for row in returned[:MOST]]


def _to_answer(row: FoundingSchool) -> Task:
    again = row.reply == FoundingSchool.Reply.JOINS
    text = _("Read the changed purpose: %(cluster)s") if again else _("Join or not: %(cluster)s")
    return Task(
        text=text % {"cluster": row.founding.cluster},
        hint=_("School: %(school)s") % {"school": row.school},
        address=reverse("founding_answer", args=[row.founding_id, row.school_id]),
        status=_("Asked again") if again else _("Not answered"),
        minutes=MINUTES_TO_ANSWER,
        asked_by=str(row.invited_by or ""),
    )


def _to_mend(row: FoundingSchool) -> Task:
    return Task(
        text=_("Change and send again: %(cluster)s") % {"cluster": row.founding.cluster},
        hint=_("Returned with reasons"),
        address=reverse("founding", args=[row.founding_id]),
        status=_("Returned"),
        minutes=MINUTES_TO_MEND,
        asked_by=str(row.founding.cluster.organisation),
    )


def _to_decide(founding: Founding) -> Task:
    return Task(
        text=_("Recognise or return: %(cluster)s") % {"cluster": founding.cluster},
        hint=_("Schools have formed it themselves"),
        address=reverse("founding_decide", args=[founding.pk]),
        status=_("Waiting"),
        minutes=MINUTES_TO_DECIDE,
        asked_by=str(founding.cluster.started_by or ""),
    )
