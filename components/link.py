"""The part of the state that a link carries beside the widgets bound to it."""

from __future__ import annotations

import streamlit as st


def read(name: str, default: str = "") -> str:
    """A value of this session, taken from the link when the session begins."""
    key = f"link_{name}"
    if key not in st.session_state:
        st.session_state[key] = st.query_params.get(name, default)
    return str(st.session_state[key])


def write(name: str, value: str) -> None:
    """Remember a value for this session and for the link."""
    st.session_state[f"link_{name}"] = value


def show(defaults: dict[str, str]) -> None:
    """Put the values into the address; a default is left out."""
    for name, default in defaults.items():
        value = read(name, default)
        if value == default:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != value:
            st.query_params[name] = value
