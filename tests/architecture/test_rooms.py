"""Two doors between rooms that the import linter cannot see."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import Field, ForeignKey, ManyToManyField


def room_of(model: type) -> str:
    return model.__module__.split(".")[1]


def keys_into_other_rooms() -> Iterator[Field]:
    for model in apps.get_models():
        if not model.__module__.startswith("clusterwork.") or hasattr(model, "pgh_tracked_model"):
            continue
        for field in model._meta.get_fields():
            other = getattr(field, "related_model", None)
            if (
                isinstance(field, ForeignKey | ManyToManyField)
                and other.__module__.startswith("clusterwork.")
                and room_of(other) != room_of(model)
            ):
                yield field


def where_it_stands(field: Field) -> type:
    """The class in whose body the key is written: the model, or an abstract one above it."""
    above = (each for each in field.model.__mro__ if getattr(each, "_meta", None))
    return [each for each in above if field.name in {f.name for f in own_fields(each)}][-1]


def own_fields(model: type) -> list[Field]:
    return [*model._meta.local_fields, *model._meta.local_many_to_many]


KEYS = list(keys_into_other_rooms())


def test_there_are_keys_between_rooms():
    assert KEYS


@pytest.mark.parametrize("field", KEYS, ids=str)
def test_a_key_into_another_room_leaves_no_name_there(field):
    assert (field.remote_field.related_name or "").endswith("+")


@pytest.mark.parametrize("field", KEYS, ids=str)
def test_a_key_into_another_room_names_the_imported_class(field):
    import inspect

    source = inspect.getsource(inspect.getmodule(where_it_stands(field)))
    assert f'"{field.related_model._meta.label}"' not in source
    assert field.related_model.__name__ in source
