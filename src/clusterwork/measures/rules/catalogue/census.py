"""Whom a school teaches, by the census."""

from __future__ import annotations

from clusterwork.measures.rules.catalogue.attendance import CENSUS as SOURCE
from clusterwork.measures.rules.catalogue.attendance import CENSUS_CY as SOURCE_CY
from clusterwork.measures.rules.catalogue.words import EVERYBODY, HUNDRED, SEXES, TABLES, Shipped


def _share(code: str, names: tuple[str, str], definitions: tuple[str, str]) -> Shipped:
    return Shipped(
        code, *names, *definitions, "percent", "pupils", "neither", "weighted", SOURCE, SOURCE_CY,
        EVERYBODY, TABLES, most=HUNDRED, decimals=1, is_public=True,
    )  # fmt: skip


CENSUS = (
    Shipped(
        "pupils-on-roll",
        "Pupils on roll",
        "Disgyblion ar y gofrestr",
        "Pupils on the school's roll on the day of the January census of the school year.",
        "Disgyblion ar gofrestr yr ysgol ar ddiwrnod cyfrifiad Ionawr y flwyddyn ysgol.",
        "pupils", "pupils", "neither", "sum", SOURCE, SOURCE_CY, SEXES, TABLES, is_public=True,
    ),
    _share(
        "fsm-share",
        ("Pupils eligible for free school meals", "Disgyblion sy'n gymwys i gael prydau ysgol am ddim"),
        (
            "Share of the pupils on roll who are eligible for free school meals.",
            "Cyfran y disgyblion ar y gofrestr sy'n gymwys i gael prydau ysgol am ddim.",
        ),
    ),
    _share(
        "fsm-ever-share",
        (
            "Pupils eligible for free school meals in the last six years",
            "Disgyblion a fu'n gymwys i gael prydau ysgol am ddim yn y chwe blynedd diwethaf",
        ),
        (
            "Share of the pupils who were eligible at any time in the last six years.",
            "Cyfran y disgyblion a fu'n gymwys ar unrhyw adeg yn y chwe blynedd diwethaf.",
        ),
    ),
    _share(
        "eal-share",
        ("Pupils with English as an additional language", "Disgyblion â Saesneg yn iaith ychwanegol"),
        (
            "Share of the pupils on roll whose first language is not English.",
            "Cyfran y disgyblion ar y gofrestr nad Saesneg yw eu hiaith gyntaf.",
        ),
    ),
    _share(
        "sen-support-share",
        ("Pupils with SEN support", "Disgyblion â chymorth AAA"),
        (
            "Share of the pupils on roll with support for special educational needs and no plan.",
            "Cyfran y disgyblion ar y gofrestr â chymorth ar gyfer anghenion arbennig a dim cynllun.",
        ),
    ),
    _share(
        "ehcp-share",
        (
            "Pupils with a statement or an education, health and care plan",
            "Disgyblion â datganiad neu gynllun addysg, iechyd a gofal",
        ),
        (
            "Share of the pupils on roll with a statement of special educational needs or a plan.",
            "Cyfran y disgyblion ar y gofrestr â datganiad o anghenion arbennig neu gynllun.",
        ),
    ),
)  # fmt: skip
