"""What can be set about a test besides its words."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from components.bias.association.encoders import FREQUENT, OWN, POOL
from components.kit.evidence import Setting
from components.kit.kinds import drawn
from components.kit.widgets import pick_from_list
from components.kit.words import escape, shorten
from embeddings.bias.effect import RESAMPLES
from embeddings.bias.matching import Match
from embeddings.bias.sentences import Wording
from embeddings.bias.templates import TEMPLATES
from embeddings.collection import Collection

SEED, MATCH = "test_seed", "match"
TARGETS, ATTRIBUTES, BY_WORD = "templates_targets", "templates_attributes", "by_word"
MATCHES: dict[str, Match] = {"word frequency": "word frequency", "not matched": "none"}


class Settings(NamedTuple):
    """How tests are run.

    Attributes:
        seed: of all random steps.
        match: how random sets are matched.
        pool: where they are drawn from.
    """

    seed: int
    match: Match
    pool: str


def settings(own: Collection) -> Settings:
    """The settings behind a button; all stand in the link."""
    with st.popover("Settings", icon=":material/tune:"):
        seed = st.number_input(
            "Seed", 0, 9999, 0, key=SEED, bind="query-params", help="Of partitions, resamples and random sets."
        )
        match = pick_from_list("Random words matched by", list(MATCHES), key=MATCH)
        pool = FREQUENT
        if not drawn(own):
            pool = pick_from_list("Vocabulary", (FREQUENT, OWN), key=POOL)
            st.caption(
                f"Frequent words are the 12,000 most frequent ones of English; the collection is "
                f"“{escape(shorten(own.name, 40))}”. Random sets are drawn from it. Encoders that learn from a "
                "collection, and ready-made vectors, always use the collection."
            )
    return Settings(int(seed), MATCHES[match], pool)


def seed_setting() -> int:
    """The seed alone."""
    with st.popover("Settings", icon=":material/tune:"):
        return int(
            st.number_input(
                "Seed", 0, 9999, 0, key=SEED, bind="query-params", help="Of partitions, resamples and random sets."
            )
        )


def wording() -> Wording:
    """The templates that the words stand in, and what counts as one observation."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        forms = tuple(TEMPLATES)
        targets = pick_from_list("X and Y are", forms, key=TARGETS, width=190)
        attributes = pick_from_list("A and B are", forms, key=ATTRIBUTES, width=190)
        by_word = st.toggle(
            "Each word counts once",
            value=True,
            key=BY_WORD,
            bind="query-params",
            persist_state="session",
            help="On: the mean of a word's sentences is one observation. Off, as published: every sentence is one, "
            "which makes p too small, because sentences of one word are not independent.",
        )
    said = (f"“{escape(form.replace('{}.', '…').replace('{}', '…'))}”" for form in TEMPLATES[targets])
    st.caption("X and Y stand in the sentences " + ", ".join(said))
    return Wording(TEMPLATES[targets], TEMPLATES[attributes], by_word)


def stated(how: Settings, form: Wording | None) -> dict[str, Setting]:
    """The settings as every file of results states them."""
    settings: dict[str, Setting] = {
        "seed": how.seed,
        "vocabulary": how.pool,
        "random sets matched by": how.match,
        "resamples of the interval": RESAMPLES,
    }
    if form is None:
        return settings
    return settings | {
        "templates of X and Y": " | ".join(form.targets),
        "templates of A and B": " | ".join(form.attributes),
        "each word counts once": form.by_word,
    }
