"""The results of a debiasing: the verdict, what is still told, every probe, the most biased words drawn."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from components.bias.direction.debias_charts import effects_chart, remaining_chart, words_chart
from components.bias.direction.debias_tables import probe_numbers, probe_table, remaining_table, words_table
from components.bias.direction.debias_words import cluster_caption, debias_verdict, what_was_done
from components.bias.direction.plan import METHODS
from components.bias.direction.typed import Typed
from components.kit.charts import show_chart, table_twin
from components.kit.colours import page_colours
from components.kit.evidence import Setting, csv_button, settings_of
from components.kit.kinds import several
from components.kit.words import escape
from embeddings.bias.plan import Plan
from embeddings.bias.remaining import Remaining
from embeddings.bias.taking_out import TakenOut
from embeddings.bias.templates import TEMPLATES
from embeddings.space import Space

ICONS = {
    "hidden": ":material/visibility_off:",
    "weaker": ":material/opacity:",
    "gone": ":material/check_circle:",
    "was not there": ":material/help:",
    "unknown": ":material/help:",
}


def debias_results(space: Space, typed: Typed, plan: Plan, found: TakenOut) -> None:
    """Everything beside the controls."""
    said = debias_verdict(found)
    show = {"hidden": st.error, "weaker": st.warning, "gone": st.success}.get(said.standing, st.info)
    show(f"**{escape(said.heading)}.** {escape(said.sentence)}", icon=ICONS[said.standing])
    st.caption(escape(what_was_done(found)))
    settings = _settings(space, typed, plan, found)
    if found.remaining is not None:
        left, right = st.columns([0.5, 0.5], gap="large")
        with left:
            _told(found, found.remaining, settings)
        with right:
            _tests(found)
        _drawn(space, typed, found, found.remaining, settings)
    else:
        _tests(found)
    _probes(found, settings)


def _told(found: TakenOut, remaining: Remaining, settings: Mapping[str, Setting]) -> None:
    st.markdown("**Can the side of a word still be told?**")
    show_chart(
        remaining_chart(remaining, colours=page_colours()),
        key="remaining_chart",
        alt="What a classifier, clusters and neighbours tell before and after debiasing",
    )
    st.caption("Dotted: chance, for classifier and clusters. For neighbours, 0 is none.")
    twin = table_twin("The check as a table", key="remaining_twin")
    if twin.open:
        with twin:
            st.dataframe(
                remaining_table(found),
                hide_index=True,
                column_config={
                    name: st.column_config.NumberColumn(name, format="%.3f", width=76)
                    for name in ("before", "after", "chance")
                },
                alt="The check of Gonen and Goldberg before and after",
            )
            csv_button("The check (CSV)", lambda: remaining_table(found), "what_remains.csv", settings)


def _tests(found: TakenOut) -> None:
    tests = [each for each in found.probes if each.asked.probe in ("WEAT", "SEAT", "iEAT")]
    if tests:
        st.markdown("**Association tests before and after**")
        show_chart(
            effects_chart(tests, colours=page_colours()),
            key="tests_chart",
            alt="Effect sizes of association tests before and after debiasing, with intervals",
        )
        st.caption("An effect that changes sign was covering another association, which goes the other way.")
    for name, reason in found.refused:
        st.caption(f":material/block: {escape(name.partition(':')[0])} could not run: {escape(reason)}")


def _drawn(space: Space, typed: Typed, found: TakenOut, remaining: Remaining, settings: Mapping[str, Setting]) -> None:
    rows = np.concatenate([remaining.first, remaining.second]).tolist()
    names = [space.collection.text(row) for row in rows]
    st.markdown(f"**The {len(rows):,} {several(space.collection)} that leant most, before and after**")
    sides = (
        ("before", found.maps.before, remaining.clusters.before),
        ("after", found.maps.after, remaining.clusters.after),
    )
    for column, (name, places, share) in zip(st.columns(2, gap="large"), sides, strict=True):
        with column:
            st.markdown(f"{name.capitalize()}")
            show_chart(
                words_chart(places, names, typed.ends, colours=page_colours()),
                key=f"words_{name}",
                alt=f"The most biased words {name} debiasing, coloured by the side that they leant to",
            )
            st.caption(cluster_caption(share, len(rows)))
    csv_button(
        "These words and places (CSV)",
        lambda: words_table(space.collection, found, typed.ends),
        "most_biased.csv",
        settings,
    )


def _probes(found: TakenOut, settings: Mapping[str, Setting]) -> None:
    if not found.probes:
        return
    table = probe_table(found)
    st.markdown("**Every probe before and after**")
    st.dataframe(
        table,
        hide_index=True,
        height=35 * (table.num_rows + 1) + 3,
        column_config={
            "probe": st.column_config.TextColumn("probe", width=280),
            "larger means": st.column_config.TextColumn("larger means", width="large"),
        },
        alt="Every probe before and after debiasing",
    )
    st.caption("p is two-sided, where the probe has one. “No bias” is the value without any.")
    csv_button("Every probe (CSV)", lambda: probe_numbers(found), "debias_probes.csv", settings)


def _settings(space: Space, typed: Typed, plan: Plan, found: TakenOut) -> dict[str, Setting]:
    sentences = any(each.probe == "SEAT" for each in plan.probes)
    return settings_of(
        space,
        method=METHODS[plan.method],
        templates=" | ".join(TEMPLATES["any word"]) if sentences else "",
        pairs="; ".join(f"{first} − {second}" for first, second in typed.pairs),
        kept_words=", ".join(map(str, plan.keep)),
        neutral_words=", ".join(typed.words),
        seed=found.seed,
    )
