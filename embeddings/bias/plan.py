"""What is taken out of a space, and which probes are run before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from embeddings.bias.direction import Pairs
from embeddings.bias.lookup import Names

Method = Literal["hard", "equalised", "nullspace"]


class Asked(NamedTuple):
    """A probe to run before and after.

    Attributes:
        title: what the reader sees.
        probe: a name in PROBES that looks at one space, or "Zero-shot skew", whose predictions are made anew.
        inputs: of the probe without its space and its predictions.
    """

    title: str
    probe: str
    inputs: Mapping[str, Any]


class Plan(NamedTuple):
    """What is taken out, and what is looked at.

    Attributes:
        pairs: of the direction.
        method: "hard", "equalised" (hard, and the pairs equalised) or "nullspace".
        keep: words that keep their vectors in a hard debias.
        probes: to run before and after.
        a_side: most biased words a side, for nullspace and the check; None for 500, or a quarter of the items.
    """

    pairs: Pairs
    method: Method = "hard"
    keep: Names = ()
    probes: Sequence[Asked] = ()
    a_side: int | None = None
