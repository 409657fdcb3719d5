"""How outliers are asked for: method, its settings, metric; all of it stands in the link."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from components.kit.widgets import pick
from embeddings.clusters.points import DISTANCES
from embeddings.outliers import OUTLIERS, OutlierSpec
from embeddings.projections.base import Parameter

METHOD, METRIC, SEED, LISTED = "outlier_method", "outlier_metric", "outlier_seed", "listed"
FIRST = next(iter(OUTLIERS))


class OutlierSettings(NamedTuple):
    """How outliers are asked for.

    Attributes:
        method: registry name of the score.
        params: the method's own settings, and `metric`.
        seed: of its random steps.
        listed: how many of the highest scores are listed.
    """

    method: str
    params: dict[str, float | str]
    seed: int
    listed: int

    @property
    def metric(self) -> str:
        """Of the distances to neighbours."""
        return str(self.params["metric"])

    @property
    def k(self) -> int:
        """How many neighbours the method asks for; 0 for none."""
        return int(self.params.get(OUTLIERS[self.method].neighbours, 0))


def outlier_controls() -> OutlierSettings:
    """Method, and behind a button its settings."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        method = pick("Method", list(OUTLIERS), key=METHOD, default=FIRST, hide_label=True)
        with st.popover("Settings", icon=":material/tune:"):
            return _settings(method, OUTLIERS[method])


def _settings(method: str, spec: OutlierSpec) -> OutlierSettings:
    st.markdown(f"**{method}** · {spec.reference}")
    st.caption(spec.summary)
    params: dict[str, float | str] = {name: _slider(method, name, each) for name, each in spec.parameters.items()}
    metric = pick("metric", DISTANCES, key=METRIC, kept=False)
    seed = 0
    if not spec.neighbours:
        seed = int(st.number_input("seed", 0, 9999, 0, key=SEED, bind="query-params", help="Of the random steps."))
    listed = st.slider("listed", 10, 200, 50, 10, key=LISTED, bind="query-params", help="How many are listed.")
    return OutlierSettings(method, {**params, "metric": metric}, seed, int(listed))


def _slider(method: str, name: str, each: Parameter) -> float:
    kind = int if each.step >= 1 else float
    return st.slider(
        name,
        kind(each.low),
        kind(each.high),
        kind(each.default),
        kind(each.step),
        help=each.summary,
        key=f"{method.lower().replace(' ', '_')}_{name}",
        bind="query-params",
    )
