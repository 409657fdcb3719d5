"""How an axis is computed and checked, with the sources."""

from __future__ import annotations

import streamlit as st

from embeddings.axes import DRAWS


def how_computed() -> None:
    """The expander below everything."""
    with st.expander("How is this computed?", icon=":material/functions:"):
        st.markdown(
            "Every vector is scaled to length 1. The axis is the mean of the high seeds minus the mean of the low ones "
            "(for pairs this is the mean of their differences), scaled to length 1; an item stands at the cosine of "
            "its vector with it (An, Kwak & Ahn 2018, *SemAxis*; Grand, Blank, Pereira & Fedorenko 2022, *Semantic "
            "projection recovers rich human knowledge of multiple object features from word embeddings*; Mathew et "
            "al. 2020, *The POLAR framework*, builds whole spaces of such axes). The middle is half-way between the "
            "mean places of the two groups of seeds.\n\n"
            "**The check.** Each pair is left out once; on the axis of all others its high word should stand above its "
            "low word: the share of pairs for which it does is the leave-one-pair-out accuracy. For two lists every "
            "low word with every high word is left out so. The AUC takes all seeds, each on the axis made without it, "
            "and is the share of pairs of any low and any high seed in the right order; ties count half. The same is "
            f"done for {DRAWS} axes of as many random items (seed 0), and p = (1 + how many of them have at least "
            f"this AUC) / (1 + {DRAWS}). Held-out words play no part in making the axis.\n\n"
            "**What may not be concluded.** An axis is a direction in vectors that were learnt from texts or pictures: "
            "it says how things are spoken of, not how large, good or young they are. It depends on the seeds, takes "
            "along whatever else they share, and a word with two meanings has one place. A high score of an item far "
            "from all seeds has not been checked by anything here."
        )
