"""Which items are truly nearest."""

import streamlit as st

from components.app import frame
from components.views.neighbours import neighbours
from components.views.query import query_picker

page = frame.page("Neighbours", "Which items are truly nearest in the original space, and how much does it mean?")
left, right = st.columns([0.68, 0.32], gap="large")
with left:
    query = query_picker(page.space)
neighbours(page.space, query, left, right)
