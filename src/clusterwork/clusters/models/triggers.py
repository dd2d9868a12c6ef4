"""What the database refuses or works out by itself, whoever writes to it."""

from __future__ import annotations

import pgtrigger

REFUSE = "RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = '{name}', MESSAGE = '{said}';"


def refusal(name: str, said: str) -> str:
    """Raises a check violation under the name of a constraint."""
    return REFUSE.format(name=name, said=said)


WITHIN_LIFE = f"""
    SELECT start_on, end_on INTO life_start, life_end
    FROM clusters_cluster WHERE id = NEW.cluster_id;
    IF NEW.start_on < life_start
        OR (life_end IS NOT NULL AND (NEW.end_on IS NULL OR NEW.end_on > life_end))
    THEN {refusal("membership_within_the_clusters_life", "outside the life of the cluster")}
    END IF;
    RETURN NEW;
"""  # noqa: S608 - no value from outside
LIFE_HOLDS_MEMBERS = f"""
    IF EXISTS (
        SELECT 1 FROM clusters_membership m WHERE m.cluster_id = NEW.id AND (
            m.start_on < NEW.start_on
            OR (NEW.end_on IS NOT NULL AND (m.end_on IS NULL OR m.end_on > NEW.end_on))
        )
    )
    THEN {refusal("membership_within_the_clusters_life", "a membership reaches further")}
    END IF;
    RETURN NEW;
"""  # noqa: S608 - no value from outside
PLACES = """
    INSERT INTO clusters_place (programme_id, school_id, cluster_id, start_on, end_on)
    SELECT p.programme_id, m.school_id, m.cluster_id,
        GREATEST(m.start_on, p.start_on), LEAST(m.end_on, p.end_on)
    FROM clusters_membership m
    JOIN clusters_participation p ON p.cluster_id = m.cluster_id
    JOIN clusters_programme g ON g.id = p.programme_id AND g.one_cluster_a_school
    WHERE m.school_id IS NOT NULL
        AND daterange(m.start_on, m.end_on) && daterange(p.start_on, p.end_on)
        AND {these};
"""
OF_CLUSTERS = """
    DELETE FROM clusters_place WHERE cluster_id IN ({touched});
    {places}
    RETURN NULL;
"""
OF_PROGRAMME = f"""
    DELETE FROM clusters_place WHERE programme_id = NEW.id;
    {PLACES.format(these="p.programme_id = NEW.id")}
    RETURN NULL;
"""  # noqa: S608 - no value from outside
CHAIR_IS_A_MEMBER = f"""
    IF NEW.role = 'chair' AND NOT EXISTS (
        SELECT 1 FROM clusters_membership m WHERE m.cluster_id = NEW.cluster_id
            AND m.school_id = NEW.school_id
            AND daterange(m.start_on, m.end_on) @> NEW.start_on
    )
    THEN {refusal("chair_from_a_school_of_the_cluster", "the chair is from no member school")}
    END IF;
    RETURN NEW;
"""  # noqa: S608 - no value from outside


def _refresh(
    name: str, operation: pgtrigger.Operation, touched: str, **seen: str
) -> pgtrigger.Trigger:
    places = PLACES.format(these=f"m.cluster_id IN ({touched})")
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**seen),  # type: ignore[no-untyped-call]
        func=OF_CLUSTERS.format(touched=touched, places=places),
    )


NEW_ROWS, OLD_ROWS = "SELECT cluster_id FROM new_rows", "SELECT cluster_id FROM old_rows"
REFRESH_PLACES = (
    _refresh("places_after_insert", pgtrigger.Insert, NEW_ROWS, new="new_rows"),
    _refresh(
        "places_after_update",
        pgtrigger.Update,
        f"{NEW_ROWS} UNION {OLD_ROWS}",
        new="new_rows",
        old="old_rows",
    ),
    _refresh("places_after_delete", pgtrigger.Delete, OLD_ROWS, old="old_rows"),
)
MEMBERSHIP_TRIGGERS = (
    pgtrigger.Trigger(
        name="membership_within_life",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("life_start", "date"), ("life_end", "date")],
        func=WITHIN_LIFE,
    ),
    *REFRESH_PLACES,
)
PARTICIPATION_TRIGGERS = REFRESH_PLACES
CLUSTER_TRIGGERS = (
    pgtrigger.Trigger(
        name="cluster_life_holds_members",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("start_on", "end_on"),  # type: ignore[no-untyped-call]
        func=LIFE_HOLDS_MEMBERS,
    ),
)
PROGRAMME_TRIGGERS = (
    pgtrigger.Trigger(
        name="places_of_programme",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("one_cluster_a_school"),  # type: ignore[no-untyped-call]
        func=OF_PROGRAMME,
    ),
)
APPOINTMENT_TRIGGERS = (
    pgtrigger.Trigger(
        name="chair_is_a_member",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=CHAIR_IS_A_MEMBER,
    ),
)
