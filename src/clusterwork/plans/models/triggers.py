"""What the database refuses of a plan and its parts, whoever writes to it."""

from __future__ import annotations

import pgtrigger

from clusterwork.clusters.models.triggers import refusal

# The row of the line is locked, so that two shares added at once are counted one after the other.
SHARES_AT_MOST_WHOLE = f"""
    PERFORM 1 FROM plans_budgetline WHERE id = NEW.line_id FOR UPDATE;
    IF (SELECT sum(share) FROM plans_lineshare WHERE line_id = NEW.line_id) > 1
    THEN {refusal("line_shares_at_most_whole", "shares of more than the whole line")}
    END IF;
    RETURN NULL;
"""  # noqa: S608 - no value from outside
WHILE_WRITABLE = f"""
    IF EXISTS (
        SELECT 1 FROM plans_plan WHERE id = COALESCE(NEW.plan_id, OLD.plan_id)
            AND state NOT IN ('draft', 'returned')
    ) THEN {refusal("plan_part_while_writable", "a part of a plan that is not being written")}
    END IF;
    RETURN COALESCE(NEW, OLD);
"""  # noqa: S608 - no value from outside

SHARE_TRIGGERS = (
    pgtrigger.Trigger(
        name="line_shares_at_most_whole",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=SHARES_AT_MOST_WHOLE,
    ),
)
PART_TRIGGERS = (
    pgtrigger.Trigger(
        name="plan_part_while_writable",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=WHILE_WRITABLE,
    ),
)
