"""What Django and allauth say on our pages is Welsh on Welsh pages."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from clusterwork.accounts.models import Person

SCRIPT = Path(__file__).resolve().parents[5] / "scripts" / "third_party_messages.py"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("third_party_messages", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestTheCatalogue:
    def test_has_all_that_can_be_shown(self, script):
        assert list(script.troubles(script.catalogue(script.OURS))) == []

    def test_would_say_what_is_missing(self, script):
        empty = script.catalogue(Path("nowhere"))
        assert any("This password is too common." in each for each in script.troubles(empty))

    def test_would_see_a_wrong_placeholder(self, script):
        ours = script.catalogue(script.OURS)
        ours.get("Key nr. {number}").string = "Allwedd"
        assert any("other placeholders" in each for each in script.troubles(ours))


class TestOnPages:
    @pytest.mark.parametrize(
        ("password", "says"),
        [
            ("byr", "o leiaf 12 nod"),
            ("password1234", "rhy gyffredin"),
            ("nia.rees.pontypridd", "rhy debyg"),
        ],
    )
    def test_passwords_are_refused_in_welsh(self, password, says):
        person = Person(email="nia.rees.pontypridd@example.org", name="Nia Rees")
        with override("cy"), pytest.raises(ValidationError) as refused:
            validate_password(password, person)
        assert says in " ".join(refused.value.messages)
