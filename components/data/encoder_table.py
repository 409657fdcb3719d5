"""The table of encoders: what each is, what it costs, and whether it can run here."""

from __future__ import annotations

import pyarrow as pa
import streamlit as st

from embeddings.encoders import ENCODERS
from embeddings.jobs.client import remedy


def encoder_table() -> None:
    """All encoders; those that cannot run here stay, with what to do about it."""
    remedies = {name: remedy(name) for name in ENCODERS}
    table = pa.table(
        {
            "encoder": list(ENCODERS),
            "runs here": [remedies[name] is None for name in ENCODERS],
            "in plain words": [spec.summary for spec in ENCODERS.values()],
            "numbers": [spec.dimension for spec in ENCODERS.values()],
            "MB": [spec.megabytes or None for spec in ENCODERS.values()],
            "licence": [spec.licence for spec in ENCODERS.values()],
            "learns from your data": [spec.fits for spec in ENCODERS.values()],
            "to use it": [remedies[name] or "" for name in ENCODERS],
        }
    )
    st.dataframe(table, hide_index=True, alt="The encoders")
