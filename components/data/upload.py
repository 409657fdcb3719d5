"""Bringing one's own data: a file or pasted text, understood before anything is computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components.data.preview import preview
from components.data.server_folder import allowed_folders, from_folder
from components.kit import link
from components.kit.ask import Pending, Request, ask, asking_as
from components.kit.choice import save_and_choose
from components.kit.files import ChosenFile, chosen_file, chosen_files
from components.kit.visitors import uploads_left
from components.kit.widgets import pick
from components.kit.words import escape
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.jobs.job import Job
from embeddings.jobs.pictures import read_pictures
from embeddings.reading import FORMATS, REFUSED, Understanding, holds_pictures, read_pasted
from embeddings.reading.limits import DEFAULT
from embeddings.space import Space

WISHED = "open_upload"
EXAMPLE = "\n".join(
    ["The cat sleeps on the warm sofa.", "A dog barks at the postman.", "Kittens play with a ball of wool.",
     "The bank raised its interest rates.", "Shares fell on the stock market.", "Inflation slowed in the spring."]
)  # fmt: skip


def upload_panel() -> None:
    """File, pasted text or folder, what was understood of it, and one button."""
    above, below = st.container(), st.container()
    opening = _Opening(below)
    ways: dict[str, Callable[[], Collection | Space | None]] = {
        "A file": lambda: _from_file(opening),
        "Pasted text": _from_paste,
    }
    if allowed_folders():
        ways["Folder on this server"] = from_folder
    with above:
        content = ways[pick("Bring", list(ways), key="bring", linked=False)]()
        if content is None:
            st.session_state.pop(WISHED, None)
            return
        pending = Pending()
        collection = content.collection if isinstance(content, Space) else content
        preview(collection, content if isinstance(content, Space) else None, pending)
    if opening.wished():
        _open(content)
    pending.show()


class _Opening:
    """The button that opens what was brought; it can be drawn before that is read, and its press is remembered."""

    def __init__(self, place: DeltaGenerator) -> None:
        self._place = place
        self._drawn = False

    def offer(self) -> None:
        """Draw the button, unless it is drawn."""
        if self._drawn:
            return
        self._drawn = True
        if self._place.button("Show the map", type="primary", icon=":material/scatter_plot:", key="show_upload"):
            st.session_state[WISHED] = True

    def wished(self) -> bool:
        """Whether it was pressed since the last opening."""
        self.offer()
        return bool(st.session_state.pop(WISHED, False))


def _from_paste() -> Collection | Space | None:
    text = st.text_area("One item on each line", key="pasted", height=180, placeholder=EXAMPLE)
    if not text.strip():
        st.button("Use the example", on_click=_paste_example)
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
    if wait := uploads_left(_session(), DEFAULT.max_bytes):
        left.caption(f":material/hourglass: {escape(wait)}")
    if not files:
        right.caption(
            ".zip: pictures, their folders are labels · .png .jpg .webp .gif .bmp .tif: one picture or several · "
            ".txt: one item a line · .csv .tsv .jsonl .parquet: a text column and labels · "
            ".npy .npz, word2vec, GloVe, fastText, TensorFlow projector: vectors"
        )
        return None
    problem = together(names := [file.name for file in files])
    if problem:
        st.error(escape(problem))
        return None
    if any(file.found_again for file in files):
        # Reading it once more may outlast this run, and the button may have been pressed on a page that was left open.
        opening.offer()
    if holds_pictures(names[0]):
        return _read_pictures(files)
    file = files[0]
    labels = chosen_file("Labels of these vectors (optional)", ["txt", "tsv", "csv"], key="labels", place=right)
    # An upload's own id is random, and costs nothing where a digest of it would be computed in every run.
    seen: Understanding = ask(asking_as(file.id, "understanding", file.data, name=file.name))
    text_column, label_columns = _columns(seen) if seen.columns else (None, None)
    return _read(file, text_column, label_columns, labels)


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


def _read(
    file: ChosenFile, text_column: str | None, label_columns: list[str] | None, labels: ChosenFile | None
) -> Collection | Space:
    chosen = {"text_column": text_column, "label_columns": label_columns}
    metadata = None if labels is None else (labels.name, labels.data)
    key = f"{file.id}|{text_column!r}|{label_columns!r}|{labels.id if labels else ''}"
    content: Collection | Space = ask(asking_as(key, "reading", file.data, name=file.name, metadata=metadata, **chosen))
    return content


def _open(content: Collection | Space) -> None:
    if save_and_choose(content):
        link.go_to(link.MAP)


def _paste_example() -> None:
    st.session_state["pasted"] = EXAMPLE


def _session() -> str:
    context = get_script_run_ctx()  # its name stands in the address that files are sent to
    return context.session_id if context else ""
