"""The canonical content of a plan: what submissions freeze, exports write, comparisons read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from clusterwork.plans.rules.parts import SECTIONS, plain
from clusterwork.plans.rules.whole import NamedSchool, WholePlan

SHAPE = 1


def content_of(whole: WholePlan) -> dict[str, Any]:
    """The plan as JSON: `plan` its own fields, each section a list of parts with their `uid`.

    `about` says which plan of which cluster it is. `names` holds, by number, what schools, people,
    measures and programmes were called at the time, so that it can be read when they have changed.
    Comments, versions and who changed what are no part of it.
    """
    return {
        "shape": SHAPE,
        "about": {"plan": whole.pk, "cluster": whole.cluster_pk, "name": whole.cluster_name},
        "plan": plain(whole.fields.values),
        **{
            name: [{"uid": str(part.uid), **plain(part.values)} for part in whole.section(name)]
            for name in SECTIONS
        },
        "names": _names(whole),
    }


def sha256_of(content: Mapping[str, Any]) -> str:
    """The same for the same content, however its keys are ordered."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _names(whole: WholePlan) -> dict[str, Any]:
    named = whole.named
    return {
        "schools": {str(pk): _school(each) for pk, each in named.schools.items()},
        "people": {str(pk): name for pk, name in named.people.items()},
        "measures": {str(pk): _without_pk(asdict(each)) for pk, each in named.measures.items()},
        "programmes": {
            str(pk): {"name": name, "name_cy": welsh}
            for pk, (name, welsh) in named.programmes.items()
        },
        "programme_priorities": {
            str(pk): _without_pk(asdict(each)) for pk, each in named.programme_priorities.items()
        },
    }


def _school(school: NamedSchool) -> dict[str, Any]:
    spans = [[start.isoformat(), end.isoformat() if end else None] for start, end in school.spans]
    return {
        "name": school.name,
        "number": school.number,
        "phase": school.phase,
        "in_cluster": spans,
    }


def _without_pk(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name != "pk"}
