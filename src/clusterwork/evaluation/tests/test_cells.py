"""Statistics of pupils are checked when they come, kept no longer than said, and erased whole."""

import datetime as dt
import json
import math

import pytest

from clusterwork.audit.models import Entry
from clusterwork.evaluation.impact_adapter.tests.made_pupils import (
    CutShort,
    NotCells,
    NotFinite,
    OtherFormat,
    cells_text,
    fit_cells,
    from_json,
    rows,
)
from clusterwork.evaluation.impact_adapter.value_added import Model, columns_alone
from clusterwork.evaluation.models import CellFit, CellSet
from clusterwork.evaluation.permissions.restricted import as_person
from clusterwork.evaluation.rules.keeping import KeptNotLong, KeptTooLong, years_after
from clusterwork.evaluation.services.cells import uploading
from clusterwork.evaluation.services.cells.fitting import (
    NoSets,
    SetsDiffer,
    ask_for_fit,
    give_up_fit,
    work_on_fit,
)
from clusterwork.evaluation.services.cells.keeping import (
    NoReason,
    erase_cells,
    erase_past_keeping,
    keep_cells,
)
from clusterwork.evaluation.services.cells.packing import Erased, text_of
from clusterwork.evaluation.services.cells.uploading import (
    NoText,
    NotProtected,
    SinglePupils,
    TooLarge,
    TooManyColumns,
    UploadedAlready,
)
from clusterwork.evaluation.tests.made_cells import WHOLE, MadeStudy
from clusterwork.kernel.errors import NotAllowed, NotThere

pytestmark = pytest.mark.django_db
TEXT = cells_text()


@pytest.fixture
def made() -> MadeStudy:
    return MadeStudy()


def changed(**parts) -> str:
    return json.dumps({**json.loads(TEXT), **parts})


class TestUploading:
    def test_keeps_what_the_file_is_of_and_who_brought_it(self, made):
        cells = made.seen(CellSet, made.upload(TEXT).pk)
        assert (cells.outcome, cells.covariates, cells.levels) == (
            "ks2",
            ["ks1", "fsm"],
            ["authority", "school"],
        )
        assert (cells.n_pupils, cells.n_schools, cells.fewest) == (135, 12, 3)
        assert cells.uploaded_by == made.analyst
        assert text_of(cells) == TEXT
        entry = Entry.objects.get(verb="evaluation.cells_upload")
        assert entry.actor_id == made.analyst.pk
        assert "ks2" not in json.dumps([entry.params, entry.details])

    def test_drops_whatever_else_stands_in_the_file(self, made):
        cells = made.upload(changed(pupils=["Ann Jones"]))
        assert "Ann Jones" not in text_of(made.seen(CellSet, cells.pk))

    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (b"", NotCells),
            (b"\xff\xfe\x00", NoText),
            (b"name,ks2\nAnn,100\n", NotCells),
            (changed(format="clusterwork-cells-9"), OtherFormat),
            (TEXT[:-40], CutShort),
            (changed(constants=[math.inf, 0.2, 100.0]), NotFinite),
            (changed(groups=json.loads(TEXT)["groups"][1:]), NotCells),
            (cells_text(rows(sizes=[12, 12, 12, 1])), SinglePupils),
            (columns_alone(TEXT), SinglePupils),
        ],
    )
    def test_refuses_with_what_why_and_what_to_do(self, made, content, kind):
        with pytest.raises(kind) as refused:
            made.upload(content or b" ")
        assert type(refused.value) is kind
        assert refused.value.why
        assert refused.value.next_step
        with as_person(made.analyst.pk):
            assert not CellSet.objects.exists()

    def test_refuses_what_is_too_large_or_too_wide(self, made, monkeypatch):
        monkeypatch.setattr(uploading, "LARGEST", 100)
        with pytest.raises(TooLarge):
            made.upload(TEXT)
        monkeypatch.undo()
        monkeypatch.setattr(uploading, "MOST_COLUMNS", 1)
        with pytest.raises(TooManyColumns):
            made.upload(TEXT)

    def test_refuses_the_same_statistics_twice_until_they_are_erased(self, made):
        cells = made.upload(TEXT)
        with pytest.raises(UploadedAlready):
            made.upload(TEXT, label="Again")
        erase(made, cells)
        assert made.upload(TEXT, label="Again").pk

    def test_is_for_those_named_only(self, made):
        made.naming.delete()
        with pytest.raises(NotAllowed):
            made.upload(TEXT)

    def test_takes_nothing_where_the_policies_would_not_hold(self, made, monkeypatch):
        monkeypatch.setattr(uploading, "is_protected", lambda: False)
        with pytest.raises(NotProtected):
            made.upload(TEXT)

    @pytest.mark.parametrize(("days", "kind"), [(-1, KeptNotLong), (800, KeptTooLong)])
    def test_refuses_a_day_that_has_passed_or_is_too_far(self, made, days, kind):
        with pytest.raises(kind):
            made.upload(TEXT, keep_until=made.today + dt.timedelta(days))


