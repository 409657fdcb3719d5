"""The results of association tests as tables: what is read on the page, and all figures to take away."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from components.bias.association.forest_chart import Line
from components.bias.association.measures import leverages, null_bounds, one_p, signed, text_of
from components.bias.association.word_charts import SETS, Seen
from embeddings.multiple_tests import holm

NOTHING = "–"


def results_table(lines: Sequence[Line], *, several: bool) -> pa.Table:
    """A row for each test and encoder, as it is read; Holm's correction where several tests were run."""
    one, two = adjusted(lines)
    rows: list[list[str]] = []
    for place, line in enumerate(lines):
        test = line.measured.test
        if test is None:
            rows.append([line.row, line.encoder, *[NOTHING] * 6, "", line.measured.refused])
            continue
        found = null_bounds(line.measured)
        rows.append(
            [
                line.row,
                line.encoder,
                signed(test.effect_size),
                _between(*test.interval),
                one_p(one[place] if several else test.p_value),
                one_p(two[place] if several else test.p_two_sided),
                _between(*found) if found else NOTHING,
                one_p(line.measured.null.p_value) if line.measured.null is not None else NOTHING,
                "" if line.published is None else signed(line.published),
                line.measured.no_null,
            ]
        )
    corrected = ", Holm" if several else ""
    names = ["test", "encoder", "d", "95 % interval", f"p one-sided{corrected}", f"p two-sided{corrected}",
             "random sets, 95 %", "p, random sets", "published d", "note"]  # fmt: skip
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in names]
    table = pa.table({name: pa.array(column, pa.string()) for name, column in zip(names, columns, strict=True)})
    empty = [name for name in table.column_names[2:] if set(table[name].to_pylist()) <= {"", NOTHING}]
    return table.drop_columns([*([] if several else ["test"]), *empty])


def results_numbers(lines: Sequence[Line]) -> pa.Table:
    """The same with all figures as numbers, and with every word that was used."""
    one, two = adjusted(lines)
    several = len({line.row for line in lines}) > 1 and len({line.encoder for line in lines}) < len(lines)
    rows = [_numbers(line, one[place], two[place], several=several) for place, line in enumerate(lines)]
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table({name: pa.array([row.get(name) for row in rows]) for name in names})


def adjusted(lines: Sequence[Line]) -> tuple[list[float], list[float]]:
    """One- and two-sided p-values after Holm's correction over each encoder's tests; those refused do not count."""
    one, two = [float("nan")] * len(lines), [float("nan")] * len(lines)
    for encoder in dict.fromkeys(line.encoder for line in lines):
        places = [n for n, line in enumerate(lines) if line.encoder == encoder and line.measured.test is not None]
        tests = [test for n in places if (test := lines[n].measured.test) is not None]
        for into, values in (
            (one, holm([test.p_value for test in tests])),
            (two, holm([test.p_two_sided for test in tests])),
        ):
            for place, value in zip(places, values, strict=True):
                into[place] = float(value)
    return one, two


def words_table(seen: Seen) -> pa.Table:
    """Every word with its score and the effect size without it, that first which moves it most."""
    found = leverages(seen.test)
    called = dict(zip(SETS, seen.names, strict=True))
    return pa.table(
        {
            "word": [text_of(each.name, seen.collection) for each in found],
            "set": [each.set for each in found],
            "called": [called[each.set] for each in found],
            "s(w, A, B)": pa.array([_number(each.score) for each in found], pa.float64()),
            "d without it": pa.array([_number(each.without) for each in found], pa.float64()),
            "change of d": pa.array([_number(each.change) for each in found], pa.float64()),
        }
    )


def _numbers(line: Line, one: float, two: float, *, several: bool) -> dict[str, str | int | float | bool | None]:
    test, null = line.measured.test, line.measured.null
    row: dict[str, str | int | float | bool | None] = {"test": line.row, "encoder": line.encoder}
    if test is None:
        return row | {"refused": line.measured.refused}
    found = null_bounds(line.measured)
    return row | {
        "effect size d": test.effect_size,
        "interval low": _number(test.interval.low),
        "interval high": _number(test.interval.high),
        "p one-sided": test.p_value,
        "p two-sided": test.p_two_sided,
        "p one-sided, Holm": one if several else None,
        "p two-sided, Holm": two if several else None,
        "exact": test.exact,
        "partitions": test.partitions,
        "statistic": test.statistic,
        "random sets": None if null is None else len(null.effect_sizes),
        "random sets low": None if found is None else found[0],
        "random sets high": None if found is None else found[1],
        "p among random sets": None if null is None else null.p_value,
        "random sets matched by": None if null is None else null.match,
        "published d": line.published,
        "X": _words(test.x),
        "Y": _words(test.y),
        "A": _words(test.a),
        "B": _words(test.b),
        "refused": "",
    }


def _words(names: Sequence[str | int]) -> str:
    return "; ".join(name if isinstance(name, str) else f"#{name + 1}" for name in names)


def _between(low: float, high: float) -> str:
    return f"{signed(low)} to {signed(high)}" if np.isfinite(low) and np.isfinite(high) else NOTHING


def _number(value: float) -> float | None:
    return value if np.isfinite(value) else None
