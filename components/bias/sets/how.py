"""How the measures of sets are read, and how they are computed."""

from __future__ import annotations

import streamlit as st

from components.bias.sets.conventions import MEASURES, SWITCHES
from embeddings.bias.norm_distance import DRAWS
from embeddings.bias.probes import PROBES
from embeddings.bias.random_items import DRAWS as RANDOM


def how_to_read() -> None:
    """What the measures say, and what may not be concluded."""
    with st.expander("How to read this, and what may not be concluded", icon=":material/menu_book:"):
        told = "\n".join(
            f"- **{name}** {PROBES[name].question} Larger means {PROBES[name].larger} {PROBES[name].caveat}"
            for name in MEASURES
        )
        not_concluded = "\n".join(f"- **{name}** {PROBES[name].cannot_say}" for name in MEASURES)
        st.markdown(
            f"Each value has its own direction and its own zero.\n\n{told}\n\n"
            f"**What may not be concluded.**\n\n{not_concluded}\n\n"
            "All depend on the words chosen: change some, and see whether the answer stays."
        )


def how_computed() -> None:
    """How the measures are computed, with the sources."""
    with st.expander("How is this computed?", icon=":material/functions:"):
        conventions = " ".join(f"*{each.label}*: {each.note}" for each in SWITCHES.values())
        st.markdown(
            "**RND**, relative norm distance: mean over the words v of ‖v − mean of group 1‖ − ‖v − mean of group 2‖ "
            f"(Garg, Schiebinger, Jurafsky & Zou 2018). Its p is two-sided: (1 + times that dealing the groups’ words "
            f"out anew gives a value of at least this size) / (1 + {DRAWS:,}).\n\n"
            "**RNSB**, relative negative sentiment bias: a logistic regression learns positive from negative words; "
            "the negative probabilities of the groups’ words are brought to sum 1, and the value is their "
            "Kullback–Leibler divergence from equal shares, in nats (Sweeney & Najafian 2019). Ten more classifiers "
            "learn from 80 % of the lexicon each.\n\n"
            "**MAC**, mean average cosine: mean cosine distance of each word to each group (Manzini, Lim, Tsvetkov & "
            "Black 2019).\n\n"
            "**ECT**, embedding coherence test: Spearman’s correlation of the words’ cosines with the means of both "
            "groups (Dev & Phillips 2019). It has no null.\n\n"
            f"Random items are {RANDOM:,} draws of as many items of the space (seed 0). {conventions}"
        )