def erase(made: MadeStudy, cells: CellSet) -> CellSet:
    return erase_cells(
        person=made.analyst, day=made.today, now=made.now, study_pk=made.study.pk, pk=cells.pk
    )


def keep(made: MadeStudy, cells: CellSet, until: dt.date, because: str = "A second cohort comes."):
    return keep_cells(
        person=made.analyst,
        day=made.today,
        study_pk=made.study.pk,
        pk=cells.pk,
        until=until,
        because=because,
    )


class TestErasing:
    def test_empties_the_statistics_and_every_result_made_with_them(self, made):
        cells = made.upload()
        fit = made.fit(cells)
        assert fit.found
        erase(made, cells)
        gone = made.seen(CellSet, cells.pk)
        assert gone.content is None
        assert (gone.erased_by, gone.label, gone.n_pupils) == (made.analyst, "Lincolnshire", 135)
        assert made.seen(CellFit, fit.pk).found == {}
        assert Entry.objects.filter(verb="evaluation.cells_erase", actor_id=made.analyst.pk)

    def test_happens_once(self, made):
        cells = made.upload()
        erase(made, cells)
        with pytest.raises(Erased):
            erase(made, cells)
        with pytest.raises(Erased):
            keep(made, cells, made.today + dt.timedelta(400))

    def test_is_for_those_named_only(self, made):
        cells = made.upload()
        made.naming.delete()
        with pytest.raises(NotAllowed):
            erase(made, cells)


class TestTheNight:
    def test_erases_what_is_past_its_last_day_and_nothing_else(self, made):
        today = made.upload(label="Today", keep_until=made.today)
        past = made.upload(cells_text(rows(seed=2)), label="Past")
        fit, other = made.fit(today, past), made.fit(today)
        make_past(made, past)
        made.naming.delete()  # although nobody is named any more
        assert erase_past_keeping() == 1
        made.name(made.analyst)
        gone = made.seen(CellSet, past.pk)
        assert gone.is_erased
        assert gone.content is None
        assert not made.seen(CellSet, today.pk).is_erased
        assert made.seen(CellFit, fit.pk).found == {}
        assert made.seen(CellFit, other.pk).found
        entry = Entry.objects.get(verb="evaluation.cells_erase")
        assert (entry.actor_id, entry.subject_id) == (None, past.pk)

    def test_is_safe_to_run_twice(self, made):
        make_past(made, made.upload())
        assert (erase_past_keeping(), erase_past_keeping()) == (1, 0)

    def test_a_result_that_still_waits_ends(self, made):
        cells = made.upload()
        fit = asked(made, cells)
        make_past(made, cells)
        erase_past_keeping()
        work_on_fit(fit.pk, made.analyst.pk)
        ended = made.seen(CellFit, fit.pk)
        assert (ended.state, ended.found) == ("failed", {})


def make_past(made: MadeStudy, cells: CellSet) -> None:
    with as_person(made.analyst.pk):
        CellSet.objects.filter(pk=cells.pk).update(keep_until=made.today - dt.timedelta(1))


class TestKeepingLonger:
    def test_needs_a_reason_and_a_later_day(self, made):
        cells = made.upload()
        later = made.today + dt.timedelta(500)
        with pytest.raises(NoReason):
            keep(made, cells, later, " ")
        with pytest.raises(KeptNotLong):
            keep(made, cells, cells.keep_until)
        kept = keep(made, cells, later)
        assert (kept.keep_until, kept.kept_because) == (later, "A second cohort comes.")
        assert Entry.objects.get(verb="evaluation.cells_keep").details["because"]

    def test_ends_five_years_after_the_upload(self, made):
        cells = made.upload()
        with pytest.raises(KeptTooLong):
            keep(made, cells, years_after(made.today, 2) + dt.timedelta(1))
        with as_person(made.analyst.pk):
            CellSet.objects.update(uploaded_at=made.now - dt.timedelta(365 * 4))
        with pytest.raises(KeptTooLong):
            keep(made, cells, years_after(made.today, 2))
        assert keep(made, cells, years_after(made.today, 1) - dt.timedelta(1))

    def test_a_leap_day_has_a_next_year(self):
        assert years_after(dt.date(2028, 2, 29), 1) == dt.date(2029, 2, 28)


