"""How outliers, doubtful labels and near-duplicates are found, with the sources."""

from __future__ import annotations

import streamlit as st

from embeddings.outliers import OUTLIERS


def how_lonely() -> None:
    """Of outlier scores."""
    with _expander():
        methods = "\n".join(f"- **{name}** ({spec.reference}). {spec.summary}" for name, spec in OUTLIERS.items())
        st.markdown(
            "Every score is worked out in the original space, by cosine on vectors scaled to length 1 or by Euclidean "
            "distance on vectors as they are; the map only shows it. Larger is more of an outlier.\n\n"
            f"{methods}\n\n"
            "**Above the median** is counted in median absolute deviations times 1.4826, which for a normal "
            "distribution is its standard deviation (Leys, Ley, Klein, Bernard & Licata 2013). Scores lean to the "
            "right, so there is always a tail: items count as standing apart where a gap wider than one deviation "
            "follows them and they are more than three above the median. An outlier need not be an error, and in a "
            "small group of odd items each has the others for neighbours: a larger k looks past them."
        )


def how_doubtful() -> None:
    """Of possible wrong labels."""
    with _expander():
        st.markdown(
            "Each label is held against those of the k nearest items in the original space (by cosine), as in edited "
            "nearest neighbours (Wilson 1972). Where another label is the most frequent among them, the item is a "
            "suspect. Suspects are ranked by how much nearer they are to the centre of the suggested label than to "
            "that of their own, the item itself left out of it. Items without a label are neither judged nor asked.\n\n"
            "A suspect need not be wrong: it may be a true item on a border, or the model may see something else in it "
            "than the label says. With planted wrong labels the first places of this ranking were right 7 to 9 times "
            "in 10. Where wrong labels are as many as right ones, the neighbours are wrong too."
        )


def how_twice() -> None:
    """Of near-duplicates."""
    with _expander():
        st.markdown(
            "All pairs of items are compared by the cosine of their vectors in the original space. What would stay is "
            "a greedy cover: the item with the most near-duplicates stays (of equal ones the first in the collection), "
            "all that are near to it go, and so on with the rest. So everything that goes has something left that it "
            "is near to, and no two that stay are near-duplicates. A group is one that stays with those that go "
            "because of it, each with its cosine. Alike for this model is not the same: two sentences that differ in "
            "“not” can be nearer than the threshold. Vectors of length zero are like nothing."
        )


def _expander() -> st.delta_generator.DeltaGenerator:
    return st.expander("How is this computed?", icon=":material/functions:")
