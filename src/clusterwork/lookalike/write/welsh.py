"""The register of a Welsh region, in the columns of the open list of maintained schools."""

from __future__ import annotations

from pathlib import Path

from clusterwork.lookalike.model import County, School
from clusterwork.lookalike.write.boundaries import to_longitude_latitude
from clusterwork.lookalike.write.tables import percent, write_records

MEDIUM_CODES = {"English medium": "EM", "Welsh medium": "WM", "Not applicable": "NA"}

SECTORS = {"All-through": "Middle", "Not applicable": "Special"}


def write_welsh_register(county: County, folder: Path) -> list[str]:
    """schools.csv: one row an open school, with its Welsh name and authority's besides."""
    schools = sorted(county.open_schools, key=lambda school: school.urn)
    spots = to_longitude_latitude([(float(s.easting), float(s.northing)) for s in schools])
    write_records(
        folder / "schools.csv",
        [_school(county, s, spot) for s, spot in zip(schools, spots, strict=True)],
    )
    return ["schools.csv"]


def _school(county: County, school: School, spot: tuple[float, float]) -> dict[str, object]:
    last, earlier = county.last_year, county.last_year - 3
    now = next(row for row in county.census if row.urn == school.urn and row.year == last)
    then = next(row for row in county.census if row.urn == school.urn and row.year == earlier)
    categories = (x for x in county.support_categories if x.urn == school.urn)
    category = next((x.category for x in categories if x.on.year == last), "")
    authority = next(a for a in county.authorities if a.code == school.place.authority_code)
    return {
        "school_number": school.urn,
        "school_name": school.name,
        "la_code": authority.code,
        "la_gss": authority.gss,
        "la_name": authority.name,
        "consortium": county.name,
        "sector": SECTORS.get(school.phase, school.phase),
        "governance": school.kind,
        "medium_code": MEDIUM_CODES[school.medium],
        "medium": school.medium,
        "school_type": school.kind_group,
        "religious_character": school.faith,
        "postcode": school.postcode,
        "pupils": now.n_pupils,
        f"support_category_{last}": category,
        "easting": school.easting,
        "northing": school.northing,
        f"fsm_pct_{earlier}": percent(then.n_fsm, then.n_pupils),
        "latitude": f"{spot[1]:.5f}",
        "longitude": f"{spot[0]:.5f}",
        "school_name_cy": school.name_cy,
        "la_name_cy": authority.name_cy,
    }