def asked(made: MadeStudy, *sets: CellSet, model: Model = WHOLE) -> CellFit:
    return ask_for_fit(
        person=made.analyst,
        day=made.today,
        now=made.now,
        study_pk=made.study.pk,
        set_pks=[each.pk for each in sets],
        model=model,
    )


class TestValueAdded:
    def test_is_what_the_library_says_of_the_file(self, made):
        found = made.fit(made.upload(TEXT)).found
        fit = fit_cells(from_json(TEXT))
        assert [each["estimate"] for each in found["fixed"]] == [
            each.estimate for each in fit.fixed
        ]
        assert [each["value"] for each in found["variances"]] == [
            each.value for each in fit.variances
        ]
        told = [
            (each["key"][-1], each["estimate"], each["n"]) for each in found["effects"]["school"]
        ]
        assert told == [(each.id, each.estimate, each.n) for each in fit.effects("school")]
        assert found["data_hash"] == fit.data_hash

    def test_two_sets_added_up_are_one_file_of_both(self, made):
        pupils = rows(sizes=[12] * 11 + [4])
        one, two = made.upload(cells_text(pupils[::2])), made.upload(cells_text(pupils[1::2]))
        found = made.fit(one, two).found
        assert found["deviance"] == pytest.approx(fit_cells(from_json(cells_text(pupils))).deviance)
        assert len(found["counts"]) == 2

    def test_takes_fewer_columns_and_levels(self, made):
        found = made.fit(made.upload(), model=Model(("ks1",), ("school",))).found
        assert [each["name"] for each in found["fixed"]] == ["(Intercept)", "ks1"]
        assert list(found["effects"]) == ["school"]

    def test_asked_twice_is_worked_out_once(self, made):
        cells = made.upload()
        assert made.fit(cells).pk == made.fit(cells).pk
        assert made.fit(cells, model=Model((), ("school",))).pk != made.fit(cells).pk

    def test_refuses_none_other_studies_and_erased_ones(self, made):
        with pytest.raises(NoSets):
            asked(made)
        with pytest.raises(NotThere):
            asked(made, CellSet(pk=0))
        cells = made.upload()
        erase(made, cells)
        with pytest.raises(Erased):
            asked(made, cells)

    def test_refuses_sets_of_other_columns_with_both(self, made):
        one, two = made.upload(), made.upload(cells_text(covariates=["ks1"]), label="Norfolk")
        with pytest.raises(SetsDiffer) as refused:
            asked(made, one, two)
        assert "ks2 ~ ks1 |" in str(refused.value)

    def test_says_why_there_is_none(self, made):
        one = made.upload()
        two = made.upload(cells_text(constants={"ks1": 0.0, "fsm": 0.0, "ks2": 0.0}), label="Two")
        fit = made.fit(one, two)
        assert fit.state == CellFit.State.FAILED
        assert "different constants" in fit.trouble["what"]["template"]

    def test_the_worker_sees_nothing_once_whoever_asked_is_not_named(self, made):
        cells = made.upload()
        fit = asked(made, cells)
        made.naming.delete()
        work_on_fit(fit.pk, made.analyst.pk)
        made.name(made.analyst)
        assert made.seen(CellFit, fit.pk).state == CellFit.State.WAITING

    def test_that_was_forgotten_can_be_asked_for_again(self, made):
        cells = made.upload()
        fit = asked(made, cells)
        made.now += dt.timedelta(hours=2)
        again = asked(made, cells)
        assert (again.pk, again.asked_at) == (fit.pk, made.now)

    def test_that_breaks_off_again_and_again_ends(self, made):
        fit = asked(made, made.upload())
        give_up_fit(fit.pk, made.analyst.pk)
        assert made.seen(CellFit, fit.pk).state == CellFit.State.FAILED
