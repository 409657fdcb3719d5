"""How far encoders agree, as tables and sentences: the pure part."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from components.kit.words import shorten
from embeddings.collection import Collection
from embeddings.compare import Agreement, AgreementTable, Comparison
from embeddings.ranks import MOST
from embeddings.reading.wording import several

LENGTH = 120
ALPHA = 0.05


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


def measure_table(found: Comparison) -> pa.Table:
    """One row a measure: value, chance, p-value and what it says."""
    each = [agreement(found, measure) for measure in MEASURES]
    return pa.table(
        {
            "measure": [measure.name for measure in MEASURES],
            "value": pa.array([_number(one.value) for one in each], pa.float64()),
            "by chance": pa.array([_number(one.by_chance) for one in each], pa.float64()),
            "highest of 99 shuffles": pa.array([_number(float(one.null.max())) for one in each], pa.float64()),
            "p": pa.array([_number(one.p_value) for one in each], pa.float64()),
            "in plain words": [measure.says for measure in MEASURES],
        }
    )


def agreement(found: Comparison, measure: Measure) -> Agreement:
    """A measure of a comparison."""
    value: Agreement = getattr(found, measure.field)
    return value


def verdict(found: Comparison, names: Sequence[str]) -> str:
    """The agreement in one sentence, in Markdown; names must be escaped."""
    if isnan(found.overlap.value):
        return (
            f"**No answer by neighbours**: no item has neighbours by both {names[0]} and {names[1]}, because to one of "
            "them everything is equally near. CKA and RSA below compare the clouds as wholes."
        )
    share, chance = found.k * found.overlap.value, found.k * found.overlap.by_chance
    says = f"Of an item’s {found.k} nearest neighbours, {names[0]} and {names[1]} share **{share:.1f}** on average"
    if found.identical:
        return f"{says}: **the vectors are the same**, so there is nothing to choose between them."
    beside = f"shuffled items would share {chance:.2g} (p {p_words(found.overlap.p_value)})"
    if found.overlap.p_value > ALPHA:
        return f"{says}; {beside}: **no more than chance**."
    return f"{says}; {beside}. {_how_far(found.overlap.value)}"


def p_words(p: float) -> str:
    """A p-value of 99 shuffles in words: it cannot be smaller than .01."""
    return "unknown" if isnan(p) else "= .01, the least 99 shuffles can show" if p <= 0.011 else f"= {p:.2f}"


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


def moved_table(collection: Collection, found: Comparison, *, most: int | None = None) -> pa.Table:
    """Items from the one whose neighbours change most."""
    rows = found.moved[:most]
    length = LENGTH if most is not None else 10**6
    return pa.table(
        {
            "item": [shorten(collection.text(int(row)), length) for row in rows],
            "shared": pa.array(np.rint(found.k * found.item_overlap[rows]), pa.float32(), from_pandas=True).cast(
                pa.int64()
            ),
            "Jaccard": found.item_jaccard[rows],
            "RBO": found.item_rbo[rows],
            "row": rows + 1,
        }
    )


def none_shared(found: Comparison) -> str:
    """How many items have nothing in common, as the end of a sentence; empty where it is not more than one."""
    none = int((found.item_overlap == 0).sum())
    return f"; {none:,} items share none" if none > 1 else ""


def pair_table(found: AgreementTable, names: Sequence[str]) -> pa.Table:
    """Each two encoders with all measures."""
    pairs = [(one, other) for one in range(len(names)) for other in range(one + 1, len(names))]
    columns: dict[str, object] = {
        "one": [names[one] for one, _ in pairs],
        "other": [names[other] for _, other in pairs],
    }
    for measure in MEASURES:
        matrix = getattr(found, measure.field)
        columns[measure.name] = pa.array([_number(float(matrix[pair])) for pair in pairs], pa.float64())
    return pa.table(columns)


def _how_far(overlap: float) -> str:
    if overlap >= 0.8:
        return "**They largely see the same.**"
    if overlap >= 0.5:
        return "**They agree on most neighbours, not on all.**"
    if overlap >= 0.2:
        return "**They agree in part: far more than chance, and far from the same.**"
    return "**They hardly agree, though more than chance.**"


def _number(value: float) -> float | None:
    return None if isnan(value) else value
