"""Serves a light page, and a page whose visitors wait for a job in the workers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import streamlit as st

from embeddings.jobs import client


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """The workers live as long as the server."""
    await anyio.to_thread.run_sync(client.start)
    yield
    await anyio.to_thread.run_sync(client.close)


app = st.App(Path(__file__).with_name("visitors_page.py"), lifespan=lifespan)
