"""The library's main verbs can be asked for by name, and nothing is read before."""

import subprocess
import sys

import pytest

from clusterwork import impact


@pytest.mark.parametrize("name", impact.__all__)
def test_every_name_is_there(name):
    assert callable(getattr(impact, name))


def test_another_name_is_not():
    with pytest.raises(AttributeError, match="has no attribute 'prove'"):
        impact.prove  # noqa: B018 - asked for to be refused


def test_nothing_heavy_is_read_before_it_is_asked_for():
    asked = "import clusterwork.impact, sys; print('scipy' in sys.modules, 'numpy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "False"]
