"""The measures of sets have more than one convention in the literature; which one is taken is a switch with a note."""

from __future__ import annotations

from typing import Any, NamedTuple

import streamlit as st

from components.kit.widgets import pick

UNIT, RAW = "length 1", "as they are"
MEAN, SUM = "mean", "sum"
DISTANCE, SIMILARITY = "distance", "similarity"
MEASURES = ("RND", "RNSB", "MAC", "ECT")


class Switch(NamedTuple):
    """One choice between two conventions, the default first."""

    key: str
    label: str
    options: tuple[str, str]
    note: str


SWITCHES = {
    "rnd_lengths": Switch(
        "rnd_lengths", "RND: vectors", (UNIT, RAW), "The source takes length 1; raw ones let long vectors rule."
    ),
    "rnd_total": Switch(
        "rnd_total", "RND: over the words", (MEAN, SUM), "The source takes the sum, which grows with their number."
    ),
    "rnsb_lengths": Switch(
        "rnsb_lengths", "RNSB: vectors", (UNIT, RAW), "The classifier sees vectors at length 1, or raw."
    ),
    "mac_gives": Switch(
        "mac_gives",
        "MAC: as a",
        (DISTANCE, SIMILARITY),
        "The source gives distances (1 is no association); some packages give similarities (0 is none).",
    ),
    "ect_lengths": Switch(
        "ect_lengths", "ECT: group means of", (RAW, UNIT), "The source takes vectors as they are for the means."
    ),
}


def convention_switches() -> dict[str, str]:
    """The chosen conventions by their keys; all stand in the link."""
    chosen = {}
    with st.expander("Conventions", icon=":material/tune:"):
        st.caption("Where the literature has two. The first is what is shown unless you choose otherwise.")
        for key, switch in SWITCHES.items():
            chosen[key] = pick(switch.label, switch.options, key=key, help=switch.note)
    return chosen


def settings(chosen: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The settings of each measure's function."""
    lengths = {UNIT: "unit", RAW: "raw"}
    return {
        "RND": {"lengths": lengths[chosen["rnd_lengths"]], "total": chosen["rnd_total"]},
        "RNSB": {"lengths": lengths[chosen["rnsb_lengths"]]},
        "MAC": {"similarity": chosen["mac_gives"] == SIMILARITY},
        "ECT": {"lengths": lengths[chosen["ect_lengths"]]},
    }


def told(measure: str, chosen: dict[str, str]) -> str:
    """The conventions of one measure, for its row."""
    prefix = f"{measure}: "
    return ", ".join(
        f"{switch.label.removeprefix(prefix)} {chosen[key]}"
        for key, switch in SWITCHES.items()
        if switch.label.startswith(prefix)
    )
