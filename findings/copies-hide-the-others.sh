#!/usr/bin/env bash
# Many copies of one vector in an HNSW index make the other vectors impossible to find, even by themselves.
#
# Guess:     copies only crowd the lists near them. A vector that stands once is found by its own vector, as it is without
#            the copies (100 % here), or at worst a little less often.
# Seen:      a vector's few links all go to copies, so the copies form an island and the graph around it falls apart. With
#            5,000 copies beside 499 single vectors usearch finds none or hardly any of the single ones; faiss less than half.
# Versions:  usearch 2.26.6 and faiss-cpu 1.15.1, defaults but for one thread, float32 and efSearch 50 in faiss, 2026-11-30.
# Matters:   survey answers ("yes", "-", empty), boilerplate and default pictures repeat thousands of times, and all get one
#            vector. Recall measured on random queries from the collection hides it: most of those are copies.
# Instead:   index each distinct vector once and keep a list of the items that share it; measure recall against exact
#            search on distinct items; below some 100,000 items search exactly.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check usearch==2.26.6 faiss-cpu==1.15.1 numpy==2.4.6
OMP_NUM_THREADS=1 "$work/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import faiss
import numpy as np
from usearch.index import Index

rng = np.random.default_rng(0)
single = rng.normal(size=(500, 32)).astype(np.float32)


def found(copies: int) -> tuple[float, float]:
    """Share of the vectors that stand once which are the nearest of themselves: usearch, faiss."""
    rows = np.concatenate([np.repeat(single[:1], copies, axis=0), single])
    rows = rows[np.random.default_rng(1).permutation(len(rows))]
    graph = Index(ndim=32, metric="l2sq", dtype="f32")
    graph.add(np.arange(len(rows)), rows, threads=1)
    hnsw = faiss.IndexHNSWFlat(32, 16)
    hnsw.hnsw.efSearch = 50
    hnsw.add(rows)
    queries = single[1:]
    return (
        float((graph.search(queries, 1, threads=1).distances[:, 0] < 1e-6).mean()),
        float((hnsw.search(queries, 1)[0][:, 0] < 1e-6).mean()),
    )


print(f"usearch {version('usearch')}, faiss-cpu {version('faiss-cpu')}")
shares = {copies: found(copies) for copies in (0, 500, 5000)}
for copies, (one, other) in shares.items():
    print(f"{copies} copies of one vector: of 499 others usearch finds {one:.1%}, faiss {other:.1%}")
assert min(shares[0]) > 0.98, "the behaviour has changed"
assert shares[5000][0] < 0.3 and shares[5000][1] < 0.8, "the behaviour has changed"
PYTHON
