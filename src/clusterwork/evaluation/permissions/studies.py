"""Who opens studies and works on them; loading a study is passing its permission.

Officers of the programme's organisation (or one above) and whoever is named on the study work on
it. Those who are in the programme (heads, members of its groups) read what was shown to them.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.roles import is_on
from clusterwork.clusters.permissions.programmes import organisations_for
from clusterwork.clusters.permissions.reading_programmes import programmes_in
from clusterwork.evaluation.models import Analysis, Run, Study, StudyPerson
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message

WITH_ALL = ("programme__organisation", "started_by")


def studies_to_work_on(person: Person, day: dt.date) -> QuerySet[Study]:
    """Those of programmes that `person` runs, and those on which they are named."""
    named = StudyPerson.objects.filter(is_on(day), person=person)
    return Study.objects.filter(
        Q(programme__organisation__in=organisations_for(person, day))
        | Q(pk__in=named.values("study"))
    )


def studies_to_read(person: Person, day: dt.date) -> QuerySet[Study]:
    """Those to work on, and those with an analysis shown to the programme's people."""
    shown = Analysis.objects.filter(shared_at__isnull=False)
    return Study.objects.filter(
        Q(pk__in=studies_to_work_on(person, day).values("pk"))
        | Q(pk__in=shown.values("study"), programme__in=programmes_in(person, day))
    )


def is_named_on(person: Person, study: Study, day: dt.date) -> bool:
    """Whether `person` is named on the study on `day`; only they see what is restricted in it."""
    return study.people.filter(is_on(day), person=person).exists()


def may_work_on(person: Person, study: Study, day: dt.date) -> bool:
    """Officers of its programme and those named on it."""
    return studies_to_work_on(person, day).filter(pk=study.pk).exists()


def study_to_work_on(person: Person, pk: int, day: dt.date) -> Study:
    """The study, or `NotThere`, or `NotAllowed`."""
    found = Study.objects.select_related(*WITH_ALL).filter(pk=pk).first()
    if found is None:
        raise _no_such_study()
    if not may_work_on(person, found, day):
        raise _not_allowed(found)
    return found


def study_to_read(person: Person, pk: int, day: dt.date) -> Study:
    """The study for whoever works on it or was shown a result of it; `NotThere`, `NotAllowed`."""
    found = Study.objects.select_related(*WITH_ALL).filter(pk=pk).first()
    if found is None:
        raise _no_such_study()
    if not studies_to_read(person, day).filter(pk=pk).exists():
        raise _not_allowed(found)
    return found


def analysis_to_work_on(person: Person, pk: int, day: dt.date) -> Analysis:
    """The analysis, or `NotThere`, or `NotAllowed`."""
    found = _analyses().filter(pk=pk).first()
    if found is None:
        raise _no_such_analysis()
    if not may_work_on(person, found.study, day):
        raise _not_allowed(found.study)
    return found


def analysis_to_read(person: Person, pk: int, day: dt.date) -> Analysis:
    """The analysis for whoever works on it; once shown to schools, for the programme's people."""
    found = _analyses().filter(pk=pk).first()
    if found is None:
        raise _no_such_analysis()
    if may_work_on(person, found.study, day) or _was_shown_to(person, found, day):
        return found
    raise _not_allowed(found.study)


def run_to_work_on(person: Person, pk: int, day: dt.date) -> Run:
    """The run of an analysis, or `NotThere`, or `NotAllowed`."""
    found = Run.objects.select_related("analysis__study__programme__organisation").filter(pk=pk)
    run = found.first()
    if run is None:
        raise NotThere(Message(N_("There is no such run of an analysis.")))
    if not may_work_on(person, run.analysis.study, day):
        raise _not_allowed(run.analysis.study)
    return run


def _analyses() -> QuerySet[Analysis]:
    return Analysis.objects.select_related(
        "study__programme__organisation", "measure", "cluster", "shared_by"
    )


def _was_shown_to(person: Person, analysis: Analysis, day: dt.date) -> bool:
    shown = analysis.shared_at is not None
    return shown and programmes_in(person, day).filter(pk=analysis.study.programme_id).exists()


def _no_such_study() -> NotThere:
    return NotThere(Message(N_("There is no such study.")))


def _no_such_analysis() -> NotThere:
    return NotThere(Message(N_("There is no such analysis.")))


def _not_allowed(study: Study) -> NotAllowed:
    return NotAllowed(
        Message(N_("You cannot open this study.")),
        why=Message(
            N_("It belongs to this programme: %(programme)s."),
            {"programme": str(study.programme)},
        ),
        next_step=Message(
            N_(
                "The programme’s officers and those named on the study can open it, and, once a "
                "result is shown to schools, the heads of the programme. Ask one of the officers."
            )
        ),
    )
