"""The suite itself runs as the role that web and worker have, so a missing grant shows."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection

pytestmark = pytest.mark.django_db


def current_user() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


class TestTheAppRole:
    def test_is_who_the_tests_are(self) -> None:
        assert current_user() == "clusterwork_app"

    @pytest.mark.parametrize(
        "forbidden",
        [
            "CREATE TABLE extra (id int)",
            "ALTER TABLE django_content_type ADD COLUMN extra int",
            "DROP TABLE django_content_type",
            "SET ROLE clusterwork_owner",
            "SET ROLE postgres",
        ],
    )
    def test_may_not_change_the_house(self, forbidden: str) -> None:
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute(forbidden)


@pytest.mark.django_db(transaction=True)
class TestTransactionalTests:
    @pytest.mark.parametrize("_turn", [1, 2])
    def test_start_from_empty_tables(self, _turn: int) -> None:
        assert current_user() == "clusterwork_app"
        ContentType.objects.create(app_label="left", model="behind")
        assert ContentType.objects.filter(app_label="left").count() == 1
