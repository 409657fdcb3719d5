"""The view “Perturb”: one item changed before your eyes, and the same changes over the collection."""

from __future__ import annotations

import streamlit as st

from components.compare.encoders import Chosen, names_of
from components.compare.live import one_changed
from components.compare.perturb_tables import Summaries, kept_chart, moved_most, summary_table
from components.compare.requests import Moved, changed_rows, known_movement, movements_request
from components.kit.ask import known, stream
from components.kit.charts import show_chart
from components.kit.choice import encoder_name
from components.kit.colours import page_colours
from components.kit.words import escape, table_csv
from embeddings.collection import Collection
from embeddings.perturb import PERTURBATIONS, MovementSummary, movement_summary
from embeddings.space import Space
from embeddings.store import is_given

K = 10


def perturb_view(chosen: Chosen) -> None:
    """Everything below the choice of encoders."""
    spaces = [space for space in chosen.spaces() if not is_given(space.encoder)]
    if len(spaces) < len(chosen.encoders):
        st.info(
            "Ready-made vectors are left out: there is no encoder that could look at a changed item.",
            icon=":material/info:",
        )
    k = min(K, len(chosen.collection) - 1)
    if not spaces or k < 1:
        if spaces:
            st.info("With one item there is nothing to move past.", icon=":material/info:")
        return
    one_changed(spaces, k)
    _over_all(chosen.collection, spaces, k)
    _how_computed()


def changes_for(collection: Collection) -> list[str]:
    """The changes that some item of a collection can undergo."""
    kinds = {"text" if isinstance(item, str) else "image" for item in collection.items}
    return [name for name, spec in PERTURBATIONS.items() if spec.kind in kinds]


def _over_all(collection: Collection, spaces: list[Space], k: int) -> None:
    st.markdown("**Over the collection**")
    changes = changes_for(collection)
    progress = st.container()
    request = movements_request(spaces, changes, k)
    whole = known(request)
    found = found_so_far(spaces, changes, k) if whole is None else _summaries(spaces, changes, whole)
    if whole is not None:
        for encoder in names_of([space.encoder for space in spaces]):
            st.markdown(moved_most(found, encoder, escape(encoder)))
    if found:
        _results(found, len(changed_rows(collection, changes[0])), k)
    stream(request, whole, lambda: list(found_so_far(spaces, changes, k)), progress)


def found_so_far(spaces: list[Space], changes: list[str], k: int) -> dict[tuple[str, str], MovementSummary]:
    """What is known by now of the changes that all encoders have been asked about."""
    there, each = [], []
    for change in changes:
        moved = [one for space in spaces if (one := known_movement(space, change, k)) is not None]
        if len(moved) == len(spaces):
            there.append(change)
            each += moved
    return _summaries(spaces, there, each)


def _summaries(spaces: list[Space], changes: list[str], each: list[Moved]) -> dict[tuple[str, str], MovementSummary]:
    pairs = [(change, encoder_name(space.encoder)) for change in changes for space in spaces]
    return {pair: movement_summary(*moved) for pair, moved in zip(pairs, each, strict=True)}


def _results(found: Summaries, changed: int, k: int) -> None:
    left, right = st.columns([0.42, 0.58], gap="medium")
    with left:
        show_chart(
            kept_chart(found, colours=page_colours()),
            key="kept_chart",
            alt="Share of neighbours that items keep under each change, by encoder",
        )
        if any(not PERTURBATIONS[change].keeps_meaning for change, _ in found):
            st.caption("\\* changes what is said: a model that reads meaning should move.")
    table = summary_table(found, k)
    with right:
        st.dataframe(
            table,
            hide_index=True,
            height=35 * (table.num_rows + 1) + 3,
            column_config={
                "no answer": st.column_config.NumberColumn(
                    help="Changed items of which the encoder knows nothing: everything is equally near to them."
                ),
                "cosine (median)": st.column_config.NumberColumn(format="%.2f"),
                "rank of the original (median)": st.column_config.NumberColumn(format="%.0f"),
                "original still nearest": st.column_config.NumberColumn(format="%.0f %%"),
                f"of {k} neighbours kept": st.column_config.NumberColumn(format="%.1f"),
                "farther than its neighbour": st.column_config.NumberColumn(
                    format="%.0f %%", help="Items that moved farther than their nearest neighbour lies."
                ),
            },
            alt="How far items move under each change, by encoder",
        )
        st.caption(f"{changed:,} items (seed 0); items that a change leaves as they are do not count.")
        st.download_button(
            "This table (CSV)",
            lambda: table_csv(table),
            "perturbed.csv",
            "text/csv",
            key="perturbed_csv",
            icon=":material/download:",
            on_click="ignore",
        )


def _how_computed() -> None:
    with st.expander("How is this computed?", icon=":material/functions:"):
        lines = [f"**{name}**: {escape(spec.summary)}" for name, spec in PERTURBATIONS.items()]
        st.markdown(
            "Each changed item is encoded anew and looked up among all items. **Rank of the original**: 1 means that "
            "nothing is nearer to the changed item than its original. **Neighbours kept**: those of the original that "
            "are neighbours of the changed item too, the original left out of both; what is no nearer than the rest "
            "is no neighbour. **No answer**: the changed item has a vector of length zero, or everything is equally "
            "near to it; it counts as keeping nothing. The yardstick for a cosine is "
            "that of the item with its nearest neighbour. At most 300 random items; what happens to an item depends "
            "on its content and on seed 0.\n\n" + "\n\n".join(lines) + "\n\n**What may not be concluded:** the "
            "changes are mechanical; “not” in the right place is English only, and a shuffled sentence may still be "
            "understood. Try your own words, or another language, above. The idea of such behavioural tests: Ribeiro, "
            "Wu, Guestrin & Singh 2020 (CheckList)."
        )
