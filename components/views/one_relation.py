"""The view “One relation”: differences of many pairs, drawn, and held against shuffled pairs and other relations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import streamlit as st

from components.kit.ask import Pending, asking
from components.kit.candidates import KEY as CANDIDATES
from components.kit.candidates import WORDS, Candidates, candidate_controls, ways_of
from components.kit.charts import show_chart, table_twin
from components.kit.colours import page_colours
from components.kit.evidence import Setting, Table, csv_button, settings_of, show_table
from components.kit.kinds import written
from components.kit.texts import how
from components.kit.words import escape, shorten
from components.views.analogy_charts import DRAWN, agreement, cosines_chart, offsets_chart, oriented, short
from components.views.relation_pairs import OWN, RELATION, chosen_pairs, measurable, ready_relations, relation_picker
from embeddings.analogies.offsets import Offsets, offsets
from embeddings.analogies.relations import Compared, Pair
from embeddings.columns import nullable
from embeddings.errors import EmbeddingError
from embeddings.space import Space

KEY = "compared"
DIGITS = ("mean cosine with the others", "x", "y", "length", "share in the plane")
# Bounds of the words of the verdict; they describe, they do not test.
MUCH, PARTLY, GAIN = 0.35, 0.15, 0.05
FEW = 5


def one_relation() -> None:
    """The view below the heading."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(width=330, key="inline_relation"):
            name = relation_picker()
        with st.popover("Settings", icon=":material/tune:", width="content"):
            candidates = candidate_controls()
    if not candidates.reads and not written(candidates.collection):
        st.info(
            "A relation is made of words, and these vectors belong to pictures only. Choose a collection of words, or "
            "an encoder that reads texts too, such as Scenes CLIP.",
            icon=":material/image:",
        )
        how("one_relation")
        return
    space = candidates.space()
    pictured, evidence = st.columns([0.6, 0.4], gap="large")
    with pictured:
        _relation(candidates, space, name)
    with evidence:
        if ready_relations():
            _comparison(space, name)
        else:
            st.caption("The ready relations are inside gensim: pip install gensim")
    how("one_relation")


def _relation(candidates: Candidates, space: Space, name: str) -> None:
    """The pairs that can be measured, or what to do where they are too few."""
    chosen = chosen_pairs(name)
    if not chosen.pairs:
        return
    pairs, vectors_of = measurable(candidates, space, chosen)
    if len(pairs) < 2:
        _too_few(candidates, name, len(pairs))
        return
    try:
        found = offsets(space, pairs, vectors_of=vectors_of)
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return
    _picture(found, pairs, settings_of(space, relation=name))


def _too_few(candidates: Candidates, name: str, count: int) -> None:
    known = "no pair is" if count == 0 else "only one pair is"
    st.info(f"Directions are compared between at least two pairs, and {known} known here.", icon=":material/info:")
    words_help = name != OWN and WORDS in ways_of(candidates.own, candidates.encoder)
    if words_help and st.session_state.get(CANDIDATES) != WORDS:
        st.button("Use frequent words as candidates", type="primary", on_click=_set, args=(CANDIDATES, WORDS))


def _set(key: str, value: str) -> None:
    st.session_state[key] = value


def _picture(found: Offsets, pairs: tuple[Pair, ...], settings: Mapping[str, Setting]) -> None:
    """The answer in words, then the pictures that show it, each with its table."""
    st.markdown(verdict(found))
    st.caption("Is this relation one direction? If it is, second − first is nearly the same for every pair.")
    show_chart(
        offsets_chart(found, pairs, colours=page_colours()),
        key="offsets_chart",
        alt="The differences of the pairs as arrows from one origin, with their mean",
    )
    st.caption(plane_sentence(found, len(pairs)))
    _twin("Every pair", "offsets", pair_table(found, pairs), settings)
    st.markdown("**Which pairs agree?**")
    show_chart(
        cosines_chart(found, pairs, colours=page_colours()),
        key="offset_cosines",
        alt="Cosines between the differences of every two pairs",
    )
    some = f" Of {len(pairs)} pairs the first {DRAWN} are drawn." if len(pairs) > DRAWN else ""
    st.caption(
        "Cosine between the differences of two pairs: 1 is the same direction, 0 none in common. "
        f"Those that agree most with all others stand first; columns have the same order.{some}"
    )
    _twin("Every cosine", "cosines", cosine_table(found, pairs), settings)


def _twin(title: str, name: str, lines: pa.Table, settings: Mapping[str, Setting]) -> None:
    alt = f"{title} as a table"
    twin = table_twin(alt, key=f"{name}_twin")
    if not twin.open:
        return
    formats = {
        column: "%.3f" if column in DIGITS else "%.2f" for column in lines.column_names[1:] if column != "second"
    }
    with twin:
        show_table(Table(lines, alt, formats, label=f"{title} (CSV)", file=f"relation_{name}.csv", settings=settings))


