"""How far encoders agree, in sentences and as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from embeddings.columns import nullable
from embeddings.compare.aligned import Rotation
from embeddings.compare.comparison import Agreement, Comparison
from embeddings.compare.table import AgreementTable
from embeddings.ranks import MOST
from embeddings.reading.wording import several


class Measure(NamedTuple):
    """One measure: its field in a comparison, its name, and what it says in plain words."""

    field: str
    name: str
    says: str


MEASURES = (
    Measure("overlap", "shared neighbours", "Share of the neighbours that stand in both lists."),
    Measure("jaccard", "Jaccard index", "Shared neighbours over all that stand in either list; stricter."),
    Measure("rbo", "rank-biased overlap", "Shared neighbours, the first places counting most."),
    Measure("cka", "linear CKA", "Are the clouds alike up to rotation and size? Large by chance when items are few."),
    Measure("cka_debiased", "linear CKA, debiased", "The same without that bias: about 0 for unrelated spaces."),
    Measure("rsa", "RSA", "Are pairs that are near in one space near in the other? Rank correlation of all pairs."),
)


def how_far(overlap: float) -> str:
    """What a share of common neighbours means, in Markdown."""
    if overlap >= 0.8:
        return "**They largely see the same.**"
    if overlap >= 0.5:
        return "**They agree on most neighbours, not on all.**"
    if overlap >= 0.2:
        return "**They agree in part: far more than chance, and far from the same.**"
    return "**They hardly agree, though more than chance.**"


def tied_sentence(found: Comparison, names: Sequence[str]) -> str:
    """How many items had no neighbours, and how often a tie decided who is in a list; empty where neither was so."""
    alone = int(np.isnan(found.item_overlap).sum()) - max(0, len(found.item_overlap) - MOST)
    said = ""
    if alone:
        said = (
            f"{several(alone, 'item has', 'items have')} no neighbours by one of the two (everything is equally near), "
            f"and {'does' if alone == 1 else 'do'} not count. "
        )
    parts = [f"{names[side]} {100 * share:.0f} %" for side, share in enumerate(found.tied) if share >= 0.005]
    if not parts:
        return said.strip()
    return said + (
        f"Ties: for {' and '.join(parts)} of the items the last neighbour is exactly as near as the next one left out "
        "(copies, or vectors of few different values). Ties are broken at random, the same way in both "
        "spaces, which makes agreement look somewhat better than it is."
    )


def turned_sentence(found: Rotation, names: Sequence[str]) -> str:
    """What the rotation finds, in Markdown."""
    share, low, high = (100 * each for each in found.found)
    if found.found.share >= 0.95:
        how_well = "**They hold nearly the same, in other directions:** vectors can be carried over."
    elif found.found.share >= 0.5:
        how_well = "**Most items survive the turn, not all:** what they know differs beyond directions."
    else:
        how_well = "**No turn makes them the same:** whoever changes the encoder must encode again."
    return (
        f"Turned to fit {names[1]} on half of the items, the vectors of {names[0]} land nearest to their own "
        f"counterpart for **{share:.0f} %** of the other half [{low:.0f}–{high:.0f}]; a guess finds "
        f"{100 * found.chance:.2g} %. {how_well}"
    )


def pair_table(found: AgreementTable, names: Sequence[str]) -> pa.Table:
    """Each two encoders with all measures."""
    pairs = [(one, other) for one in range(len(names)) for other in range(one + 1, len(names))]
    columns: dict[str, object] = {
        "one": [names[one] for one, _ in pairs],
        "other": [names[other] for _, other in pairs],
    }
    for measure in MEASURES:
        values = getattr(found, measure.field)
        columns[measure.name] = nullable([float(values[pair]) for pair in pairs])
    return pa.table(columns)


def measured(found: Comparison) -> list[Agreement]:
    """The measures in the order of MEASURES."""
    return [getattr(found, measure.field) for measure in MEASURES]
