"""Where the data comes from."""

import streamlit as st

from components.app import frame
from components.views.library import encoder_table, ready_collections, saved_collections
from components.views.upload import upload_panel

frame.heading("Data", "Choose a collection, or bring your own.")
upload_panel()
saved_collections()
st.markdown("**Ready collections**")
ready_collections()
with st.expander("Which encoders are there?", icon=":material/memory:"):
    encoder_table()
