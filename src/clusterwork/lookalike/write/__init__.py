"""Writes an invented county in the formats that the official sources use."""

from __future__ import annotations

from pathlib import Path

from clusterwork.lookalike.model import County
from clusterwork.lookalike.write.boundaries import write_boundaries
from clusterwork.lookalike.write.clusters import write_clusters
from clusterwork.lookalike.write.english import write_english_register
from clusterwork.lookalike.write.facts import write_facts
from clusterwork.lookalike.write.formation import write_formation
from clusterwork.lookalike.write.welsh import write_welsh_register


def write_county(county: County, folder: Path) -> list[Path]:
    """Writes every file into `folder`, made if absent; returns their paths, sorted by name.

    Files of the same name are replaced, others left alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = write_welsh_register if county.country == "W" else write_english_register
    names = [*before(county, folder), *write_facts(county, folder)]
    names += [*write_formation(county, folder), *write_clusters(county, folder)]
    names.append(write_boundaries(county, folder))
    return sorted(folder / name for name in names)
