"""The web application: `streamlit run app.py`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import streamlit as st
from starlette.middleware import Middleware

from components.app.routes import routes
from components.app.security import Gate, SecurityHeaders
from components.kit import visitors
from embeddings.jobs import client


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Start the workers before the first visitor and end them after the last."""
    client.launch()
    from components.app import startup  # takes seconds to import, while the workers start

    await anyio.to_thread.run_sync(startup.start)
    yield
    await anyio.to_thread.run_sync(startup.stop)


visitors.announce()
app = st.App(
    "components/app/shell.py",
    routes=routes,
    middleware=[Middleware(SecurityHeaders), Middleware(Gate)],
    lifespan=lifespan,
)
