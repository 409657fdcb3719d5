"""Where the pages are, and the way from one to another."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from components.link import LONGEST

PAGES = Path(__file__).resolve().parents[1] / "pages"
MAP = str(PAGES / "map.py")
NEIGHBOURS = str(PAGES / "neighbours.py")
CLUSTERS = str(PAGES / "clusters.py")
OUTLIERS = str(PAGES / "outliers.py")
JOINT = str(PAGES / "joint.py")
ZERO_SHOT = str(PAGES / "zero_shot.py")
ANALOGIES = str(PAGES / "analogies.py")
AXES = str(PAGES / "axes.py")
BIAS = str(PAGES / "bias.py")
TRUST = str(PAGES / "trust.py")
COMPARE = str(PAGES / "compare.py")
DATA = str(PAGES / "data.py")


def go_to(page: str, query_params: Mapping[str, str] | None = None) -> None:
    """Go on to a page, whose link then holds these parameters beside the collection and the encoder.

    Without any, `st.switch_page` refuses to leave a page while one of its bound widgets stands in the link.
    """
    short = {name: value for name, value in (query_params or {}).items() if len(value) <= LONGEST}
    st.switch_page(page, query_params=short)
