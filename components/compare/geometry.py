"""The view “Geometry”: what each space is like as a cloud of points."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import streamlit as st

from components.compare.encoders import Chosen, names_of
from components.compare.geometry_tables import fact_table, hub_table, norms_chart, number_table, pairs_chart
from components.compare.requests import geometry_request
from components.kit.ask import ask
from components.kit.caching import random_pairs
from components.kit.charts import show_chart
from components.kit.choice import encoder_name
from components.kit.colours import page_colours
from components.kit.link import select
from components.kit.words import escape, table_csv
from embeddings.collection import Collection
from embeddings.geometry import Geometry
from embeddings.space import Space

FEWEST = 3


def geometry_view(chosen: Chosen) -> None:
    """Everything below the choice of encoders."""
    if len(chosen.collection) < FEWEST:
        st.info(
            f"Geometry needs at least {FEWEST} items, this collection has {len(chosen.collection)}.",
            icon=":material/info:",
        )
        return
    spaces = [space for space in chosen.spaces() if _varies(space)]
    if not spaces:
        return
    cards = [ask(geometry_request(space)) for space in spaces]
    names = names_of([space.encoder for space in spaces])
    table = fact_table(cards, names)
    st.table(_escaped(table), hide_index=True, border="horizontal", alt="The geometry of each space, number by number")
    st.download_button(
        "The card (CSV)",
        lambda: table_csv(number_table(cards, names)),
        "geometry.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    _histograms(spaces, cards, names)
    _hubs(chosen.collection, spaces, cards)
    _how_computed()


def _varies(space: Space) -> bool:
    if (space.vectors == space.vectors[0]).all():
        st.info(
            escape(f"All vectors of {encoder_name(space.encoder)} are equal: one point has no geometry."),
            icon=":material/info:",
        )
        return False
    return True


def _escaped(table: pa.Table) -> pa.Table:
    """Cells as text: a table reads Markdown."""
    return pa.table(
        {escape(name): [escape(cell) for cell in table.column(name).to_pylist()] for name in table.column_names}
    )


def _histograms(spaces: list[Space], cards: list[Geometry], names: list[str]) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**How similar are two random items?**")
        show_chart(
            pairs_chart([random_pairs(space, "cosine") for space in spaces], names, colours=page_colours()),
            key="pairs_chart",
            alt="Histogram of the cosine of random pairs, by encoder",
        )
        st.caption("A cosine of .5 is rare in one space and usual in another: never compare cosines across encoders.")
    with right:
        st.markdown("**How long are the vectors?**")
        show_chart(
            norms_chart(cards, names, colours=page_colours()),
            key="norms_chart",
            alt="Histogram of the lengths of the vectors, by encoder",
        )
        equal = [escape(name) for name, card in zip(names, cards, strict=True) if card.norms.all_one]
        zero = [
            f"{escape(name)} has {card.norms.zero:,} vectors of length 0"
            for name, card in zip(names, cards, strict=True)
            if card.norms.zero
        ]
        said = [f"All vectors of {' and '.join(equal)} have length 1."] if equal else []
        st.caption(" ".join([*said, *(f"{each}: they have no direction." for each in zero)]))


def _hubs(collection: Collection, spaces: list[Space], cards: list[Geometry]) -> None:
    st.markdown("**Which items crowd into the lists of others?**")
    for column, space, card in zip(st.columns(len(spaces), gap="medium"), spaces, cards, strict=True):
        with column:
            key = f"hubs_{space.fingerprint[:8]}"
            table = hub_table(collection, card)
            st.caption(escape(f"{encoder_name(space.encoder)}: in how many lists of {card.hubness.k} neighbours"))
            st.dataframe(
                table,
                hide_index=True,
                height=35 * (table.num_rows + 1) + 3,
                column_config={
                    "in lists": st.column_config.NumberColumn(width=70),
                    "row": st.column_config.NumberColumn(width=60),
                },
                on_select=_following(key, card),
                selection_mode="single-cell",
                key=key,
                alt=f"The worst hubs of {encoder_name(space.encoder)}",
            )
            if card.hubness.tied >= 0.005:
                st.caption(
                    f"In {100 * card.hubness.tied:.0f} % of the lists a tie decided who is last: many ties make hubs "
                    "of their own."
                )


def _following(key: str, card: Geometry) -> Callable[[], None]:
    def follow() -> None:
        picked = st.session_state[key]["selection"]["cells"]
        if picked:
            select(int(card.hubness.hubs[picked[0][0]]))

    return follow


def _how_computed() -> None:
    with st.expander("How is this computed?", icon=":material/functions:"):
        st.markdown(
            "Mean cosine over all pairs, exactly (Ethayarajh 2019). Hubness: skewness of how often each item stands "
            "among the 10 nearest of others (Radovanović, Nanopoulos & Ivanović 2010). Intrinsic dimension from the "
            "ratio of the two nearest distances (TwoNN: Facco, d’Errico, Rodriguez & Laio 2017) and from the 20 "
            "nearest (Levina & Bickel 2004, averaged as MacKay & Ghahramani 2005 propose), equal vectors counted "
            "once. Effective rank: exp of the entropy of the singular values of the centred vectors (Roy & Vetterli "
            "2007); participation ratio as in Gao et al. 2017. Neighbours are those of the shared graph, by cosine."
            "\n\n**What may not be concluded:** none of these numbers says which encoder is better. A narrow cone can "
            "order neighbours perfectly, and intrinsic dimension is an estimate that depends on scale and on how many "
            "items there are."
        )
