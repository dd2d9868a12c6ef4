"""Plans, and the papers made of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Schema


class Plan(Schema):
    """A cluster's plan over [start_on, end_on); one for a period, funded work and unfunded."""

    id: int
    cluster_id: int
    cluster_name: str
    title: str
    language: str
    state: str
    start_on: dt.date
    end_on: dt.date
    approved_on: dt.date | None
    replaces_id: int | None


class WholePlan(Plan):
    """A plan with its content.

    In `content` stand the plan's own fields under `plan`, and lists of parts, each with its `uid`:
    `priorities`, `strands`, `actions`, `milestones`, `posts`, `payers`, `budget_lines`, `outcomes`,
    `targets` and `definitions`. Schools, people, measures and programmes are named by number;
    `names` says what these were called. Money is in pence. `version` changes with the content.
    """

    version: str
    content: dict[str, Any]


class Paper(Schema):
    """A paper that can be made of a plan: `audience` is what asks for it."""

    audience: str
    kind: str
    name: str


class Document(Schema):
    """A paper as blocks, each with its `kind`; two documents where it is in both languages."""

    title: str
    documents: list[dict[str, Any]]
