"""Serves one large map in two ways."""

from pathlib import Path

import streamlit as st

from components.routes import routes

app = st.App(Path(__file__).with_name("map_page.py"), routes=routes)
