"""Lists in pages: how many rows there are, and a part of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, Self, TypeVar

from django.db.models import QuerySet
from ninja import Schema
from pydantic import Field, ValidationInfo, model_validator

from clusterwork.api.words import Day

RowT = TypeVar("RowT")
PageNumber = Annotated[int, Field(ge=1, le=1_000_000)]
PageSize = Annotated[int, Field(ge=1, le=500)]


class OnlyKnown(Schema):
    """Refuses a word that it does not know, so that a slip of the pen is not answered with all."""

    @model_validator(mode="after")
    def knows_every_word(self, info: ValidationInfo) -> Self:
        """Compares with the address itself, of which only the known words are handed on."""
        request = (info.context or {}).get("request")
        if request and (unknown := set(request.GET) - set(type(self).model_fields)):
            raise ValueError("nothing here is asked by " + ", ".join(sorted(unknown)))
        return self


class Asked(OnlyKnown):
    """What every list can be asked for."""

    page: PageNumber = Field(1, description="Which page, from 1.")
    size: PageSize = Field(100, description="How many rows a page holds at most.")


class AskedOn(Asked):
    """A list of facts that have dates."""

    on: Day | None = Field(None, description="The day whose facts are asked for; else today.")


class OnlyOn(OnlyKnown):
    """One thing, as at a day."""

    on: Day | None = Field(None, description="The day whose facts are asked for; else today.")


class Page(Schema, Generic[RowT]):
    """A part of a list; `count` is of all its rows."""

    count: int
    page: int
    size: int
    items: list[RowT]


def page_of(rows: QuerySet[Any], asked: Asked, shown: Callable[[Any], Any]) -> dict[str, Any]:
    """The page of an ordered query, each row as `shown` makes it; empty past the end."""
    first = (asked.page - 1) * asked.size
    items = [shown(row) for row in rows[first : first + asked.size]]
    return {"count": rows.count(), "page": asked.page, "size": asked.size, "items": items}


def page_of_list(rows: Sequence[Any], asked: Asked) -> dict[str, Any]:
    """The page of rows that are all there already; empty past the end."""
    first = (asked.page - 1) * asked.size
    items = rows[first : first + asked.size]
    return {"count": len(rows), "page": asked.page, "size": asked.size, "items": items}
