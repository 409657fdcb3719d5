"""Files that a visitor chooses; they survive a lost session, whose end the browser does not notice."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile

from components.kit.caching import board, store
from embeddings.errors import NotStored
from embeddings.jobs.job import SERVER, Job
from embeddings.store import Upload

GONE = "The file is no longer on the server: choose it again."
KEPT = "kept_files"
SEPARATOR = "|"


class ChosenFile(NamedTuple):
    """A file that the visitor chose.

    Attributes:
        id: random, known to the server and to this browser.
        name, data: of the file.
        found_again: whether an earlier session brought it: Streamlit ends one after two minutes without network, and
            all when the server starts again. What the browser shows then stays, a button that was pressed included.
    """

    id: str
    name: str
    data: bytes
    found_again: bool = False


def chosen_file(
    label: str, types: Sequence[str], *, key: str, place: DeltaGenerator | None = None
) -> ChosenFile | None:
    """Ask for one file."""
    return next(iter(chosen_files(label, types, key=key, place=place, several=False)), None)


def chosen_files(
    label: str, types: Sequence[str], *, key: str, place: DeltaGenerator | None = None, several: bool = True
) -> list[ChosenFile]:
    """Ask for files; one that the server has lost for good is asked for again, in words."""
    place = place or st.container()
    times = st.session_state.get(f"{key}_lost", 0)
    widget = f"{key}_{times}" if times else key
    place.file_uploader(label, type=list(types), key=widget, accept_multiple_files=several)
    # The state also names files that Streamlit has not kept, which the widget itself leaves out.
    state = st.session_state[widget]
    files: list[UploadedFile | DeletedFile] = state if isinstance(state, list) else [state] if state else []
    here = [ChosenFile(file.file_id, file.name, file.getvalue()) for file in files if isinstance(file, UploadedFile)]
    gone = [file.file_id for file in files if isinstance(file, DeletedFile)]
    found = _found_again(gone, f"{key}_found") if gone else []
    if here and not gone:
        _keep(here)
    if gone and not found and not here:
        # Another key empties the browser's list.
        st.session_state[f"{key}_lost"] = times + 1
        st.rerun()
    if times and not here and not found:
        place.warning(GONE)
    again = {file.name for file in here}
    return [*(file for file in found if file.name not in again), *here]


def _found_again(ids: list[str], place: str) -> list[ChosenFile]:
    secret = SEPARATOR.join(ids)
    last: tuple[str, list[ChosenFile]] = st.session_state.get(place, ("", []))
    if last[0] != secret:
        kept = store().uploads.find(secret) or ()
        files = [ChosenFile(id, file.name, file.data, True) for id, file in zip(ids, kept, strict=False)]
        last = st.session_state[place] = secret, files
    return last[1]


def _keep(files: list[ChosenFile]) -> None:
    """Keep files for the time after this session, once and in the background."""
    secret = SEPARATOR.join(file.id for file in files)
    kept: set[str] = st.session_state.setdefault(KEPT, set())
    if secret in kept:
        return
    kept.add(secret)

    def work(job: Job) -> None:
        with suppress(NotStored):  # they are here all the same
            store().uploads.keep(secret, [Upload(file.name, file.data) for file in files])

    board().start(f"upload|{secret}", work, visitor=SERVER)
