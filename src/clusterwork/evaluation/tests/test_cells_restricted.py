"""The database itself shows statistics of pupils only to somebody named on the study that day."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from clusterwork.evaluation.models import CellFit, CellSet
from clusterwork.evaluation.permissions.restricted import (
    SETTING,
    as_person,
    is_protected,
    named_on,
)
from clusterwork.evaluation.tests.made_cells import MadeStudy, person
from clusterwork.kernel.errors import NotAllowed, NotThere

pytestmark = pytest.mark.django_db
TABLES = (
    "evaluation_cellset",
    "evaluation_cellsetevent",
    "evaluation_cellfit",
    "evaluation_cellfitevent",
    "evaluation_cellfit_sets",
)


@pytest.fixture
def made() -> MadeStudy:
    study = MadeStudy()
    study.fit(study.upload())
    return study


def counted() -> list[int]:
    """Rows of each restricted table that plain SQL finds."""
    found = []
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found.append(cursor.fetchone()[0])
    return found


class TestTheDatabase:
    def test_shows_everything_to_somebody_named(self, made):
        with as_person(made.analyst.pk):
            assert all(counted())

    def test_shows_nothing_without_a_name(self, made):
        assert counted() == [0] * len(TABLES)
        assert not CellSet.objects.exists()
        assert not CellFit.objects.exists()

    def test_shows_nothing_to_anybody_else_not_even_the_officer(self, made):
        for other in (made.officer, person("bob")):
            with as_person(other.pk):
                assert counted() == [0] * len(TABLES)

    @pytest.mark.parametrize(("days", "until"), [(-30, 0), (-30, -1), (1, None)])
    def test_shows_nothing_to_somebody_named_on_another_day(self, made, days, until):
        other = person("bob")
        made.name(other, days=days, until=until)
        with as_person(other.pk):
            assert counted() == [0] * len(TABLES)

    def test_shows_nothing_of_another_study(self, made):
        from clusterwork.evaluation.models import Study, StudyPerson

        other = person("bob")
        study = Study.objects.create(
            programme=made.study.programme, title="Another", started_at=made.now
        )
        StudyPerson.objects.create(study=study, person=other, start_on=made.today)
        with as_person(other.pk):
            assert counted() == [0] * len(TABLES)

    def test_lets_nobody_else_write(self, made):
        held = made.seen(CellSet, pk_of(made))
        copy = {each.attname: getattr(held, each.attname) for each in CellSet._meta.fields}
        copy.update(id=None, data_hash="0" * 64)
        with as_person(made.analyst.pk):
            assert CellSet.objects.create(**copy).pk
        for who in (None, made.officer.pk):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                if who:
                    with as_person(who):
                        CellSet.objects.create(**{**copy, "data_hash": "1" * 64})
                else:
                    CellSet.objects.create(**{**copy, "data_hash": "1" * 64})
        assert CellSet.objects.update(label="Taken") == 0

    def test_is_not_to_be_got_round_by_its_role(self):
        assert is_protected()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
            )
            assert cursor.fetchone() == (False,)
            cursor.execute(
                "SELECT count(*) FROM pg_tables WHERE tablename = ANY(%s)"
                " AND (tableowner = current_user OR NOT rowsecurity)",
                [list(TABLES)],
            )
            assert cursor.fetchone() == (0,)

    def test_can_neither_change_content_nor_take_back_what_was_erased(self, made):
        pk = pk_of(made)
        with as_person(made.analyst.pk):
            for change in (
                {"content": b"other"},
                {"data_hash": "0" * 64},
                {"content": None},
                {"erased_at": made.now},
            ):
                with pytest.raises(DatabaseError), transaction.atomic():
                    CellSet.objects.filter(pk=pk).update(**change)
            CellSet.objects.filter(pk=pk).update(content=None, erased_at=made.now)
            for change in ({"content": b"other", "erased_at": None}, {"label": "Other"}):
                with pytest.raises(DatabaseError), transaction.atomic():
                    CellSet.objects.filter(pk=pk).update(**change)
            with pytest.raises(DatabaseError), transaction.atomic():
                CellSet.objects.filter(pk=pk).delete()

    def test_keeps_no_content_in_its_history(self, made):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_name, column_name FROM information_schema.columns"
                " WHERE table_name IN ('evaluation_cellsetevent', 'evaluation_cellfitevent')"
            )
            columns = {name for _table, name in cursor.fetchall()}
        assert not columns & {"content", "found"}


def pk_of(made: MadeStudy) -> int:
    with as_person(made.analyst.pk):
        return CellSet.objects.get().pk


class TestAsPerson:
    def test_ends_with_its_block(self, made):
        with as_person(made.analyst.pk):
            pass
        assert not CellSet.objects.exists()

    def test_ends_where_it_breaks_off(self, made):
        with pytest.raises(RuntimeError), as_person(made.analyst.pk):
            raise RuntimeError
        assert not CellSet.objects.exists()

    def test_ends_where_the_database_refuses(self, made):
        with pytest.raises(DatabaseError), as_person(made.analyst.pk):
            CellSet.objects.update(keep_until=None)
        assert not CellSet.objects.exists()

    def test_gives_back_to_whoever_it_was(self, made):
        with as_person(made.analyst.pk):
            with as_person(made.officer.pk):
                assert not CellSet.objects.exists()
            assert CellSet.objects.exists()

    def test_an_empty_name_is_nobody(self, made):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, '', true)", [SETTING])
        assert not CellSet.objects.exists()


class TestNamedOn:
    def test_is_refused_to_the_officer_with_who_can_name_them(self, made):
        with (
            pytest.raises(NotAllowed) as refused,
            named_on(made.officer, made.study.pk, made.today),
        ):
            pass
        assert "officers can name people on the study" in str(refused.value)
        assert "Lincolnshire" in str(refused.value)

    def test_is_refused_to_strangers_and_of_no_study(self, made):
        with pytest.raises(NotAllowed), named_on(person("bob"), made.study.pk, made.today):
            pass
        with pytest.raises(NotThere), named_on(made.analyst, 0, made.today):
            pass

    def test_ends_on_the_day_on_which_the_naming_ends(self, made):
        made.naming.end_on = made.today + dt.timedelta(1)
        made.naming.save()
        with named_on(made.analyst, made.study.pk, made.today):
            assert CellSet.objects.exists()
        made.naming.end_on = made.today
        made.naming.save()
        with pytest.raises(NotAllowed), named_on(made.analyst, made.study.pk, made.today):
            pass


@pytest.mark.django_db(transaction=True)
class TestOneConnection:
    def test_two_transactions_do_not_mix(self):
        made = MadeStudy()
        made.upload()
        with transaction.atomic():
            assert not CellSet.objects.exists()
        with as_person(made.analyst.pk):
            assert CellSet.objects.exists()
        assert not CellSet.objects.exists()
