"""What the tests of these pages share."""

from __future__ import annotations

from clusterwork.web.measures.tests.conftest import english_again as english_again
