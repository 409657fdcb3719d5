"""Taking the direction out: on a click, in a job, with everything before and after."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.bias.direction.debias_results import debias_results
from components.bias.direction.plan import METHODS, plan_controls, words_of
from components.bias.direction.request import debias_request
from components.bias.direction.typed import Typed
from components.kit import caching, link
from components.kit.ask import ask_or_why_not
from components.kit.words import escape
from embeddings.bias.plan import Plan
from embeddings.bias.taking_out import TakenOut
from embeddings.errors import EmbeddingError
from embeddings.space import Space

RUN, ASKED_FOR = "taken_out", "debias_asked"


def debias_part(space: Space, typed: Typed, settings: DeltaGenerator, mistakes: DeltaGenerator) -> None:
    """The results, or the button that asks for them; a mistake is answered beside the pairs."""
    with settings:
        plan = plan_controls(space, typed)
    try:
        request = debias_request(space, plan, words_of(plan))
        if not _wanted(request.key, plan):
            return
        found: Any = ask_or_why_not(request)
    except EmbeddingError as error:
        found = error
    if isinstance(found, EmbeddingError):
        mistakes.error(escape(str(found)))
        return
    result: TakenOut = found
    debias_results(space, typed, plan, result)


def _wanted(key: str, plan: Plan) -> bool:
    """Whether it was asked for, in this session, by anybody before, or by the link; else the button is drawn.

    The link then says whether it is there, so that whoever opens it elsewhere gets it too.
    """
    asked: set[str] = st.session_state.setdefault(ASKED_FOR, set())
    by_link = link.read(RUN) == "1" and not asked
    if caching.outcomes().get(key) is None and key not in asked and not by_link and not _button(plan):
        _say_in_link("")
        return False
    asked.add(key)
    _say_in_link("1")
    return True


def _button(plan: Plan) -> bool:
    with st.container(border=True):
        st.markdown(f"**{METHODS[plan.method]} debiasing, and everything measured before and after**")
        st.caption(
            f"Runs {len(plan.probes)} probes and the check of Gonen & Goldberg (2019) over the vectors as they are and "
            "as they would be. It takes from seconds to a minute; the vectors themselves are not changed anywhere."
        )
        return st.button("Take it out and look", type="primary", icon=":material/play_arrow:", key="take_out")


def _say_in_link(value: str) -> None:
    link.write(RUN, value)
    link.show({RUN: ""})
