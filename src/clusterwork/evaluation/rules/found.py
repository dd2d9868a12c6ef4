"""What a run writes down, as JSON keeps it: sentences untranslated, numbers, tables.

A sentence is `{"template", "params"}` (`clusters.sentences.written`). A table is `{"name",
"columns", "rows"}`; what is no number is null.

Of a look at what could be seen: `sentences`; `least` (smallest effect that would be found in 80 of
100 such studies, in standard deviations of pupils, null where none could), `least_in_units`, `se`,
`power` (of the gain hoped for), `too_large`, `method`; `n_treated`, `n_comparison` clusters,
`n_schools`, `n_comparison_schools`; `pupils_sd` {"value", "source": "given", "share" (of a
percentage), "worked_out" or "schools" (how far schools lie apart, nothing being known of pupils)};
tables `flow` (step, treated, control, treated_lost, control_lost), `balance`
(covariate, treated, control_before, control_after, apart_before, apart_after), `before` (year,
ours, others); `clusters` {label: {"pk", "name", "start", "schools"}}; `notes` sentences.

Of a result: `sentences`; `too_early` (nothing else but sentences then); `claim` ("effect",
"trends differed" or "descriptive": what the comparison bears); `estimate` in units of the measure
and `scaled` in standard deviations of pupils, or null, each {"estimate", "se", "low", "high", "df",
"p", "level", "method"}; `told_in` ("sd" where the sentences tell it in standard deviations, else
the kind of outcome); `method`, `why`, `refused`; `n_treated`, `n_comparison`, `rank` [place, of] or
null, `rank_by` ("ratio" of the gap to a mix after the start to that before, or "size");
`n_schools`, `n_comparison_schools`; `weighed_by` ("counted", "pupils" or "schools");
`pupils_sd`; `starts`, `years`; `assumptions`; `diagnostics` [{"name", "said", "passed" (null: to be
judged), "table", and where there are any `more` sentences and `trouble`, the refusal of a check
that could not be made}]; tables `trend` (year, ours, ours_low, ours_high, others, others_low,
others_high), `known_counts` (year, ours, others: the numbers known to be counted behind a side's
figures of the year, summed; null where none is known), `by_year` (since, estimate, low, high)
or null, with `by_year_bases` [the years since the start, less than 0, that are held against],
`changes` (cluster, start, change; of the programme's clusters), `alternatives` (choice, estimate,
se, low, high, p, refused), `flow`, `balance`; `clusters` as above; `notes`; `programs`
{name: version}.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Found = Mapping[str, Any]

STEPS = ("schools", "matching", "estimate", "checks", "alternatives", "writing")
"""What a run does in turn, as `Run.step` says it."""
