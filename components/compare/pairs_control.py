"""Scored pairs to measure encoders by: a ready set, or a file of the visitor."""

from __future__ import annotations

import hashlib

import streamlit as st

from components.kit.ask import Request, ask
from components.kit.files import chosen_file
from components.kit.widgets import pick_from_list
from components.kit.words import escape
from embeddings.compare import PAIR_SETS, ScoredPairs, load_scored_pairs, read_scored_pairs
from embeddings.errors import EmbeddingError, ReadError
from embeddings.jobs.job import Job

KEY, FILE, EXAMPLE_ON = "pairs_set", "pairs_file", "pairs_example"
OWN, NONE = "your own file", "none"
EXAMPLE_NAME = "my pairs.csv"
EXAMPLE = """one,other,score
a cat sleeps,a kitten is napping,9
a cat sleeps,the dog barks,4
heavy rain,it is pouring,9
heavy rain,stock markets fell,1
she bakes bread,he bakes a cake,6
she bakes bread,the train is late,0
"""


def pairs_picker(default: str) -> str:
    """Which set of pairs."""
    options = [*PAIR_SETS, OWN, NONE]
    return pick_from_list(
        "Pairs scored by people",
        options,
        key=KEY,
        default=default,
        help="Do similar vectors mean what people find similar? A file of your own stays in this session: a link does "
        "not carry it.",
        width=200,
    )


def chosen_pairs(name: str) -> ScoredPairs | None:
    """The pairs of a choice; None, with the reason beside it, while there are none."""
    if name == NONE:
        return None
    try:
        return _own() if name == OWN else load_scored_pairs(name)
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return None


def _own() -> ScoredPairs | None:
    left, right = st.columns([0.55, 0.45], gap="medium")
    file = chosen_file("Three columns: text, text and score", ["csv", "tsv", "txt"], key=FILE, place=left)
    with right:
        st.caption("One pair a line, a larger score for more alike, in any unit.")
        with st.container(horizontal=True, gap="small"):
            st.button("Try the example", key="use_pairs", icon=":material/play_arrow:", on_click=_use_example)
            st.download_button(
                "The example (CSV)",
                EXAMPLE.encode(),
                "pairs.csv",
                "text/csv",
                icon=":material/download:",
                on_click="ignore",
            )
    if file is None:
        return read_scored_pairs(EXAMPLE.encode(), name=EXAMPLE_NAME) if st.session_state.get(EXAMPLE_ON) else None
    st.session_state[EXAMPLE_ON] = False
    pairs = _read(file.data, file.name)
    for note in pairs.notes:
        st.caption(escape(note))
    return pairs


def _read(data: bytes, name: str) -> ScoredPairs:
    def read(job: Job) -> ScoredPairs | ReadError:
        job.enter("Reading the pairs")
        try:
            return read_scored_pairs(data, name=name)
        except ReadError as error:
            return error  # kept like any result, so that the same file is not read again

    digest = hashlib.blake2b(name.encode() + b"\0" + data, digest_size=16).hexdigest()
    found = ask(Request(f"scored pairs|{digest}", read))
    if isinstance(found, ReadError):
        raise found
    return found


def _use_example() -> None:
    st.session_state[EXAMPLE_ON] = True
