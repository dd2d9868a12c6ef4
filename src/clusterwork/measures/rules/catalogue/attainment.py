"""Attainment: what tests, teachers' assessments and examinations say; ended scales among them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from clusterwork.measures.rules.catalogue.words import HUNDRED, PUPIL_GROUPS, SEXES, TABLES, Shipped

ENGLAND = "Department for Education, school performance tables"
ENGLAND_CY = "Yr Adran Addysg (Lloegr), tablau perfformiad ysgolion"
WALES = "Welsh Government, teacher assessments and examinations"
WALES_CY = "Llywodraeth Cymru, asesiadau athrawon ac arholiadau"
SINCE_2016 = dt.date(2016, 7, 1)


def _share(
    code: str,
    names: tuple[str, str],
    definitions: tuple[str, str],
    *,
    sources: tuple[str, str] = (ENGLAND, ENGLAND_CY),
    started_on: dt.date | None = SINCE_2016,
    ended_on: dt.date | None = None,
) -> Shipped:
    return Shipped(
        code, *names, *definitions, "percent", "pupils", "higher", "weighted", *sources,
        PUPIL_GROUPS, TABLES, most=HUNDRED, is_public=True, started_on=started_on,
        ended_on=ended_on,
    )  # fmt: skip


def _score(
    code: str,
    names: tuple[str, str],
    definitions: tuple[str, str],
    limits: tuple[int, int],
    decimals: int,
) -> Shipped:
    return Shipped(
        code, *names, *definitions, "score", "pupils", "higher", "weighted", ENGLAND, ENGLAND_CY,
        PUPIL_GROUPS, TABLES, least=Decimal(limits[0]), most=Decimal(limits[1]), decimals=decimals,
        is_public=True, started_on=SINCE_2016,
    )  # fmt: skip


SUBJECTS = (
    ("reading", "reading", "darllen"),
    ("writing", "writing", "ysgrifennu"),
    ("maths", "mathematics", "mathemateg"),
    ("rwm", "reading, writing and mathematics", "darllen, ysgrifennu a mathemateg"),
)
EXPECTED = tuple(
    _share(
        f"ks2-{code}-expected",
        (
            f"Key Stage 2, expected standard: {english}",
            f"Cyfnod Allweddol 2, safon ddisgwyliedig: {welsh}",
        ),
        (
            "Share of the pupils at the end of Key Stage 2 who reached the expected standard.",
            "Cyfran y disgyblion ar ddiwedd Cyfnod Allweddol 2 a gyrhaeddodd y safon ddisgwyliedig.",
        ),
    )
    for code, english, welsh in SUBJECTS
)
HIGH = tuple(
    _share(
        f"ks2-{code}-high",
        (
            f"Key Stage 2, higher standard: {english}",
            f"Cyfnod Allweddol 2, safon uwch: {welsh}",
        ),
        (
            "Share of the pupils at the end of Key Stage 2 with a high score, in writing at "
            "greater depth.",
            "Cyfran y disgyblion ar ddiwedd Cyfnod Allweddol 2 â sgôr uchel, neu'n ysgrifennu ar "
            "lefel ddyfnach.",
        ),
    )
    for code, english, welsh in SUBJECTS
)
PROGRESS = tuple(
    _score(
        f"ks2-{code}-progress",
        (f"Key Stage 2, progress: {english}", f"Cyfnod Allweddol 2, cynnydd: {welsh}"),
        (
            "Mean difference between the pupils' results and those of pupils in England with the "
            "same results at Key Stage 1. Zero is the mean of England.",
            "Y gwahaniaeth cymedrig rhwng canlyniadau'r disgyblion a rhai disgyblion yn Lloegr â'r "
            "un canlyniadau yng Nghyfnod Allweddol 1. Sero yw cymedr Lloegr.",
        ),
        (-40, 40),
        1,
    )
    for code, english, welsh in SUBJECTS[:3]
)
SCORES = tuple(
    _score(
        f"ks2-{code}-score",
        (
            f"Key Stage 2, mean scaled score: {english}",
            f"Cyfnod Allweddol 2, sgôr cymedrig: {welsh}",
        ),
        (
            "Mean of the pupils' scaled scores, which run from 80 to 120.",
            "Cymedr sgoriau'r disgyblion, sy'n rhedeg o 80 i 120.",
        ),
        (80, 120),
        0,
    )
    for code, english, welsh in (
        ("reading", "reading", "darllen"),
        ("gps", "grammar, punctuation and spelling", "gramadeg, atalnodi a sillafu"),
        ("maths", "mathematics", "mathemateg"),
    )
)
PUPILS = Shipped(
    "ks2-pupils",
    "Pupils at the end of Key Stage 2",
    "Disgyblion ar ddiwedd Cyfnod Allweddol 2",
    "Pupils on the school's roll at the time of the tests.",
    "Disgyblion ar gofrestr yr ysgol adeg y profion.",
    "pupils", "pupils", "neither", "sum", ENGLAND, ENGLAND_CY, SEXES, TABLES,
    is_public=True,
)  # fmt: skip
ENDED = (
    *(
        _share(
            f"ks2-level-4-{code}",
            (
                f"Key Stage 2, level 4 or above: {english}",
                f"Cyfnod Allweddol 2, lefel 4 neu uwch: {welsh}",
            ),
            (
                "Share of the pupils at level 4 or above of the scale that England used until 2015.",
                "Cyfran y disgyblion ar lefel 4 neu uwch ar y raddfa a ddefnyddid yn Lloegr hyd 2015.",
            ),
            started_on=dt.date(1995, 1, 1),
            ended_on=dt.date(2015, 9, 1),
        )
        for code, english, welsh in (
            ("english", "English", "Saesneg"),
            ("maths", "mathematics", "mathemateg"),
        )
    ),
    _share(
        "ks4-five-good-gcses",
        ("Five or more GCSEs at A* to C", "Pump neu fwy o TGAU A* i C"),
        (
            "Share of the pupils at the end of Key Stage 4 with five or more good passes; England "
            "used it until 2016.",
            "Cyfran y disgyblion ar ddiwedd Cyfnod Allweddol 4 â phump neu fwy o raddau da; "
            "defnyddiwyd yn Lloegr hyd 2016.",
        ),
        started_on=dt.date(1992, 1, 1),
        ended_on=dt.date(2016, 9, 1),
    ),
    _share(
        "ks2-core-subject-indicator",
        ("Key Stage 2, core subject indicator", "Cyfnod Allweddol 2, dangosydd pynciau craidd"),
        (
            "Share of the pupils at level 4 or above in English or Welsh, mathematics and science "
            "together; Wales published it school by school until 2018.",
            "Cyfran y disgyblion ar lefel 4 neu uwch mewn Cymraeg neu Saesneg, mathemateg a "
            "gwyddoniaeth gyda'i gilydd; cyhoeddwyd fesul ysgol yng Nghymru hyd 2018.",
        ),
        sources=(WALES, WALES_CY),
        started_on=dt.date(1999, 1, 1),
        ended_on=dt.date(2018, 9, 1),
    ),
    _share(
        "ks4-level-2-inclusive",
        (
            "Key Stage 4, level 2 inclusive threshold",
            "Cyfnod Allweddol 4, trothwy lefel 2 cynhwysol",
        ),
        (
            "Share of the pupils with five good passes, English or Welsh and mathematics among "
            "them; Wales used it until 2018.",
            "Cyfran y disgyblion â phum gradd dda, gan gynnwys Cymraeg neu Saesneg a mathemateg; "
            "defnyddiwyd yng Nghymru hyd 2018.",
        ),
        sources=(WALES, WALES_CY),
        started_on=dt.date(2007, 1, 1),
        ended_on=dt.date(2018, 9, 1),
    ),
)
ATTAINMENT_8 = Shipped(
    "ks4-attainment-8",
    "Attainment 8",
    "Cyrhaeddiad 8",
    "Mean of the pupils' points over eight subjects at the end of Key Stage 4.",
    "Cymedr pwyntiau'r disgyblion dros wyth pwnc ar ddiwedd Cyfnod Allweddol 4.",
    "points", "pupils", "higher", "weighted", ENGLAND, ENGLAND_CY, PUPIL_GROUPS, TABLES,
    most=Decimal(90), decimals=1, is_public=True, started_on=SINCE_2016,
)  # fmt: skip
KS4_PUPILS = Shipped(
    "ks4-pupils",
    "Pupils at the end of Key Stage 4",
    "Disgyblion ar ddiwedd Cyfnod Allweddol 4",
    "Pupils on the school's roll at the end of Key Stage 4.",
    "Disgyblion ar gofrestr yr ysgol ar ddiwedd Cyfnod Allweddol 4.",
    "pupils", "pupils", "neither", "sum", ENGLAND, ENGLAND_CY, SEXES, TABLES,
    is_public=True,
)  # fmt: skip
PROGRESS_8 = Shipped(
    "ks4-progress-8",
    "Progress 8",
    "Cynnydd 8",
    "Mean difference between the pupils' Attainment 8 and that of pupils in England with the same "
    "results at Key Stage 2. Zero is the mean of England.",
    "Y gwahaniaeth cymedrig rhwng Cyrhaeddiad 8 y disgyblion a Chyrhaeddiad 8 disgyblion yn Lloegr "
    "â'r un canlyniadau yng Nghyfnod Allweddol 2. Sero yw cymedr Lloegr.",
    "score", "pupils", "higher", "weighted", ENGLAND, ENGLAND_CY, PUPIL_GROUPS, TABLES,
    least=Decimal(-10), most=Decimal(10), decimals=2, is_public=True, started_on=SINCE_2016,
)  # fmt: skip
BASICS = tuple(
    _share(
        f"ks4-basics-{grade}",
        (
            f"Grade {grade} or above in English and mathematics at GCSE",
            f"Gradd {grade} neu uwch mewn Saesneg a mathemateg TGAU",
        ),
        (
            f"Share of the pupils at the end of Key Stage 4 with grade {grade} or above in both.",
            f"Cyfran y disgyblion ar ddiwedd Cyfnod Allweddol 4 â gradd {grade} neu uwch yn y ddau.",
        ),
        started_on=dt.date(2017, 7, 1),
    )
    for grade in (4, 5)
)
EBACC_SCORE = Shipped(
    "ks4-ebacc-score",
    "English Baccalaureate, mean points",
    "Bagloriaeth Lloegr, pwyntiau cymedrig",
    "Mean of the pupils' points over the five pillars of the English Baccalaureate.",
    "Cymedr pwyntiau'r disgyblion dros bum colofn Bagloriaeth Lloegr.",
    "points", "pupils", "higher", "weighted", ENGLAND, ENGLAND_CY, PUPIL_GROUPS, TABLES,
    most=Decimal(9), decimals=2, is_public=True, started_on=dt.date(2018, 7, 1),
)  # fmt: skip

KEY_STAGE_4 = (KS4_PUPILS, ATTAINMENT_8, PROGRESS_8, *BASICS, EBACC_SCORE)
ATTAINMENT = (*EXPECTED, *HIGH, *PROGRESS, *SCORES, PUPILS, *KEY_STAGE_4, *ENDED)
