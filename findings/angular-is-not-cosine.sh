#!/usr/bin/env bash
# PaCMAP's "angular" does not measure the angles of the vectors it is given: it shifts them to their mean first.
#
# Guess:     distance="angular" compares the vectors as given by their angles, that is by cosine. Adding one constant vector
#            to all of them changes the angles, so it changes the neighbours.
# Seen:      the neighbour pairs stay the same. fit first takes the overall minimum away, divides by the maximum and takes each
#            column's mean away (beyond 100 columns: mean away, then 100 components); angles are measured after that.
# Versions:  pacmap 0.9.1, 2026-11-30.
# Matters:   encoders give vectors in a cone, far from their mean. A map "by cosine" beside a list of neighbours by cosine
#            shows other neighbours, and a figure of how many true neighbours a map keeps blames the map for it.
# Instead:   call it "cosine after centring"; or hand over pairs made by cosine (pair_neighbors=...).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pacmap==0.9.1 numpy==2.4.6 scikit-learn==1.9.1 numba==0.68.1
"$work/venv/bin/python" -W ignore - <<'PYTHON'
from importlib.metadata import version

import numpy as np
import pacmap

rng = np.random.default_rng(0)
vectors = (rng.normal(size=(400, 50)) * rng.uniform(0.3, 3, (400, 1))).astype(np.float32)
in_a_cone = vectors + np.float32(3)


def nearest(rows: np.ndarray) -> np.ndarray:
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    cosine = unit @ unit.T
    np.fill_diagonal(cosine, -2)
    return np.argsort(-cosine, axis=1)[:, :10]


def pairs(rows: np.ndarray) -> np.ndarray:
    reducer = pacmap.PaCMAP(n_neighbors=10, distance="angular", num_iters=(1, 1, 1), random_state=0)
    reducer.fit_transform(rows.copy())
    return reducer.pair_neighbors[:, 1].reshape(len(rows), 10)


def shared(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.mean([len(set(a) & set(b)) / 10 for a, b in zip(one.tolist(), other.tolist())]))


by_cosine, by_angular = shared(nearest(vectors), nearest(in_a_cone)), shared(pairs(vectors), pairs(in_a_cone))
print(f"pacmap {version('pacmap')}: 3 is added to every number of 400 vectors; neighbours that stay")
print(f"by cosine {by_cosine:.0%}; of distance='angular' {by_angular:.0%}")
assert by_cosine < 0.6 and by_angular > 0.95, "the behaviour has changed"
PYTHON
