"""Bringing one's own data: files, pasted text or a folder of the server, understood before anything is computed."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components.kit import link
from components.kit.ask import Pending, Request, ask, asking_as
from components.kit.choice import save_and_choose
from components.kit.files import ChosenFile, chosen_file, chosen_files
from components.kit.texts import examples
from components.kit.visitors import folders_of, uploads_left, within
from components.kit.widgets import pick
from components.kit.words import escape
from components.views.preview import preview
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError, ReadError
from embeddings.jobs.job import Job
from embeddings.reading import FORMATS, REFUSED, Understanding, holds_pictures, read_pasted
from embeddings.reading.in_workers import read_pictures
from embeddings.reading.limits import DEFAULT
from embeddings.space import Space

WISHED = "open_upload"
# Folders of this server, for whoever runs it: only those that it names, and what is below them.
SETTING = "VECTORSCOPE_FOLDERS"
FOLDER_ASKED = "folder_asked"
LABELS = "Labels of these vectors (optional)"


def upload_panel() -> None:
    """File, pasted text or folder, what was understood of it, and one button."""
    above = st.container()
    opening = _Opening()
    ways: dict[str, Callable[[], Collection | Space | None]] = {
        "Upload a file": lambda: _from_file(opening),
        "Paste text": _from_paste,
    }
    if roots := folders_of(SETTING):
        ways["Folder on this server"] = lambda: _from_folder(roots)
    with above:
        content = ways[pick("Bring", list(ways), key="bring", linked=False, hide_label=True)]()
        if content is None:
            st.session_state.pop(WISHED, None)
            return
        if opening.wished():
            if save_and_choose(content):
                link.go_to(link.MAP)
            opening.offer_again()
        pending = Pending()
        space = content if isinstance(content, Space) else None
        preview(content.collection if isinstance(content, Space) else content, space, pending)
    pending.show()


class _Opening:
    """The button that opens what was brought, in sight of it: drawn before that is read, and its press is remembered.

    Pressed, it says at once that it was.
    """

    def __init__(self) -> None:
        self._place: DeltaGenerator | None = None
        self._opening = False

    def offer(self) -> None:
        """Draw the button here, unless it is drawn."""
        if self._place is None:
            self._place = st.empty()
            if self._draw():  # a session that has just begun calls no callback for a button that it has not drawn yet
                _wish()

    def offer_again(self) -> None:
        """Draw it as not pressed, because what it asked for could not be done."""
        if self._opening:
            self._draw()

    def wished(self) -> bool:
        """Whether it was pressed since the last opening."""
        self.offer()
        return bool(st.session_state.pop(WISHED, False))

    def _draw(self) -> bool:
        assert self._place is not None
        self._opening = st.session_state.get(WISHED, False)
        return self._place.button(
            "Opening the map …" if self._opening else "Show the map",
            type="primary",
            icon=":material/hourglass_top:" if self._opening else ":material/scatter_plot:",
            disabled=self._opening,
            key="opening_upload" if self._opening else "show_upload",  # both may be drawn in one run
            on_click=_wish,
        )


def _wish() -> None:
    st.session_state[WISHED] = True


def _from_paste() -> Collection | Space | None:
    example = examples("pasted")["lines"]
    text = st.text_area("One item on each line", key="pasted", height=180, placeholder=example)
    if not text.strip():
        st.button("Use the example", on_click=st.session_state.update, args=({"pasted": example},))
        return None
    try:
        return read_pasted(text)
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return None


def _from_file(opening: _Opening) -> Collection | Space | None:
    left, right = st.columns(2)
    types = [suffix.lstrip(".") for suffix in (*FORMATS, *REFUSED)]
    files = chosen_files("Pictures, texts, a table, or ready-made vectors", types, key="file", place=left)
    context = get_script_run_ctx()  # its name stands in the address that files are sent to
    if wait := uploads_left(context.session_id if context else "", DEFAULT.max_bytes):
        left.caption(f":material/hourglass: {escape(wait)}")
    if not files:
        right.caption(
            ".zip: pictures, their folders are labels · .png .jpg .webp .gif .bmp .tif: one picture or several · "
            ".txt: one item a line · .csv .tsv .jsonl .parquet: a text column and labels · "
            ".npy .npz, word2vec, GloVe, fastText, TensorFlow projector: vectors"
        )
        return None
    problem = together([file.name for file in files])
    if problem:
        st.error(escape(problem))
        return None
    # Reading may outlast this run, and the button may have been pressed on a page that was left open.
    opening.offer()
    if holds_pictures(files[0].name):
        return _read_pictures(files)
    return _read(files[0], right)


def together(names: Sequence[str]) -> str | None:
    """Why files cannot be read together, as a sentence; only single pictures can."""
    if len(names) == 1:
        return None
    archive = next((name for name in names if name.lower().endswith(".zip")), None)
    if archive is not None:
        return f"Bring “{archive}” by itself: an archive is a collection of its own."
    other = next((name for name in names if not holds_pictures(name)), None)
    return other and f"Several files are read together only when all are pictures, and “{other}” is none."


def _read_pictures(files: Sequence[ChosenFile]) -> Collection:
    archive = files[0].name.lower().endswith(".zip")
    name = files[0].name if len(files) == 1 else f"{len(files):,} pictures"

    def read(job: Job) -> Collection:
        content = files[0].data if archive else [(file.name, file.data) for file in files]
        return read_pictures(content, name, job)

    return ask(Request(f"pictures|{'|'.join(file.id for file in files)}", read))


def _read(file: ChosenFile, beside: DeltaGenerator) -> Collection | Space:
    # An upload's own id is random, and costs nothing where a digest of it would be computed in every run.
    seen: Understanding = ask(asking_as(file.id, "understanding", file.data, name=file.name))
    text_column, label_columns = _columns(seen) if seen.columns else (None, None)
    # Word vectors come with their words.
    only_numbers = seen.format.startswith("vectors")
    labels = chosen_file(LABELS, ["txt", "tsv", "csv"], key="labels", place=beside) if only_numbers else None
    chosen = {"text_column": text_column, "label_columns": label_columns}
    metadata = None if labels is None else (labels.name, labels.data)
    key = f"{file.id}|{text_column!r}|{label_columns!r}|{labels.id if labels else ''}"
    content: Collection | Space = ask(asking_as(key, "reading", file.data, name=file.name, metadata=metadata, **chosen))
    return content


def _columns(seen: Understanding) -> tuple[str | None, list[str] | None]:
    names = [column.name for column in seen.columns]
    left, right = st.columns(2)
    index = names.index(seen.text_column) if seen.text_column in names else None
    text_column = left.selectbox(
        "Text column", names, index=index, placeholder="choose the column that holds the items"
    )
    others = [name for name in names if name != text_column or name in seen.grouping]
    guessed = [name for name in others if name in (*seen.label_columns, text_column)]
    labels = right.multiselect("Columns to keep as labels", others, default=guessed or others)
    return text_column, labels


def _from_folder(roots: Sequence[Path]) -> Collection | None:
    """A field for the path, and the pictures that are there once it was asked for."""
    with st.form("server_folder", border=False):
        typed = st.text_input(
            "Folder or ZIP on this server",
            placeholder=str(roots[0]),
            help="Inside " + escape(", ".join(map(str, roots))) + ". All pictures below it are read.",
            key="folder_path",
        )
        if st.form_submit_button("Read the pictures", icon=":material/folder_open:"):
            st.session_state[FOLDER_ASKED] = (typed, secrets.token_urlsafe(9))
    if FOLDER_ASKED not in st.session_state:
        return None
    typed, asked = st.session_state[FOLDER_ASKED]
    try:
        path = within_allowed(typed)
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return None
    return ask(Request(f"folder|{asked}", lambda job: read_pictures(path, path.name, job)))


def within_allowed(typed: str) -> Path:
    """The folder or ZIP that a text names; a relative one is looked for in each allowed folder.

    Raises:
        ReadError: it is not there, or lies outside, links followed. Both give the same answer, so that nobody can
            find out what else there is.
    """
    path = within(typed.strip(), folders_of(SETTING))
    if path is not None and (path.is_dir() or (path.is_file() and path.suffix.lower() == ".zip")):
        return path
    raise ReadError(f"There is no folder or ZIP “{typed.strip()[:200]}” among those that this server may read.")
