"""Attendance and behaviour: absence by kind, exclusions and the days lost to them."""

from __future__ import annotations

from clusterwork.measures.rules.catalogue.words import HUNDRED, PUPIL_GROUPS, TABLES, Shipped

CENSUS = "School census"
CENSUS_CY = "Cyfrifiad ysgolion"
SCHOOLS = "The school's own records"
SCHOOLS_CY = "Cofnodion yr ysgol ei hun"


def _absence(
    code: str,
    names: tuple[str, str],
    definitions: tuple[str, str],
    *,
    counts: str = "sessions",
    direction: str = "lower",
    is_public: bool = True,
) -> Shipped:
    return Shipped(
        code, *names, *definitions, "percent", counts, direction, "weighted", CENSUS, CENSUS_CY,
        PUPIL_GROUPS, TABLES, most=HUNDRED, decimals=1, is_public=is_public,
    )  # fmt: skip


def _added_up(
    code: str, names: tuple[str, str], definitions: tuple[str, str], unit: str, counts: str
) -> Shipped:
    return Shipped(
        code, *names, *definitions, unit, counts, "lower", "sum", SCHOOLS, SCHOOLS_CY,
        PUPIL_GROUPS, TABLES, decimals=1 if unit == "days" else 0,
    )  # fmt: skip


ATTENDANCE = (
    _absence(
        "attendance",
        ("Attendance", "Presenoldeb"),
        (
            "Share of the half-day sessions that pupils attended.",
            "Cyfran y sesiynau hanner diwrnod a fynychwyd gan ddisgyblion.",
        ),
        direction="higher",
        is_public=False,
    ),
    _absence(
        "absence-overall",
        ("Absence, overall", "Absenoldeb cyffredinol"),
        (
            "Share of the half-day sessions missed for any reason.",
            "Cyfran y sesiynau hanner diwrnod a gollwyd am unrhyw reswm.",
        ),
    ),
    _absence(
        "absence-unauthorised",
        ("Absence, unauthorised", "Absenoldeb anawdurdodedig"),
        (
            "Share of the half-day sessions missed without the school's leave.",
            "Cyfran y sesiynau hanner diwrnod a gollwyd heb ganiatâd yr ysgol.",
        ),
    ),
    _absence(
        "absence-persistent",
        ("Absence, persistent", "Absenoldeb parhaus"),
        (
            "Share of the pupils who missed a tenth or more of their sessions.",
            "Cyfran y disgyblion a gollodd ddegfed ran neu fwy o'u sesiynau.",
        ),
        counts="pupils",
    ),
    _added_up(
        "exclusions-permanent",
        ("Permanent exclusions", "Gwaharddiadau parhaol"),
        (
            "Pupils excluded for good in the school year.",
            "Disgyblion a waharddwyd yn barhaol yn ystod y flwyddyn ysgol.",
        ),
        "pupils",
        "pupils",
    ),
    _added_up(
        "exclusions-fixed-term",
        ("Fixed-term exclusions (suspensions)", "Gwaharddiadau cyfnod penodol"),
        (
            "How often pupils were excluded for a time in the school year.",
            "Sawl gwaith y gwaharddwyd disgyblion am gyfnod yn ystod y flwyddyn ysgol.",
        ),
        "times",
        "things",
    ),
    _added_up(
        "exclusions-days-lost",
        ("Days lost to exclusions", "Diwrnodau a gollwyd oherwydd gwaharddiadau"),
        (
            "School days that pupils missed in the school year because they were excluded.",
            "Diwrnodau ysgol a gollwyd yn ystod y flwyddyn ysgol oherwydd gwaharddiadau.",
        ),
        "days",
        "things",
    ),
)
