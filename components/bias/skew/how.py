"""How the skews are read, and how they are computed."""

from __future__ import annotations

import streamlit as st

from embeddings.bias.label_skew import DRAWS as DEALT
from embeddings.bias.probes import PROBES
from embeddings.bias.search_skew import DEPTH, DRAWS


def read_search() -> None:
    """What a search skew says, and what may not be concluded."""
    spec = PROBES["Search skew"]
    with st.expander("How to read this, and what may not be concluded", icon=":material/menu_book:"):
        st.markdown(
            "A coloured bar beyond its grey band is a group that this search shows more (or less) often than nearly "
            "all random orders of the same items would. Skew@k is the natural logarithm of its share among the first "
            "k divided by the share it is compared with: 0 is even, 0.69 twice, −0.69 half its share.\n\n"
            f"**What it depends on.** {spec.caveat} Another wording of the query, another k and another encoder can "
            "give another answer: try them.\n\n"
            f"**What may not be concluded.** {spec.cannot_say} It does not say why: a group can come first because "
            "its items speak of the matter, because they are worded or pictured alike, or because the encoder learnt "
            "a stereotype. Nor does it show harm to anyone; that depends on who searches, and for what."
        )


def how_search() -> None:
    """How a search skew is computed, with the sources."""
    with st.expander("How is this computed?", icon=":material/functions:"):
        st.markdown(
            "Labelled items are ranked by the cosine of their vector with that of the query; an item is not among its "
            "own results. **Skew@k** of a group is ln(share among the first k / share compared with), **MaxSkew@k** "
            "the largest of these, **NDKL** the Kullback–Leibler divergence of every beginning of the ranking from the "
            f"shares compared with, weighted by 1/log₂(i + 1) and normalised, over the first {DEPTH:,} places (Geyik, "
            "Ambler & Kenthapadi 2019, *Fairness-Aware Ranking in Search & Recommendation Systems*). In its notation "
            "the shares compared with are q.\n\n"
            "The grey bands hold 95 % of random orders (hypergeometric distribution). The p-value of a group is "
            "Fisher’s exact test of its count, two-sided, corrected over the groups (Holm 1979); those of MaxSkew and "
            f"NDKL are (1 + random orders at least as uneven) / (1 + {DRAWS:,}), seed 0."
        )


def read_labels() -> None:
    """What rates of names say, and what may not be concluded."""
    spec = PROBES["Zero-shot skew"]
    with st.expander("How to read this, and what may not be concluded", icon=":material/menu_book:"):
        st.markdown(
            "Each dot is the share of a group that gets the name, with its 95 % interval; the line is the share over "
            "all groups. Intervals far apart mean that groups are named differently.\n\n"
            f"**What it depends on.** {spec.caveat} The interval takes items as independent draws: it says nothing "
            "about other labels or another wording.\n\n"
            f"**What may not be concluded.** {spec.cannot_say} A rate is about the items of this collection, not about "
            "people, and not about harm."
        )


def how_labels() -> None:
    """How rates of names are computed, with the sources."""
    with st.expander("How is this computed?", icon=":material/functions:"):
        st.markdown(
            "Every label is put into each template and encoded; a label’s vector is the mean of these at length 1 "
            "(Radford et al. 2021). An item gets the label whose vector has the highest cosine with its own. For "
            "every group the share that gets a label stands with its 95 % score interval (Wilson 1927). The spread of "
            "a label is its highest minus its lowest rate; its p-value is how often dealing the groups out anew among "
            f"the items gives at least this spread, (1 + such deals) / (1 + {DEALT:,}), seed 0, corrected over the "
            "labels (Holm 1979). To ask so who is named how follows Agarwal et al. 2021, *Evaluating CLIP: Towards "
            "Characterization of Broader Capabilities and Downstream Implications*."
        )
