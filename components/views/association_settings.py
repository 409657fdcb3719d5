"""Which encoders are asked, in the place of which collection, and what else is set about an association test."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import streamlit as st

from components.kit import caching
from components.kit.candidates import DEFAULT_SIZE, reads_texts
from components.kit.choice import ENCODER, chosen_collection, current_encoder, encoder_name, problem_of, usable
from components.kit.evidence import Setting
from components.kit.kinds import drawn
from components.kit.texts import examples
from components.kit.widgets import pick_from_list
from components.kit.words import escape, shorten
from embeddings.bias.effect import RESAMPLES
from embeddings.bias.matching import Match
from embeddings.bias.probes import PROBES
from embeddings.bias.sentences import Wording
from embeddings.bias.templates import TEMPLATES
from embeddings.collection import Collection
from embeddings.encoders import ENCODERS, find_spec
from embeddings.errors import EmbeddingError
from embeddings.space import Space
from embeddings.store import is_given, space_fingerprint

BESIDE = "MiniLM static"
POOL, FREQUENT, OWN = "pool", "Frequent words", "The collection"
SEED, MATCH = "test_seed", "match"
TARGETS, ATTRIBUTES, BY_WORD = "templates_targets", "templates_attributes", "by_word"
MATCHES: dict[str, Match] = {"word frequency": "word frequency", "not matched": "none"}
COMMON = (
    "It measures nearness in vectors, not harm to anyone.",
    "That nothing is found does not show that there is no bias.",
)


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


def text_encoders(own: Collection) -> tuple[list[str], list[str]]:
    """The encoders that can be asked about words now, and which of them are asked at first."""
    current = _current(own)
    options = [name for name in ENCODERS if _can_read(name, own)]
    if is_given(current):
        return [current, *options], [current]
    if current not in options and _can_read(current, own):
        options.insert(0, current)
    first = [name for name in (current, ENCODER) if name in options]
    return options, first[:1] or options[:1]


def own_encoders(own: Collection) -> tuple[list[str], list[str]]:
    """The encoders that can be asked about the items of a collection now, and which are asked at first."""
    current = _current(own)
    if is_given(current):
        return [current], [current]
    if not drawn(own):
        return text_encoders(own)
    options = [name for name in dict.fromkeys([*ENCODERS, current]) if usable(name, own.kinds)]
    return options, [current] if current in options else options[:1]


def encoder_picker(options: list[str], first: list[str], key: str) -> list[str]:
    """One encoder or several, which stand in the link."""
    names = {encoder_name(option): option for option in options}
    for asked in st.query_params.get_all(key):
        if asked not in names:
            problem = problem_of(asked, ("text",)) or "It cannot be asked here."
            st.caption(f":material/cloud_off: {escape(asked)} is left out: {escape(problem)}")
    usual = [encoder_name(each) for each in first]
    if not set(st.session_state.get(key) or ()) <= set(names):
        st.session_state[key] = usual
    chosen = st.multiselect(
        "Encoders side by side",
        list(names),
        default=usual,
        key=key,
        bind="query-params",
        persist_state="session",
        help="The same words are asked of each. Encoders that are not on this machine are left out here; the sidebar "
        "says what they need.",
    )
    return [names[each] for each in chosen]


def offer_beside(options: list[str], chosen: list[str], key: str) -> None:
    """A button that asks a second encoder too; it may have to be made first, so it is never asked unbidden."""
    if chosen and BESIDE in options and BESIDE not in chosen:
        names = [encoder_name(each) for each in (*chosen, BESIDE)]
        help = "The first time, this encoder is made from MiniLM on this machine, which takes a minute or more."
        st.button(
            f"Compare with {BESIDE}",
            key="beside",
            icon=":material/compare_arrows:",
            help=help,
            on_click=st.session_state.__setitem__,
            args=(key, names),
        )


def place_of(own: Collection, encoder: str, pool: str) -> Collection:
    """The collection that a test of words runs in: its items are the vocabulary, and the random words.

    An encoder that learns from a collection learns from the visitor's, and vectors that came with it are only there.
    """
    if (pool == OWN and not drawn(own)) or is_given(encoder) or find_spec(encoder).fits:
        return own
    return caching.words(DEFAULT_SIZE)


def names_of(collection: Collection, encoder: str) -> Space:
    """A stand-in for a space that is not computed yet: enough to check which words it holds, and to know it again."""
    fingerprint = space_fingerprint(collection, encoder)
    return Space(collection, np.zeros((len(collection), 1), np.float32), encoder, fingerprint=fingerprint)


def say_if_current_cannot(own: Collection) -> None:
    """Say what the encoder of the sidebar needs where it cannot run; others can be asked meanwhile."""
    encoder = _current(own)
    problem = None if is_given(encoder) else problem_of(encoder, own.kinds)
    if problem:
        title = escape(f"{shorten(encoder, 60)} cannot run here yet")
        st.warning(escape(problem), title=title, icon=":material/cloud_off:")


def settings(own: Collection) -> Settings:
    """How tests are run, as fields; all stand in the link."""
    seed = seed_field()
    match = pick_from_list("Random words matched by", list(MATCHES), key=MATCH)
    pool = FREQUENT
    if not drawn(own):
        pool = pick_from_list("Vocabulary", (FREQUENT, OWN), key=POOL)
        st.caption(
            f"Frequent words are the 12,000 most frequent ones of English; the collection is "
            f"“{escape(shorten(own.name, 40))}”. Random sets are drawn from it. Encoders that learn from a "
            "collection, and ready-made vectors, always use the collection."
        )
    return Settings(seed, MATCHES[match], pool)


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


def how_to_read(probe: str = "WEAT") -> None:
    """What may not be concluded; it always stands on the page."""
    with st.container(border=True, key="how_to_read"):
        st.markdown("\n".join(["**How to read this**", *(f"- {line}" for line in reading(probe))]))


def reading(probe: str) -> tuple[str, ...]:
    """What is said of a probe of the table: what it depends on, and what it cannot say."""
    spec, things = PROBES[probe], "pictures" if probe == "iEAT" else "words"
    own = tuple(line for line in spec.cannot_say.replace(". ", ".\n").splitlines() if line.strip() not in COMMON)
    texts = examples("association")["reading"]
    of = texts["column" if probe == "WEFAT" else "test"]
    said = (texts["harm"], texts["words"], of, *own, texts["absence"])
    return tuple(line.format(things=things, caveat=spec.caveat) for line in said)


def seed_field() -> int:
    """The seed of all random steps; it stands in the link."""
    help = "Of partitions, resamples and random sets."
    return int(st.number_input("Seed", 0, 9999, 0, key=SEED, bind="query-params", help=help))


def _current(own: Collection) -> str:
    _, saved = chosen_collection()
    return saved.encoder if saved is not None and saved.encoder else current_encoder(own)


def _can_read(encoder: str, own: Collection) -> bool:
    try:
        fits = not drawn(own) or not find_spec(encoder).fits
        return fits and reads_texts(encoder) and usable(encoder, ("text",))
    except EmbeddingError:
        return False
