"""Colours that stay apart for colour-blind eyes, each in a variant for light and for dark pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import streamlit as st

Scale = Literal["sequential", "diverging"]
MOST_CATEGORIES = 20


@dataclass(frozen=True)
class Palette:
    """Colours as `#rrggbb`; position i means the same in both variants."""

    light: tuple[str, ...]
    dark: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.light)


# The first eight follow Okabe and Ito (2008), darkened where they fade on white; the others were taken greedily to be
# farthest (OKLab) from all before them, as seen with normal, deutan, protan and tritan vision (Machado et al. 2009).
CATEGORICAL = Palette(
    light=(
        "#0072b2", "#d98c00", "#009e73", "#c8451b", "#cc79a7", "#4aa3df", "#6a4c9c", "#7d6b1a", "#7f142a", "#2911c2",
        "#8eb07e", "#9f3d6e", "#710c71", "#0e6354", "#c632c6", "#853f13", "#956589", "#462898", "#c17154", "#5f3355",
    ),
    dark=(
        "#3f9add", "#ffb85e", "#4bc89a", "#f66f48", "#f8a1d0", "#86ccfe", "#9072c6", "#a49246", "#b14652", "#4652f6",
        "#bde1ad", "#d16b9b", "#a0429f", "#45907e", "#fa69f9", "#b56a42", "#c592b8", "#6d58ca", "#f49f81", "#8c5c80",
    ),
)  # fmt: skip

# Lightness runs one way and ends away from the page, so that high values stand out in both themes.
SEQUENTIAL = Palette(
    light=("#7fdddd", "#2fcae0", "#01b1dc", "#0995d6", "#0a78d7", "#3759c5", "#473fa2", "#462c78", "#3b1e4f"),
    dark=("#5e3c75", "#5852a0", "#386ec2", "#018ec1", "#05a8b9", "#10c2ae", "#63d795", "#b4e18a", "#eee99a"),
)
DIVERGING = Palette(
    light=("#01519f", "#2e71c2", "#6893c9", "#9bb1cd", "#cacaca", "#c9a794", "#bf7f5a", "#b05206", "#823c05"),
    dark=("#80c5ff", "#54a8eb", "#588bb6", "#587084", "#585858", "#806754", "#ac7950", "#da8c46", "#fea75b"),
)
PLAIN = Palette(light=("#0072b2",), dark=("#3f9add",))
OTHER = Palette(light=("#6f7480",), dark=("#a6abb6",))
MISSING = Palette(light=("#9a9a9a",), dark=("#7c7c7c",))
CHANCE = Palette(light=("#b6bdc9",), dark=("#8a93a3",))
NEUTRAL_LINE = "#8a93a3"  # a zero, a middle or a cut, on light and on dark pages


class Colours(NamedTuple):
    """The colours of one theme, as `#rrggbb`.

    Attributes:
        accent: of what is asked about.
        other: of all else.
        missing: of what has no value.
        chance: of what chance gives.
        line: of a zero, a middle or a cut.
        ink: of words.
        surface: of an empty cell.
        band: of a range that is usual.
        categorical: for values without an order.
        sequential: for numbers, the lowest first.
        diverging: for numbers around a middle, the lowest first.
    """

    accent: str
    other: str
    missing: str
    chance: str
    line: str
    ink: str
    surface: str
    band: str
    categorical: tuple[str, ...]
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]


def _colours(theme: Literal["light", "dark"], ink: str, surface: str, band: str) -> Colours:
    single = [getattr(each, theme)[0] for each in (PLAIN, OTHER, MISSING, CHANCE)]
    several = [getattr(each, theme) for each in (CATEGORICAL, SEQUENTIAL, DIVERGING)]
    return Colours._make([*single, NEUTRAL_LINE, ink, surface, band, *several])


LIGHT = _colours("light", "#1d2433", "#f3f5f9", "#dfe3ea")
DARK = _colours("dark", "#e6e9f0", "#1b212d", "#39404e")


def page_colours() -> Colours:
    """Those of the visitor's page."""
    return DARK if is_dark() else LIGHT


def scale_of(colours: Colours, scale: Scale) -> tuple[str, ...]:
    """The colours of a numeric scale, lowest value first."""
    return colours.diverging if scale == "diverging" else colours.sequential


def faded(colour: str, opacity: float) -> str:
    """A colour of `#rrggbb` that lets through what lies behind it."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def shades(colours: Sequence[str]) -> list[tuple[float, str]]:
    """Colours as Plotly wants a scale of them."""
    return [(place / (len(colours) - 1), colour) for place, colour in enumerate(colours)]


def palette(scale: Scale) -> Palette:
    """The colours of a numeric scale, lowest value first."""
    return DIVERGING if scale == "diverging" else SEQUENTIAL


def is_dark() -> bool:
    """Whether the visitor's page is dark."""
    return bool(st.context.theme.type == "dark")
