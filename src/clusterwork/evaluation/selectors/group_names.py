"""The names of the groups in statistics of pupils, where the register knows their keys."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from clusterwork.registry.models import Authority, School

FIRST_URN = 100_000


def names_of(keys: Collection[str]) -> Mapping[str, str]:
    """By key the name: of schools by their URN or Welsh number; of authorities by their code where
    every key is one. Keys that are not known are left out."""
    schools = School.objects.only("urn", "welsh_number", "name", "name_cy")
    urns = [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) == 6]
    found = {
        str(school.urn): str(school)
        for school in schools.filter(urn__in=[urn for urn in urns if urn >= FIRST_URN])
    }
    welsh = [key for key in keys if len(key) == 7]
    if welsh:
        told = schools.filter(welsh_number__in=welsh)
        found |= {str(school.welsh_number): str(school) for school in told}
    if not found:
        authorities = Authority.objects.filter(code__in=list(keys)[:1000])
        codes = {each.code: str(each) for each in authorities}
        found = codes if set(keys) == set(codes) else {}
    return found


def in_order_of_name(keys: Collection[str], names: Mapping[str, str]) -> list[str]:
    """The keys as they read in a list: by name, numbers by their size."""
    return sorted(keys, key=lambda key: _place(names.get(key, key)))


def _place(label: str) -> tuple[bool, int, str]:
    is_number = label.isascii() and label.isdigit()
    return (not is_number, int(label) if is_number else 0, label.casefold())
