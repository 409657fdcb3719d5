"""A dozen elements; with `?job=200` a job of 200 ms is waited for first."""

import streamlit as st

from benchmarks.served.burning import burn
from embeddings.jobs.client import submit
from embeddings.jobs.cluster import ENCODE

milliseconds = int(st.query_params.get("job", 0))
if milliseconds:
    submit(burn, milliseconds / 1000, place=ENCODE).result()
st.subheader("A light page")
left, right = st.columns(2)
for number in range(4):
    left.text(f"text {number}")
    right.metric(f"metric {number}", number)
st.selectbox("choose", ["one", "two"])
st.dataframe({"a": [1, 2, 3]})
