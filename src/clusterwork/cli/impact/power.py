"""`clusterwork impact power`: what a study could find, before anybody looks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clusterwork.cli.impact.opening import said_in_words
from clusterwork.cli.impact.results import checked, tell


def power(
    clusters: Annotated[int, typer.Option(help="Clusters in all.")],
    treated: Annotated[int, typer.Option(help="Clusters that the work is in.")],
    pupils: Annotated[float, typer.Option(help="Pupils of a school who are measured.")],
    schools: Annotated[float, typer.Option(help="Schools of a cluster.")] = 1.0,
    cluster_share: Annotated[float, typer.Option(help="Of the variance, between clusters.")] = 0.0,
    school_share: Annotated[float, typer.Option(help="Of the variance, between schools.")] = 0.0,
    pupil_r2: Annotated[float, typer.Option(help="Explained by covariates, of pupils'.")] = 0.0,
    school_r2: Annotated[float, typer.Option(help="Explained by covariates, of schools'.")] = 0.0,
    cluster_r2: Annotated[float, typer.Option(help="Explained by covariates, of clusters'.")] = 0.0,
    covariates: Annotated[int, typer.Option(help="Covariates of clusters.")] = 0,
    reached: Annotated[float, typer.Option(help="Share of pupils whom the work reaches.")] = 1.0,
    expected: Annotated[float | None, typer.Option(help="Effect hoped for on these.")] = None,
    before: Annotated[int, typer.Option(help="Years before, where changes are compared.")] = 0,
    after: Annotated[int, typer.Option(help="Years after.")] = 0,
    shock: Annotated[float, typer.Option(help="A cluster's year about its level, in SD.")] = 0.1,
    autocorrelation: Annotated[float, typer.Option(help="Of these from year to year.")] = 0.0,
    alpha: Annotated[float, typer.Option(help="Level of the test, two-sided.")] = 0.05,
    wanted: Annotated[float, typer.Option("--power", help="Power wanted.")] = 0.8,
    lang: Annotated[str, typer.Option(help="Language of the sentences: en or cy.")] = "en",
    out: Annotated[Path | None, typer.Option(metavar="FILE.json", help="Where it goes.")] = None,
) -> None:
    """Say the smallest effect that a study could find, in standard deviations of pupils.

    Ends with 2 when the numbers cannot be a study's (nothing is written).
    """
    from clusterwork.impact.power import Design, PanelDesign, detectable

    with said_in_words():
        checked(out)
        design = Design(
            clusters=clusters,
            treated=treated,
            pupils=pupils,
            schools=schools,
            cluster_share=cluster_share,
            school_share=school_share,
            pupil_r2=pupil_r2,
            school_r2=school_r2,
            cluster_r2=cluster_r2,
            covariates=covariates,
            reached=reached,
            expected=expected,
            alpha=alpha,
            power=wanted,
        )
        if before or after:
            design = PanelDesign(
                **vars(design),
                before=before,
                after=after,
                shock=shock,
                autocorrelation=autocorrelation,
            )
        tell(detectable(design), out, lang)
