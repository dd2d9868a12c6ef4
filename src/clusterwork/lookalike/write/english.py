"""The register of an English county: schools, links, trusts and federations, in GIAS columns."""

from __future__ import annotations

from pathlib import Path

from clusterwork.lookalike.model import Census, County, Group, GroupLink, Inspection, School
from clusterwork.lookalike.write.tables import british, percent, write_records, write_table

REGION, COUNTRY = "East of England", "United Kingdom"
SETTINGS = {
    "city": "(England/Wales) Urban city and town",
    "town": "(England/Wales) Urban city and town",
    "market": "(England/Wales) Rural town and fringe",
    "village": "(England/Wales) Rural village",
}
RATINGS = {"Requires Improvement": "Requires improvement", "Inadequate": "Serious Weaknesses"}
GROUP_COLUMNS = (
    "Group UID", "Group ID", "Group Name", "Companies House Number", "Group Type (code)",
    "Group Type", "Closed Date", "Open date", "Incorporated on (open date)",
    "Group Status (code)", "Group Status", "Group Town", "Group County", "Group Postcode", "UKPRN",
)  # fmt: skip
GROUP_LINK_COLUMNS = (
    "URN", "Group UID", "Group ID", "Group Name", "Companies House Number", "Group Type",
    "Group Status", "Open date", "Closed Date", "Joined date", "EstablishmentName",
    "TypeOfEstablishment (name)", "PhaseOfEducation (name)", "LA (code)", "LA (name)",
)  # fmt: skip


def write_english_register(county: County, folder: Path) -> list[str]:
    """schools.csv, links.csv, groups.csv and group_links.csv."""
    census = {row.urn: row for row in county.census if row.year == county.last_year}
    latest = {row.urn: row for row in sorted(county.inspections, key=lambda row: row.on)}
    groups = {group.uid: group for group in county.groups}
    schools = sorted(county.schools, key=lambda school: school.urn)
    write_records(
        folder / "schools.csv",
        [_school(county, s, census.get(s.urn), latest.get(s.urn), groups) for s in schools],
    )
    _write_links(county, folder / "links.csv")
    write_table(folder / "groups.csv", GROUP_COLUMNS, map(_group, county.groups))
    by_urn = {school.urn: school for school in schools}
    write_table(
        folder / "group_links.csv",
        GROUP_LINK_COLUMNS,
        (
            _group_link(county, groups[link.uid], by_urn[link.urn], link)
            for link in sorted(county.group_links, key=lambda link: link.urn)
        ),
    )
    return ["schools.csv", "links.csv", "groups.csv", "group_links.csv"]


def _school(
    county: County,
    school: School,
    census: Census | None,
    inspection: Inspection | None,
    groups: dict[int, Group],
) -> dict[str, object]:
    return {
        **_identity(county, school),
        **_life(school),
        **_teaching(school),
        **_numbers(county, school, census),
        **_groups(school, groups),
        "OfstedLastInsp": british(inspection.on) if inspection else "",
        "OfstedRating (name)": RATINGS.get(inspection.grade, inspection.grade)
        if inspection
        else "",
        **_address(county, school),
    }


def _identity(county: County, school: School) -> dict[str, object]:
    return {
        "URN": school.urn,
        "LA (code)": school.place.authority_code,
        "LA (name)": county.authorities[0].name,
        "EstablishmentNumber": f"{school.number:04d}",
        "EstablishmentName": school.name,
        "TypeOfEstablishment (name)": school.kind,
        "EstablishmentTypeGroup (name)": school.kind_group,
    }


def _life(school: School) -> dict[str, object]:
    return {
        "EstablishmentStatus (name)": school.status,
        "ReasonEstablishmentOpened (name)": school.why_opened or "Not applicable",
        "OpenDate": british(school.opened_on),
        "ReasonEstablishmentClosed (name)": school.why_closed or "Not applicable",
        "CloseDate": british(school.closed_on),
    }


