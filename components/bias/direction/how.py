"""How directions and debiasing are read, and how they are computed."""

from __future__ import annotations

import streamlit as st

from embeddings.bias.direction import DRAWS
from embeddings.bias.probes import PROBES
from embeddings.bias.remaining import COUNT, MOST_QUERIES, NEIGHBOURS, TRAINED_ON


def read_direction() -> None:
    """What a direction says, and what may not be concluded."""
    direct, ripa = PROBES["Direct bias"], PROBES["RIPA"]
    with st.expander("How to read this, and what may not be concluded", icon=":material/menu_book:"):
        st.markdown(
            "First see whether there is a direction at all: the first component of the pairs should hold clearly more "
            "of their variance than that of random pairs. Then compare the direct bias with what any item leans: "
            "every item leans a little along every direction.\n\n"
            f"**What it depends on.** {direct.caveat} {ripa.caveat} Other pairs for the same thing give another "
            "direction. Leanings count from the middle of the pairs, because 0 is not neutral: items as a whole may "
            "lie to one side of it.\n\n"
            f"**What may not be concluded.** {direct.cannot_say} {ripa.cannot_say} A lean says how things are spoken "
            "of in the texts that the model learnt from, not how people are."
        )


def how_direction() -> None:
    """How a direction is computed, with the sources."""
    with st.expander("How is this computed?", icon=":material/functions:"):
        st.markdown(
            "All vectors at length 1. Each pair is centred on its own mean; the direction is the first principal "
            "component of these, pointing from the second words to the first (Bolukbasi, Chang, Zou, Saligrama & Kalai "
            f"2016, *Man is to Computer Programmer as Woman is to Homemaker?*). Random pairs are {DRAWS:,} times as "
            "many pairs of different items (seed 0); p = (1 + draws whose first component holds at least as much) / "
            f"(1 + {DRAWS:,}). **Direct bias** is the mean of |cosine| to the power of the strictness over the words. "
            "**RIPA** is the inner product of a word’s vector with the difference of a pair at length 1, (x − y) / "
            "‖x − y‖, here its mean over the pairs (Ethayarajh, Duvenaud & Hirst 2019, *Understanding Undesirable Word "
            "Embedding Associations*)."
        )


def read_debias() -> None:
    """What a debiasing says, and what may not be concluded."""
    spec = PROBES["What remains"]
    with st.expander("How to read this, and what may not be concluded", icon=":material/menu_book:"):
        st.markdown(
            "Taking a direction out makes every measure along that direction small: that is what was taken out. "
            "Whether the bias is gone is another question. Here the words that leaned most before are looked at "
            "again: if a classifier, or their neighbours, still tell which side each was on, it was hidden.\n\n"
            f"**What it depends on.** {spec.caveat} Pairs, words and seed matter. A probe can also change sign: then "
            "the association along the direction covered another one that goes the other way.\n\n"
            f"**What may not be concluded.** {spec.cannot_say} A probe at 0 afterwards does not show that whatever "
            "uses the vectors treats people alike, and taking a direction out also takes out meaning that belongs "
            "there: grandmother and grandfather differ in it rightly."
        )


def how_debias() -> None:
    """How debiasing and its check are computed, with the sources."""
    with st.expander("How is this computed?", icon=":material/functions:"):
        st.markdown(
            "**Hard debiasing** (Bolukbasi et al. 2016): every vector is brought to length 1, loses its part along the "
            "direction, and is brought to length 1 again; the words of the pairs and those that you keep stay. "
            "**Equalising** also makes the two words of each pair differ in the direction alone, at the same distance "
            "on both sides. **Nullspace projection** (Ravfogel, Elazar, Gonen, Twiton & Goldberg 2020, *Null It Out*): "
            "a logistic regression learns to tell the most biased words of both sides apart, its direction is taken "
            "out of all vectors, and so on until it does no better than chance on words held out.\n\n"
            f"**The check** (Gonen & Goldberg 2019, *Lipstick on a Pig*): the {COUNT} words furthest to either side in "
            "the original space (or a quarter of the items), the pairs left out. A support vector machine (RBF kernel) "
            f"learns from {100 * TRAINED_ON:.0f} % of them and names the sides of the others, with Wilson’s interval. "
            f"The neighbour correlation is that of a word’s original lean with the share of its {NEIGHBOURS} nearest "
            f"neighbours that leaned to the first side, over at most {MOST_QUERIES:,} words. Clusters are two by "
            "K-means. The drawings show the same words along their own two directions of largest spread (PCA), made "
            "anew after debiasing. Everything with seed 0; probes use the original vectors before and the changed "
            "ones after, for typed words too."
        )
