"""Every sentence reaches those who write the Welsh: gettext is called by names known to it."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "clusterwork"
FUNCTIONS = {
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
}
# The sign-in pages' own sentences, which their library translates.
OF_OTHERS = {"allauths"}


def names_of_gettext(source: str) -> set[str]:
    """The names under which a module imports gettext's functions."""
    imports = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.ImportFrom)]
    return {
        name.asname or name.name
        for each in imports
        if each.module == "django.utils.translation"
        for name in each.names
        if name.name in FUNCTIONS
    }


@pytest.fixture(scope="module")
def known() -> set[str]:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    assert spec and spec.loader
    scripts = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scripts)
    return set(scripts.KEYWORDS)


class TestNamesOfGettext:
    def test_the_extractor_knows_every_name_that_is_used(self, known):
        strange = {
            str(path.relative_to(SOURCE)): unknown
            for path in SOURCE.rglob("*.py")
            if (unknown := names_of_gettext(path.read_text()) - known - OF_OTHERS)
        }
        assert strange == {}
