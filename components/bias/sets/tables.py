"""The measures of sets as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from components.bias.sets.conventions import told
from components.bias.sets.words import against_chance, larger_means, no_bias, number, says, usual_range
from embeddings.bias.probes import PROBES
from embeddings.errors import EmbeddingError

Found = Sequence[tuple[str, Any]]


def measure_table(found: Found, conventions: dict[str, str], groups: tuple[str, str]) -> pa.Table:
    """Every measure with its value, what it says, and how to read it; of one that cannot run the reason."""
    columns: dict[str, list[str]] = {name: [] for name in _COLUMNS}
    for measure, result in found:
        spec, failed = PROBES[measure], isinstance(result, EmbeddingError)
        columns["measure"].append(measure)
        columns["value"].append("—" if failed else number(getattr(result, spec.value)))
        columns["no bias"].append(f"{no_bias(measure, conventions, spec.none):g}")
        columns["by chance"].append("—" if failed else against_chance(measure, result))
        columns["says"].append(str(result) if failed else says(measure, result, groups))
        columns["larger means"].append(larger_means(measure, conventions, spec.larger))
        columns["definition"].append(f"{spec.summary} ({spec.reference})")
        columns["convention"].append(told(measure, conventions))
        columns["caveat"].append(spec.caveat)
    return pa.table(columns)


def measure_numbers(found: Found, conventions: dict[str, str]) -> pa.Table:
    """The same as numbers, for a file; null where a measure has none or cannot run."""
    rows = []
    for measure, result in found:
        spec, failed = PROBES[measure], isinstance(result, EmbeddingError)
        random = np.empty(0) if failed else getattr(result, "random", np.empty(0))
        low, high = usual_range(random) if len(random) else (None, None)
        rows.append(
            {
                "measure": measure,
                "value": None if failed else float(getattr(result, spec.value)),
                "no bias": no_bias(measure, conventions, spec.none),
                "p": None if failed else getattr(result, "p_value", None),
                "random low": low,
                "random high": high,
                "larger means": larger_means(measure, conventions, spec.larger),
                "convention": told(measure, conventions),
                "note": str(result) if failed else "",
            }
        )
    return pa.Table.from_pylist(rows, schema=_NUMBERS)


def detail_table(measure: str, result: Any, groups: tuple[str, str]) -> pa.Table:
    """What stands behind one value, word by word."""
    words = [str(word) for word in result.words]
    if measure == "RND":
        order = np.argsort(-np.abs(result.by_word), kind="stable")
        nearer = [groups[1] if result.by_word[place] > 0 else groups[0] for place in order]
        return pa.table({"word": _at(words, order), "difference": result.by_word[order], "nearer to": nearer})
    if measure == "RNSB":
        order = np.argsort(-result.shares, kind="stable")
        equal = [1 / len(words)] * len(words)
        return pa.table({"word": _at(words, order), "share of negative": result.shares[order], "equal share": equal})
    if measure == "MAC":
        one, other = _both(groups)
        return pa.table({"word": words, one: result.scores[:, 0], other: result.scores[:, 1]})
    one, other = _both(groups)
    return pa.table({"word": words, one: result.to_group_1, other: result.to_group_2})


def _both(groups: tuple[str, str]) -> tuple[str, str]:
    return f"with {groups[0]}", f"with {groups[1]}"


def _at(words: Sequence[str], order: Any) -> list[str]:
    return [words[place] for place in order]


_COLUMNS = (
    "measure", "value", "no bias", "by chance", "says", "larger means", "definition", "convention", "caveat",
)  # fmt: skip
_NUMBERS = pa.schema(
    [
        ("measure", pa.string()),
        ("value", pa.float64()),
        ("no bias", pa.float64()),
        ("p", pa.float64()),
        ("random low", pa.float64()),
        ("random high", pa.float64()),
        ("larger means", pa.string()),
        ("convention", pa.string()),
        ("note", pa.string()),
    ]
)
