#!/usr/bin/env bash
# vicinity: all items within a threshold are at most 100 on every backend but the exact one, which ignores max_k.
#
# Guess:     query_threshold gives every item within the threshold, or on all backends the max_k nearest of them.
# Seen:      the basic backend gives all 500; hnsw, usearch and voyager stop at max_k (100 unless set) without a word.
# Versions:  vicinity 0.4.6, hnswlib 0.8.0, usearch 2.26.6, voyager 2.2.3, 2026-12-01.
# Matters:   near-duplicates and deduplication by a threshold: a group of copies larger than 100 is cut, and a change of the
#            backend, which should change speed alone, changes how many.
# Instead:   max_k=len(items) where all are wanted.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    vicinity==0.4.6 hnswlib==0.8.0 usearch==2.26.6 voyager==2.2.3 numpy==2.1.3
"$work/venv/bin/python" -W ignore - <<'PYTHON'
import numpy as np
from vicinity import Backend, Metric, Vicinity

rng = np.random.default_rng(0)
vectors = (np.eye(16)[0] + 0.01 * rng.normal(size=(500, 16))).astype(np.float32)
items = [f"item {number}" for number in range(500)]
found = {}
for backend in (Backend.BASIC, Backend.HNSW, Backend.USEARCH, Backend.VOYAGER):
    index = Vicinity.from_vectors_and_items(vectors, items, backend_type=backend, metric=Metric.COSINE)
    found[backend.value] = len(index.query_threshold(vectors[0], threshold=0.1)[0]), len(
        index.query_threshold(vectors[0], threshold=0.1, max_k=20)[0]
    )
    print(f"{backend.value}: {found[backend.value][0]} of 500 within the threshold, {found[backend.value][1]} with max_k=20")
assert found == {"basic": (500, 500)} | dict.fromkeys(("hnsw", "usearch", "voyager"), (100, 20)), "the behaviour has changed"
PYTHON
