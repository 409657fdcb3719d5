"""How a sum is computed, with the sources."""

from __future__ import annotations

import streamlit as st

from embeddings.analogies.methods import EPSILON, METHODS


def how_computed() -> None:
    """The expander below everything."""
    with st.expander("How is this computed?", icon=":material/functions:"):
        methods = "\n".join(f"- **{name}** ({each.reference}): {each.summary}" for name, each in METHODS.items())
        st.markdown(
            "Every vector, of inputs and candidates, is scaled to length 1; nothing is centred. Then each candidate d "
            f"is scored, larger is better:\n\n{methods}\n\n"
            "In formulas, for b − a + c: 3CosAdd is cos(d, b − a + c). 3CosMul is s(d, b) · s(d, c) / (s(d, a) + ε) "
            f"with s = (1 + cos) / 2 and ε = {EPSILON:g}; a weight is an exponent. PairDirection is cos(d − c, b − a). "
            "Of two added names the first is b and the second c. Of equal scores the earlier candidate comes first, "
            "and a candidate of length zero scores 0. Inputs are left out in any case of their letters, and "
            "repetitions of them, too. A sum that only takes away, such as − king, is scored in the same way: what "
            "is least like king comes first.\n\n"
            "Leaving the inputs out is customary and matters: without it the answer is often an input (Linzen 2016, "
            "*Issues in evaluating semantic spaces using word analogies*; Rogers, Drozd & Li 2017, *The (too many) "
            "problems of analogical reasoning with word vectors*; Nissim, van Noord & van der Goot 2020, *Fair is "
            "better than sensational*). The methods: Mikolov, Yih & Zweig 2013, *Linguistic regularities in "
            "continuous space word representations*; Levy & Goldberg 2014, *Linguistic regularities in sparse and "
            "explicit word representations*. Success with single sums proves little; the view “Test set” counts many."
        )
