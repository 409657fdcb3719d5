"""Beside the map of pictures and texts: how large the gap is, and what is nearest to the clicked item across it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import streamlit as st

from components.joint.tables import names_of, nearest_of_other_kind
from components.kit import link
from components.kit.items import bars
from components.kit.pictures import gallery, picture
from components.kit.words import escape, shorten
from embeddings.collection import Collection
from embeddings.gap import ModalityGap
from embeddings.joint import Rows, text_rows
from embeddings.space import Space

AT = "at"
ABOUT = "joint_about"
LISTED = 8


def begin(space: Space) -> None:
    """Forget the clicked item when another space is looked at; the first space has that of its link."""
    if st.session_state.setdefault(ABOUT, space.fingerprint) != space.fingerprint:
        st.session_state[ABOUT] = space.fingerprint
        choose(None)


def selected(space: Space) -> int | None:
    """The item of the joint space that was clicked last."""
    return link.row(AT, len(space))


def choose(row: int | None) -> None:
    """Make an item of the joint space the selected one."""
    link.write_row(AT, row)


def gap_panel(gap: ModalityGap, first: ModalityGap) -> None:
    """The size of the gap and what it means, in figures."""
    with st.container(border=True):
        change = gap.size - first.size
        st.metric(
            "Modality gap",
            f"{gap.size:.2f}",
            f"{change:.2f}" if change else None,
            delta_color="off",
            help="Distance between the mean of the pictures and the mean of the texts, all vectors scaled to length 1; "
            "0 is none, 2 the most there can be (Liang et al. 2022).",
        )
        st.caption(
            f"{gap.by_chance:.2f} would be chance: what dealing out the kinds at random among the same vectors gives. "
            + ("" if change else _told_apart(gap))
            + f"{100 * gap.variance:.0f} % of all variance lies along the gap."
        )


def _told_apart(gap: ModalityGap) -> str:
    """Only of a space as it is: once the means were moved together by means of these items, the share falls below ½."""
    share = 100 * gap.told_apart
    return f"By its nearer mean alone, {share:.0f} % of the items are known as picture or text (chance 50 %). "


def item_panel(space: Space, pictures: Collection, row: int, own: Rows) -> None:
    """A picture with the texts nearest to it, or a text with its nearest pictures.

    Args:
        space: the joint space, with the gap as it is now.
        pictures: its pictures as a collection of their own, with the same rows.
        row: of the item.
        own: pairs of pictures and their own texts.
    """
    with st.container(border=True):
        if row < len(pictures):
            picture(pictures, row, key="joint_picture", height=170)
            st.text(shorten(space.collection.text(row), 300))
            _texts_nearest(space, row, own)
        else:
            st.markdown(f"“{escape(shorten(space.collection.text(row), 300))}”")
            _pictures_nearest(space, pictures, row, own)
        st.button("Close", on_click=choose, args=(None,), icon=":material/close:", type="tertiary")


def nothing_chosen(space: Space, count: int) -> None:
    """What the panel says before the first click."""
    texts = len(space) - count
    st.caption(
        f"{count:,} pictures and {texts:,} texts. Click one: you see what is nearest to it among the other kind. In a "
        "map of both, the gap between the kinds is often larger than any difference of meaning."
    )


def _texts_nearest(space: Space, row: int, own: Rows) -> None:
    found, cosines = nearest_of_other_kind(space, row, text_rows(space.collection), k=LISTED)
    mine = set(own[own[:, 0] == row, 1].tolist())
    marks = ["✓ " if int(each) in mine else "" for each in found]
    names = [mark + name for mark, name in zip(marks, names_of(space, found.tolist()), strict=True)]
    st.caption("Nearest texts, by cosine" + ("; ✓ its own" if mine else ""))
    st.dataframe(
        pa.table({"item": names, "cosine": cosines}),
        hide_index=True,
        height=36 * (len(names) + 1),
        column_config=bars("cosine"),
        alt="Texts nearest to the selected picture",
    )


def _pictures_nearest(space: Space, pictures: Collection, row: int, own: Rows) -> None:
    found, cosines = nearest_of_other_kind(space, row, np.arange(len(pictures)), k=LISTED)
    mine = set(own[own[:, 1] == row, 0].tolist())
    marks = ["✓ " if int(each) in mine else "" for each in found]
    captions = [f"{mark}{cosine:.2f}" for mark, cosine in zip(marks, cosines, strict=True)]
    st.caption("Nearest pictures, by cosine" + ("; ✓ its own" if mine else ""))
    gallery(pictures, found.tolist(), key="joint_nearest", captions=captions, on_pick=choose)
