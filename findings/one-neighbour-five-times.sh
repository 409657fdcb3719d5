#!/usr/bin/env bash
# PyNNDescent answers a query that has no direction with one row, repeated k times.
#
# Guess:     by cosine every row is at distance 1 from a vector of zeros, so query() gives k of them, whichever.
# Seen:      k times the same row. By "correlation", for which all distances are 1 as well, and by "euclidean" the k rows
#            differ.
# Versions:  pynndescent 0.7.0, 2026-12-01.
# Matters:   texts of which an encoder knows no word (TF-IDF, GloVe) have such vectors: what counts distinct rows, votes of
#            labels or edges of a graph (UMAP's transform asks this index) gets one row with all the weight.
# Instead:   leave such queries out, and say that they have no neighbours.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pynndescent==0.7.0 numpy==2.1.3
"$work/venv/bin/python" -W ignore - <<'PYTHON'
import numpy as np
import pynndescent
from pynndescent import NNDescent

vectors = np.random.default_rng(0).normal(size=(500, 8)).astype(np.float32)
print(f"pynndescent {pynndescent.__version__}: 500 vectors, the 5 nearest of a vector of zeros")
distinct = {}
for metric in ("cosine", "correlation", "euclidean"):
    rows, distances = NNDescent(vectors, metric=metric, n_neighbors=5, random_state=0).query(np.zeros((1, 8), np.float32), k=5)
    distinct[metric] = len(set(rows[0].tolist()))
    print(f"{metric}: rows {rows[0]}, distances {distances[0].round(2)}")
assert distinct == {"cosine": 1, "correlation": 5, "euclidean": 5}, "the behaviour has changed"
PYTHON
