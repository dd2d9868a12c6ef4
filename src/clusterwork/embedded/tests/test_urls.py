"""DATABASE_URL in Django's words."""

from pathlib import Path

import pytest

from clusterwork.embedded import Server
from clusterwork.embedded.urls import NotADatabaseUrl, django_database

POSTGRESQL = "django.db.backends.postgresql"


class TestDjangoDatabase:
    def test_reads_each_part(self) -> None:
        assert django_database("postgresql://ann:secret@db.example.org:5433/cw") == {
            "ENGINE": POSTGRESQL,
            "NAME": "cw",
            "USER": "ann",
            "PASSWORD": "secret",
            "HOST": "db.example.org",
            "PORT": "5433",
            "OPTIONS": {},
        }

    def test_leaves_absent_parts_empty(self) -> None:
        database = django_database("postgres:///cw")
        assert [database[word] for word in ("USER", "PASSWORD", "HOST", "PORT")] == [""] * 4

    def test_decodes_what_a_url_has_to_encode(self) -> None:
        database = django_database("postgresql://a%40b:p%2F%3A%25w@host/d%C5%B5r")
        assert (database["USER"], database["PASSWORD"]) == ("a@b", "p/:%w")
        assert database["NAME"] == "dŵr"

    def test_takes_a_socket_folder_as_the_host(self) -> None:
        folder = Path("/data/Ysgol, y & 100%")
        database = django_database(Server(folder, None, folder).url("clusterwork_owner"))
        assert database["HOST"] == str(folder)
        assert database["USER"] == "clusterwork_owner"
        assert database["PORT"] == "5432"

    def test_hands_on_what_django_has_no_word_for(self) -> None:
        database = django_database("postgresql://h/cw?sslmode=verify-full&sslrootcert=/ca.pem")
        assert database["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/ca.pem"}

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "cw",
            "mysql://h/cw",
            "sqlite:///cw",
            "dbname=cw",
            "postgresql://h",
            "postgresql://h/a?b=1",
        ],
    )
    def test_refuses_what_names_no_postgresql_database(self, url: str) -> None:
        with pytest.raises(NotADatabaseUrl):
            django_database(url)

    def test_never_repeats_a_password(self) -> None:
        with pytest.raises(NotADatabaseUrl) as caught:
            django_database("postgresql://ann:secret@h/cw?nonsense=1")
        assert "secret" not in str(caught.value)
