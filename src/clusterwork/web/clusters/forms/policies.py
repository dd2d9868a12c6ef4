"""The policy as fields: from the mapping of a POLICY.toml and back, with checks across fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterwork.web.clusters.forms.fields import amount, choice, whole, yes
from clusterwork.web.clusters.shown.policies import NAMES, PAIRS

WEIGHTS = (
    "travel",
    "worst",
    "flow",
    "need",
    "need_pupils",
    "need_support",
    "change",
    "links",
)


class PolicyForm(forms.Form):
    """All rules on one page. Fields are named after the keys of the mapping."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    count_low = whole(_("At least"), required=False)
    count_high = whole(_("At most"), required=False)
    size_low = whole(_("At least"))
    size_high = whole(_("At most"))
    best_size_low = whole(_("From"))
    best_size_high = whole(_("To"))
    outside_best = amount(
        NAMES["outside_best"],
        _(
            "What each school outside the best size costs, in minutes or kilometres of travel. "
            "0: any allowed size is as good as another."
        ),
    )
    may_leave_over = yes(
        NAMES["may_leave_over"],
        _(
            "Schools that no cluster has room for are left out, as few as possible. Else there is "
            "no proposal where not every school can be placed."
        ),
    )
    pyramid_size_low = whole(_("At least"))
    pyramid_size_high = whole(_("At most"))

    measure = choice(
        NAMES["measure"],
        _("Pyramids are always measured to their secondary or all-through school."),
        ("peers", _("To each other: the mean journey to the other members, since meetings rotate")),
        ("hub", _("To a hub: the journeys to the member who is nearest to all")),
    )
    unit = choice(NAMES["unit"], "", ("minutes", _("Minutes")), ("km", _("Kilometres")))
    limit_minutes = amount(
        _("Longest journey allowed, in minutes"),
        _("No journey inside a cluster may take longer. 0: no limit."),
        most=600,
    )
    limit_to = choice(
        NAMES["limit_to"],
        "",
        ("pairs", _("Every two members of a cluster, since meetings rotate")),
        ("hub", _("Each member and the hub")),
    )
    circuity = amount(
        NAMES["circuity"],
        _("How many times longer the road is than the straight line. 1.3 fits most counties."),
        least=1,
        most=5,
    )
    speed_kmh = amount(
        NAMES["speed_kmh"],
        _("Kilometres an hour on the way, all stops included."),
        least=1,
        most=130,
    )

    travel = amount(NAMES["travel"], _("What one unit of travel counts. Usually 1."))
    worst = amount(
        NAMES["worst"], _("What one unit of the longest journey in each cluster counts besides.")
    )
    flow = amount(
        NAMES["flow"], _("What each pupil who moves on to a school outside the cluster costs.")
    )
    need = amount(
        NAMES["need"],
        _(
            "What each percentage point costs by which a cluster's share of free school meals "
            "differs from everybody's, for each of its schools."
        ),
    )
    need_pupils = amount(
        NAMES["need_pupils"],
        _(
            "What each percent costs by which the mean roll of a cluster's schools differs from "
            "everybody's, for each of its schools."
        ),
    )
    need_support = amount(
        NAMES["need_support"],
        _(
            "What each step costs by which the mean support category of a cluster's schools "
            "differs from everybody's, for each of its schools. Schools without a category are "
            "left out."
        ),
    )
    change = amount(NAMES["change"], _("What each school that leaves its present cluster costs."))
    links = amount(NAMES["links"], _("What parting a school from its federation or trust costs."))

    contributing = yes(
        NAMES["contributing"],
        _("You mark these schools when you choose the schools. No school is shown the marks."),
    )
    contributing_fsm = amount(
        NAMES["contributing_fsm"],
        _("In percentage points of free school meals. 0: any intake."),
        most=100,
    )
    same_authority = yes(
        NAMES["same_authority"],
        _("No cluster crosses a border. Pyramids have a rule of their own."),
    )
    same_medium = yes(
        NAMES["same_medium"],
        _(
            "Schools that teach in Welsh and schools that teach in English are not put together. "
            "A school that teaches in both may be with either. Pyramids have a rule of their own."
        ),
    )
    pyramid = yes(
        NAMES["pyramid"],
        _("Each exercise of forming clusters can choose otherwise."),
    )

    @classmethod
    def initial_from(cls, mapping: Mapping[str, Mapping[str, Any]], seen: int) -> dict[str, Any]:
        """The fields of a mapping that has every key."""
        values: dict[str, Any] = {"seen": seen}
        for rules in mapping.values():
            for key, value in rules.items():
                if key in PAIRS:
                    values[f"{key}_low"], values[f"{key}_high"] = value or (None, None)
                else:
                    values[key] = f"{value:g}" if isinstance(value, float) else value
        return values

    def add_error(self, field: str | None, error: Any) -> None:
        """Every message names its rule, since the summary stands far from the field."""
        key = (field or "").removesuffix("_low").removesuffix("_high")
        if key in NAMES:
            error = [f"{NAMES[key]}: {text}" for text in forms.ValidationError(error).messages]
        super().add_error(field, error)

    def clean(self) -> dict[str, Any]:
        """What one field alone cannot say."""
        data = super().clean() or {}
        self._check_order(data)
        self._check_best_size(data)
        self._check_contributing(data)
        self._check_something_counts(data)
        return data

    @property
    def mapping(self) -> dict[str, dict[str, Any]]:
        """The typed rules in the shape of a POLICY.toml."""
        data = self.cleaned_data
        pairs = {key: [data[f"{key}_low"], data[f"{key}_high"]] for key in PAIRS}
        clusters = {key: pairs[key] for key in ("size", "best_size")}
        clusters |= {key: data[key] for key in ("outside_best", "may_leave_over")}
        if data["count_low"]:
            clusters["count"] = pairs["count"]
        travel = ("measure", "unit", "circuity", "speed_kmh", "limit_minutes", "limit_to")
        require = ("contributing", "contributing_fsm", "same_authority", "same_medium", "pyramid")
        return {
            "clusters": clusters,
            "travel": {key: data[key] for key in travel},
            "weights": {key: data[key] for key in WEIGHTS},
            "require": {
                **{key: data[key] for key in require},
                "pyramid_size": pairs["pyramid_size"],
            },
        }

    def _check_order(self, data: dict[str, Any]) -> None:
        """Smallest first; of the number of clusters both ends or none."""
        low, high = data.get("count_low"), data.get("count_high")
        if (low is None) != (high is None) and not self.errors.keys() & {"count_low", "count_high"}:
            missing = "count_low" if low is None else "count_high"
            self.add_error(
                missing, _("Enter both numbers, or leave both empty for as many as are best.")
            )
        for key in PAIRS:
            low, high = data.get(f"{key}_low"), data.get(f"{key}_high")
            if low is not None and high is not None and low > high:
                self.add_error(
                    f"{key}_high",
                    _("This number is below the one before it. Write the smaller one first."),
                )

    def _check_best_size(self, data: dict[str, Any]) -> None:
        """The best size inside the allowed size."""
        low, best_low = data.get("size_low"), data.get("best_size_low")
        if low is not None and best_low is not None and best_low < low:
            self.add_error(
                "best_size_low",
                _("The best size starts below the smallest allowed size. Raise it, or allow less."),
            )
        high, best_high = data.get("size_high"), data.get("best_size_high")
        if high is not None and best_high is not None and best_high > high:
            self.add_error(
                "best_size_high",
                _("The best size ends above the largest allowed size. Lower it, or allow more."),
            )

    def _check_contributing(self, data: dict[str, Any]) -> None:
        if data.get("contributing_fsm") and not data.get("contributing"):
            self.add_error(
                "contributing_fsm",
                _(
                    "This matters only where a contributing school is required. "
                    "Tick the box above, or write 0."
                ),
            )

    def _check_something_counts(self, data: dict[str, Any]) -> None:
        if all(data.get(key) == 0 for key in WEIGHTS):
            self.add_error(
                "travel",
                _("Nothing counts, so every arrangement would be as good. Write 1 for travel."),
            )
