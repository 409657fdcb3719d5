"""Serves one large map in two ways."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st

from components.app.routes import routes
from components.app.startup import answer_at_once


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Answer as the application does."""
    answer_at_once()
    yield


app = st.App(Path(__file__).with_name("map_page.py"), routes=routes, lifespan=lifespan)
