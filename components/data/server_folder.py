"""Folders of this server, for whoever runs it: only those that `VECTORSCOPE_FOLDERS` names, and what is below them."""

from __future__ import annotations

import secrets
from pathlib import Path

import streamlit as st

from components.kit.ask import Request, ask
from components.kit.visitors import folders_of, within
from components.kit.words import escape
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError, ReadError
from embeddings.jobs.pictures import read_pictures

SETTING = "VECTORSCOPE_FOLDERS"
ASKED = "folder_asked"


def allowed_folders() -> list[Path]:
    """The folders that may be read; those that do not exist are left out."""
    return folders_of(SETTING)


def within_allowed(typed: str) -> Path:
    """The folder or ZIP that a text names; a relative one is looked for in each allowed folder.

    Raises:
        ReadError: it is not there, or lies outside, links followed. Both give the same answer, so that nobody can
            find out what else there is.
    """
    path = within(typed.strip(), allowed_folders())
    if path is not None and _readable(path):
        return path
    raise ReadError(f"There is no folder or ZIP “{typed.strip()[:200]}” among those that this server may read.")


def from_folder() -> Collection | None:
    """A field for the path, and the pictures that are there once it was asked for."""
    roots = allowed_folders()
    with st.form("server_folder", border=False):
        typed = st.text_input(
            "Folder or ZIP on this server",
            placeholder=str(roots[0]) if roots else "",
            help="Inside " + escape(", ".join(map(str, roots))) + ". All pictures below it are read.",
            key="folder_path",
        )
        if st.form_submit_button("Read the pictures", icon=":material/folder_open:"):
            st.session_state[ASKED] = (typed, secrets.token_urlsafe(9))
    if ASKED not in st.session_state:
        return None
    typed, asked = st.session_state[ASKED]
    try:
        path = within_allowed(typed)
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return None
    return ask(Request(f"folder|{asked}", lambda job: read_pictures(path, path.name, job)))


def _readable(path: Path) -> bool:
    return path.is_dir() or (path.is_file() and path.suffix.lower() == ".zip")
