#!/usr/bin/env bash
# usearch with dtype="i8" keeps only directions: inner products and Euclidean distances are those of unit vectors.
#
# Guess:     i8 is a coarser f16: rounding costs some recall, but the nearest by "ip" and "l2sq" are about the same.
# Seen:      each vector is scaled to length 127 as it is added, and so is the query. By inner product the longest vector no
#            longer comes first; by Euclidean distance a vector ten times as long is as near as a copy.
# Versions:  usearch 2.26.6, 2026-12-01.
# Matters:   maximum inner product search (recommendation by matrix factorisation, where lengths hold popularity), any
#            Euclidean index of vectors that have no unit length. Nothing is said when the index is made.
# Instead:   i8 with metric="cos" only; else f16 or bf16, or quantise to int8 oneself.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check usearch==2.26.6 numpy==2.1.3
"$work/venv/bin/python" -W ignore - <<'PYTHON'
import numpy as np
import usearch
from usearch.index import Index

rng = np.random.default_rng(0)
vectors = (rng.normal(size=(1000, 32)) * rng.uniform(0.2, 5, size=(1000, 1))).astype(np.float32)
queries = rng.normal(size=(50, 32)).astype(np.float32)
exact = {"ip": -queries @ vectors.T, "l2sq": ((queries[:, None] - vectors[None]) ** 2).sum(axis=2)}
units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
by_angle = np.argsort(-queries @ units.T, axis=1)[:, :10]
print(f"usearch {usearch.__version__}: 1,000 vectors of lengths that differ 25-fold, 10 nearest of 50 queries")
share = lambda found, true: np.mean([len({*one} & {*other}) / 10 for one, other in zip(found, true)])
for metric, distances in exact.items():
    true = np.argsort(distances, axis=1)[:, :10]
    for dtype in ("f16", "i8"):
        index = Index(ndim=32, metric=metric, dtype=dtype)
        index.add(np.arange(1000), vectors)
        found = index.search(queries, 10).keys
        right, angle = share(found, true), share(found, by_angle)
        print(f"{metric} {dtype}: {right:.2f} of the nearest by {metric}, {angle:.2f} of the nearest by angle")
        assert right > 0.95 if dtype == "f16" else right < 0.6 < 0.85 < angle, "the behaviour has changed"
PYTHON
