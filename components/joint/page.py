"""The page on pictures and texts put together: which texts, the map, closing the gap, what it does, the matrix."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.joint import panel
from components.joint.charts import DIRECTIONS, cosine_chart, recall_chart
from components.joint.gate import JointChoice, joint_choice
from components.joint.joined import SIDE, Placed, joint_space, place_all, sweep_request
from components.joint.matrix import matrix_panel
from components.joint.tables import before_and_after, every_step, step_of
from components.joint.texts import Texts, text_controls
from components.kit import caching, link
from components.kit.ask import Pending, ask
from components.kit.caveats import all_same, vocabulary_sentence
from components.kit.charts import show_chart, table_twin
from components.kit.choice import save_and_choose
from components.kit.colours import page_colours
from components.kit.map import Highlights, MapScene, Pictures, by_category, read_event, vector_map
from components.kit.pictures import publish_pictures
from components.kit.spaces import token_request
from components.kit.widgets import pick
from components.kit.words import escape, shorten, table_csv
from embeddings.collection import Collection
from embeddings.joint import KIND
from embeddings.projections import PROJECTIONS
from embeddings.retrieval import GapSweep
from embeddings.space import Space

KEY = "joint_map"
METHODS = (SIDE, "PCA", "UMAP")
PROMISE = "both on one map, the gap between them, and what happens when it is closed"


def joint_page(corner: DeltaGenerator) -> None:
    """Everything of the page below its heading."""
    choice = joint_choice(PROMISE)
    left, right = st.columns(2, gap="medium")
    with left:
        texts = text_controls(choice)
    if texts is None:
        return
    share = right.slider(
        "Close the gap", 0.0, 1.0, 0.0, 0.1, key="close", bind="query-params", format="percent", help=_HOW_CLOSED
    )
    with corner.container(horizontal=True, horizontal_alignment="right"):
        method = pick("Map", METHODS, key="joint_method", default=SIDE, hide_label=True, kept=False)
    space = joint_space(choice.pictures, texts.texts, choice.encoder)
    if not _told_apart(space, texts):
        return
    panel.begin(space)
    link.show({panel.AT: ""})
    pending = Pending()
    left, right = st.columns([0.72, 0.28], gap="small")
    place = left.container()
    sweep = pending.ask(sweep_request(space, texts.pairs))
    with right:
        _beside(space, choice, texts, sweep, share)
    placed = place_all(space, share, method, pending)
    with place:
        _map(space, choice, placed)
    left.caption(map_sentence(placed))
    if sweep is not None:
        _evidence(sweep, share)
    st.markdown("**Texts × pictures**")
    moved = caching.moved_space(space, share)
    matrix_panel(moved, choice.pictures, texts.texts, texts.pairs, key=space.fingerprint[:8])
    _how_computed()
    pending.show()


def _told_apart(space: Space, texts: Texts) -> bool:
    """Whether the encoder tells the texts apart; words that it does not know are named."""
    same = all_same(space.vectors[-len(texts.texts) :])
    counts = ask(token_request(Collection.from_texts(texts.texts, name="texts"), space.encoder))
    said = escape(vocabulary_sentence(space.encoder, texts.texts, counts, "text", same=same))
    if same:
        st.error(said)
    elif said:
        st.warning(said, icon=":material/translate:")
    return not same


def scene_of(space: Space, choice: JointChoice, placed: Placed) -> MapScene:
    """The points of the joint map, coloured by kind, pictures drawn as such."""
    collection, count = space.collection, len(choice.pictures)
    name = shorten(collection.name, 60)
    return MapScene(
        placed.coordinates,
        [collection.text(row) for row in range(len(space))],
        space.fingerprint,
        f"{placed.method} map of {count:,} pictures and {len(space) - count:,} texts of “{name}”",
        by_category(KIND, collection.column(KIND).to_pylist()),
        axes=placed.axes,
        pictures=Pictures(publish_pictures(choice.pictures), count),
    )


def _beside(space: Space, choice: JointChoice, texts: Texts, sweep: GapSweep | None, share: float) -> None:
    row = panel.selected(space)
    if row is not None:
        panel.item_panel(caching.moved_space(space, share), choice.pictures, row, texts.pairs)
    if sweep is not None:
        panel.gap_panel(sweep.gaps[step_of(sweep, share)], sweep.gaps[0])
    if row is None:
        panel.nothing_chosen(space, len(choice.pictures))
    wanted = not choice.texts and st.button("Open both on the Map", icon=":material/library_add:", help=_OPENED)
    if wanted and save_and_choose(space.collection):
        link.go_to(link.MAP)


def _map(space: Space, choice: JointChoice, placed: Placed) -> None:
    scene = scene_of(space, choice, placed)
    vector_map(scene, key=KEY, highlights=Highlights(panel.selected(space)), on_click=lambda: _clicked(scene))


def map_sentence(placed: Placed) -> str:
    """What the map shows and keeps."""
    if placed.method == SIDE:
        what = "Across lies the direction from the mean text to the mean picture: the gap at its full size."
    else:
        what = f"{placed.method}, seed 0. {PROJECTIONS[placed.method].summary}"
    stay = " The axes stay those of the space as it is, so what moves is the items."
    return what + (stay if placed.axes else "")


def _clicked(scene: MapScene) -> None:
    event = read_event(KEY, scene)
    if event.clicked is not None:
        panel.choose(event.clicked)


def _evidence(sweep: GapSweep, share: float) -> None:
    gap = sweep.gaps[step_of(sweep, share)]
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**How alike are they?**")
        chart = cosine_chart(gap, colours=page_colours())
        show_chart(chart, key="cosines", alt="Cosines within and across the kinds")
        st.caption(
            "Cosines of random pairs (seed 0; all pairs where there are at most 20,000), means in brackets. A gap "
            "shows as pairs across the kinds lying left of pairs within them."
        )
    with right:
        _recall(sweep, share)
    twin = table_twin("Every step as a table", key="steps_table")
    if twin.open:
        table = every_step(sweep)
        twin.dataframe(table, hide_index=True, alt="Gap and recall at every step")
        twin.download_button(
            "Every step (CSV)",
            lambda: table_csv(table),
            "closing_the_gap.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def _recall(sweep: GapSweep, share: float) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown("**Do they find each other?**", width="content")
        if not sweep.retrievals:
            st.info("None of these texts is a picture’s own, so nothing can be counted. Choose the captions above.")
            return
        direction = pick("Direction", DIRECTIONS, key="direction", hide_label=True, kept=False)
    chart = recall_chart(sweep, direction, share, colours=page_colours())
    show_chart(chart, key="recall", alt="Recall while the gap is closed")
    st.dataframe(before_and_after(sweep, direction, share), hide_index=True, alt="Recall before and after")
    counted = sweep.retrievals[0].text_to_image if direction == DIRECTIONS[0] else sweep.retrievals[0].image_to_text
    asked, offered = ("texts", "pictures") if direction == DIRECTIONS[0] else ("pictures", "texts")
    st.caption(
        f"{counted.queries:,} {asked} asked, {counted.candidates:,} {offered} to choose from; equal texts are one. In "
        "brackets 95 % intervals (Wilson); dotted lines are chance."
    )


def _how_computed() -> None:
    with st.expander("How is this computed?", icon=":material/functions:"):
        st.markdown(
            "All vectors are scaled to length 1. The **modality gap** is the mean of the pictures minus the mean of "
            "the texts; its size is the length of that difference (Liang et al. 2022, *Mind the Gap*). "
            f"**Closing** it: {_HOW_CLOSED} Neighbours and the other pages always use the space as it is. **Recall@k** "
            "is the share of texts that find one of their own pictures among the k nearest by cosine, or the other way "
            "round; a wrong answer with an equal score counts as before a right one."
        )


_OPENED = "Keeps pictures and texts as one new collection, so that the Map and Neighbours hold both."
_HOW_CLOSED = (
    "pictures lose, and texts gain, half of the chosen share of the gap; then all are scaled to length 1 again, so a "
    "small gap may be left at 100 %."
)
