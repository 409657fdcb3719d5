"""What a result of these tests does and does not mean, and how it is computed."""

from __future__ import annotations

import streamlit as st

from embeddings.bias.probes import PROBES

COMMON = (
    "It measures nearness in vectors, not harm to anyone.",
    "That nothing is found does not show that there is no bias.",
)
_OF_TESTS = (
    "p asks whether these very {things} could have been dealt out so by chance; the interval asks what **other "
    "{things} like them** would give. With few {things} p can be small while the interval includes 0."
)
_OF_COLUMNS = (
    "r asks how closely associations follow the column along **a straight line**; the interval, what other items like "
    "these would give. Look at the picture: a curve or a few items far out can make or hide it."
)


def how_to_read(probe: str = "WEAT") -> None:
    """What may not be concluded; it always stands on the page."""
    with st.container(border=True, key="how_to_read"):
        st.markdown("\n".join(["**How to read this**", *(f"- {line}" for line in reading(probe))]))


def reading(probe: str) -> tuple[str, ...]:
    """What is said of a probe of the table: what it depends on, and what it cannot say."""
    spec, things = PROBES[probe], "pictures" if probe == "iEAT" else "words"
    own = tuple(line for line in spec.cannot_say.replace(". ", ".\n").splitlines() if line.strip() not in COMMON)
    return (
        "It measures nearness in vectors, **not harm** to anyone, and not what a model that uses them will do.",
        f"It depends on **the {things} chosen**. {spec.caveat}",
        _OF_COLUMNS if probe == "WEFAT" else _OF_TESTS.format(things=things),
        *own,
        f"**No effect is no proof of no bias**: other {things} or another test may find it.",
    )


def how_computed() -> None:
    """The formulas and their sources."""
    with st.expander("How is this computed?", icon=":material/functions:"):
        st.markdown(
            "**Score of a word**: s(w, A, B) is its mean cosine with A minus its mean cosine with B. **Effect size** "
            "d: mean score over X minus mean score over Y, divided by the sample standard deviation (n − 1) over both "
            "(WEAT; Caliskan, Bryson & Narayanan 2017). **p**: the share of all ways to deal the words of X and Y out "
            "into two equal sets whose statistic is at least as large, counted exactly where there are at most 200,000 "
            "ways, else over 100,000 random ones without replacement, (hits + 1) / (draws + 1); one-sided in the "
            "direction X–A, Y–B as published, two-sided for either. **Interval**: 95 % of the effect sizes when all "
            "four sets are resampled 2,000 times (BCa bootstrap, Efron 1987). **Random sets**: the test 1,000 times "
            "with other words in place of X and Y, matched by word frequency; in sentences they come from 600 words "
            "of the vocabulary in the same templates, whatever kind of word these were made for. **Several tests**: "
            "p-values are corrected by Holm (1979), for each encoder by itself. **Small, medium, large**: Cohen’s "
            "(1988) words, made for experiments with people.\n\n"
            "**Sentences** (SEAT; May, Wang, Bordia, Bowman & Rudinger 2019): the same over sentences that say little "
            "but hold the word. **Pictures** (iEAT; Steed & Caliskan 2021): the same over pictures. **Against a "
            "column** (WEFAT; Caliskan, Bryson & Narayanan 2017): the score of each item divided by the standard "
            "deviation of its cosines with A and B, correlated (Pearson) with a column of numbers; the interval is "
            "Fisher’s.\n\n"
            "Typed words that the vocabulary does not hold are encoded just now. Encoders that learn from a "
            "collection are asked in the place of your collection, all others among frequent English words."
        )