def _comparison(space: Space, chosen: str) -> None:
    """The table of ready relations; a click on a row chooses that relation."""
    st.markdown("**Which relations are one direction here?**")
    pending = Pending()
    compared = pending.ask(asking("relations", space, ready_relations()))
    if compared is None:
        pending.show()
        return
    names = [each.name for each in compared]
    table = comparison_table(compared)
    selected = [names.index(chosen)] if chosen in names else []
    # A key for each choice: rows chosen in the table cannot be set from outside.
    key = f"{KEY}_{selected[0] if selected else 'own'}"
    st.dataframe(
        table,
        hide_index=True,
        height=35 * (len(names) + 1) + 3,
        column_config={
            "relation": st.column_config.TextColumn("relation", width=165),
            "mean": st.column_config.ProgressColumn("mean", format="%.2f", min_value=0, max_value=1, width=80),
            "shuffled": st.column_config.NumberColumn("shuffled", format="%.2f", width=70),
            "pairs": st.column_config.TextColumn("pairs", width=60),
        },
        placeholder="—",
        on_select=lambda: _follow(key, names),
        selection_mode="single-row",
        selection_default={"selection": {"rows": selected}},
        key=key,
        alt="Mean cosine of the differences of every ready relation",
    )
    st.caption("Mean cosine of two differences, with the true pairs and shuffled. Select a row to see its pairs.")
    csv_button("These relations (CSV)", lambda: table, "relations.csv", settings_of(space))


def _follow(key: str, names: Sequence[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        _set(RELATION, names[rows[0]])


def verdict(found: Offsets) -> str:
    """Whether the pairs differ in one direction, against the same words wrongly paired."""
    gain = found.mean - found.shuffled
    if gain < GAIN and found.mean >= PARTLY:
        said = "The two groups of words lie apart, but who belongs to whom makes no difference"
    elif gain < GAIN:
        said = "The pairs have no direction in common"
    elif found.mean >= MUCH:
        said = "The pairs differ in much the same direction"
    elif found.mean >= PARTLY:
        said = "The pairs share a direction in part"
    else:
        said = "The pairs hardly share a direction"
    few = "" if len(found.vectors) >= FEW else f" With {len(found.vectors)} pairs this says little."
    return (
        f"**{said}**: the mean cosine of two differences is **{short(found.mean)}**, against "
        f"**{short(found.shuffled)}** when the second words are handed to other pairs.{few}"
    )


def plane_sentence(found: Offsets, pairs: int) -> str:
    """What the arrows leave out."""
    some = f"The first {DRAWN} of {pairs} pairs are drawn; the numbers are of all. " if pairs > DRAWN else ""
    return (
        f"{some}Each arrow is second − first, all words at length 1, from one origin. The plane holds "
        f"{100 * found.share:.0f} % of the squared length of all differences; the rest points out of the picture. "
        "Labels that would cover others show on hover."
    )


def pair_table(found: Offsets, pairs: Sequence[Pair]) -> pa.Table:
    """Each pair with its agreement, its place in the plane, and how much of its squared length lies there."""
    points = oriented(found)
    lengths = np.linalg.norm(found.vectors.astype(np.float64), axis=1)
    inside = np.minimum(1, (points**2).sum(axis=1) / lengths**2)
    numbers = (agreement(found), points[:, 0], points[:, 1], lengths, inside)
    first, second = zip(*pairs, strict=True)
    return pa.table({"first": first, "second": second, **dict(zip(DIGITS, numbers, strict=True))})


def cosine_table(found: Offsets, pairs: Sequence[Pair]) -> pa.Table:
    """The cosine of every pair's offset with every other's; pairs of one name are told apart by their number."""
    names = [f"{shorten(first, 40)} → {shorten(second, 40)}" for first, second in pairs]
    names = [name if names.count(name) == 1 else f"{name} ({place})" for place, name in enumerate(names, 1)]
    return pa.table({"pair": names, **{name: found.cosines[:, place] for place, name in enumerate(names)}})


def comparison_table(compared: Sequence[Compared]) -> pa.Table:
    """The relations with their numbers; empty cells where fewer than two pairs are known."""
    means, shuffled = ([each.mean for each in compared], [each.shuffled for each in compared])
    return pa.table(
        {
            "relation": [each.name for each in compared],
            "mean": nullable(means),
            "shuffled": nullable(shuffled),
            "pairs": [f"{each.pairs} / {each.of}" for each in compared],
        }
    )
