"""A run that has ended stays as it ended; the database itself sees to it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from clusterwork.evaluation.models import Run
from clusterwork.evaluation.tests.made import NOW, made_world
from clusterwork.evaluation.tests.made_studies import registered, resulted

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(db):
    return registered(made_world(n_clusters=2, schools_each=2, pool=4))


def run_in(made, state):
    """A result's run in this state."""
    ended = {} if state in ("waiting", "working") else {"ended_at": NOW}
    return Run.objects.create(
        analysis=made.analysis, registration=made, kind="result", plan=made.plan, state=state,
        asked_at=NOW, found={"sentences": []} if state == "done" else {}, **ended,
    )  # fmt: skip


@pytest.mark.parametrize("state", ["done", "failed", "stopped"])
class TestWhatHasEnded:
    @pytest.mark.parametrize(
        "changes",
        [
            {"found": {"sentences": [], "claim": "effect"}},
            {"trouble": {"what": None}},
            {"plan": {}},
            {"state": "working", "ended_at": None},
            {"done": 3},
        ],
        ids=lambda changes: next(iter(changes)),
    )
    def test_never_changes(self, made, state, changes) -> None:
        run = run_in(made, state)
        with pytest.raises(IntegrityError), transaction.atomic():
            Run.objects.filter(pk=run.pk).update(**changes)

    def test_is_never_deleted(self, made, state) -> None:
        run_in(made, state)
        with pytest.raises(DatabaseError), transaction.atomic():
            made.analysis.runs.filter(kind="result").delete()


class TestWhatIsStillOpen:
    def test_ends_once(self, made) -> None:
        run = run_in(made, "working")
        rows = Run.objects.filter(pk=run.pk)
        assert rows.update(state="done", ended_at=NOW, found={"sentences": []}) == 1
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(state="stopped")

    def test_may_still_be_shown_once_it_is_done(self, made) -> None:
        rows = Run.objects.filter(pk=resulted(made).pk)
        assert rows.update(is_shown=True) == rows.update(is_shown=False) == 1