def _teaching(school: School) -> dict[str, object]:
    sixth = school.high_age >= 18 and school.phase in ("Secondary", "All-through")
    return {
        "PhaseOfEducation (name)": school.phase,
        "StatutoryLowAge": school.low_age,
        "StatutoryHighAge": school.high_age,
        "NurseryProvision (name)": "Has Nursery Classes"
        if school.low_age <= 3 and school.is_mainstream
        else "No Nursery Classes",
        "OfficialSixthForm (name)": "Has a sixth form" if sixth else "Does not have a sixth form",
        "Gender (name)": "Mixed",
        "ReligiousCharacter (name)": school.faith,
        "Diocese (name)": school.diocese or "Not applicable",
    }


def _numbers(county: County, school: School, census: Census | None) -> dict[str, object]:
    return {
        "SchoolCapacity": school.capacity or None,
        "CensusDate": f"15-01-{county.last_year}" if census else "",
        "NumberOfPupils": census.n_pupils if census else "",
        "NumberOfBoys": census.n_pupils - census.n_girls if census else "",
        "NumberOfGirls": census.n_girls if census else "",
        "PercentageFSM": percent(census.n_fsm, census.n_pupils) if census else "",
        "FSM": census.n_fsm if census else "",
    }


def _groups(school: School, groups: dict[int, Group]) -> dict[str, object]:
    trust = groups.get(school.trust_uid or 0)
    federation = groups.get(school.federation_uid or 0)
    return {
        "TrustSchoolFlag (name)": "Supported by a multi-academy trust"
        if trust and trust.kind == "Multi-academy trust"
        else "Supported by a single-academy trust"
        if trust
        else "Not applicable",
        "Trusts (name)": trust.name if trust else "",
        "Trusts (code)": trust.uid if trust else "",
        "FederationFlag (name)": "Supported by a federation"
        if federation
        else "Not under a federation",
        "Federations (name)": federation.name if federation else "",
        "Federations (code)": federation.uid if federation else "",
    }


def _address(county: County, school: School) -> dict[str, object]:
    place = school.place
    return {
        "Street": school.street,
        "Locality": place.name if place.kind == "village" else "",
        "Town": place.post_town,
        "County (name)": county.name,
        "Postcode": school.postcode,
        "GOR (name)": REGION,
        "DistrictAdministrative (name)": place.district,
        "AdministrativeWard (name)": place.name,
        "UrbanRural (name)": SETTINGS[place.kind],
        "GSSLACode (name)": county.authorities[0].gss,
        "Easting": school.easting,
        "Northing": school.northing,
        "Country (name)": COUNTRY,
    }


def _write_links(county: County, path: Path) -> None:
    names = {school.urn: school.name for school in county.schools}
    header = ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate")
    links = sorted(county.links, key=lambda link: (link.urn, link.other_urn))
    write_table(
        path,
        header,
        ((x.urn, x.other_urn, names[x.other_urn], x.kind, british(x.on)) for x in links),
    )


def _group_id(group: Group) -> str:
    return "" if group.kind == "Federation" else f"TR{group.uid}"


def _group(group: Group) -> tuple[object, ...]:
    is_trust = group.kind != "Federation"
    return (
        group.uid, _group_id(group), group.name, "", group.kind_code, group.kind, group.closed_on,
        "" if is_trust else group.opened_on, group.opened_on if is_trust else "",
        "CLOSED" if group.closed_on else "OPEN", "Closed" if group.closed_on else "Open",
        group.town, "Not recorded", "", "",
    )  # fmt: skip


def _group_link(
    county: County, group: Group, school: School, link: GroupLink
) -> tuple[object, ...]:
    return (
        school.urn, group.uid, _group_id(group), group.name, "", group.kind,
        "Closed" if group.closed_on else "Open", group.opened_on, group.closed_on, link.joined_on,
        school.name, school.kind, school.phase, school.place.authority_code,
        county.authorities[0].name,
    )  # fmt: skip
