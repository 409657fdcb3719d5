"""The application that the browser tests of pictures look at."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from components.app.routes import routes
from components.app.security import SecurityHeaders

app = st.App(Path(__file__).with_name("script.py"), routes=routes, middleware=[Middleware(SecurityHeaders)])
