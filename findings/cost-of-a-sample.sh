#!/usr/bin/env bash
# faiss.Kmeans looks at 256 vectors a cluster and leaves out the rest; its objective is that of the sample.
#
# Guess:     Kmeans(d, 10).train(x) clusters all 20,000 vectors of x, and what it returns (and obj) is the sum of squared
#            distances of all of them to their centres, as scikit-learn's inertia_ is.
# Seen:      it draws 2,560 of them, and without verbose=True says nothing. The value is about an eighth of the cost of x,
#            and a larger k lets in more vectors: the "elbow" of this value over k rises where the true cost falls.
# Versions:  faiss-cpu 1.15.1, 2026-11-30.
# Matters:   choosing the number of clusters by an elbow, comparing with another tool's inertia, clusters of rare kinds that
#            the sample missed.
# Instead:   max_points_per_centroid=len(x) (or more), and the cost from km.index.search(x, 1).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check faiss-cpu==1.15.1 numpy==2.4.6
"$work/venv/bin/python" - <<'PYTHON'
import faiss
import numpy as np

vectors = np.random.default_rng(0).normal(size=(20_000, 16)).astype(np.float32)
print(f"faiss-cpu {faiss.__version__}: 20,000 vectors")
told, true = [], []
for k in (5, 10, 20, 40):
    kmeans = faiss.Kmeans(16, k, niter=10, seed=1)
    told.append(float(kmeans.train(vectors)))
    true.append(float(kmeans.index.search(vectors, 1)[0].sum()))
    print(f"k = {k}: train returns {told[-1]:,.0f}, the cost of all vectors is {true[-1]:,.0f}")
whole = faiss.Kmeans(16, 10, niter=10, seed=1, max_points_per_centroid=len(vectors))
print(f"k = 10, max_points_per_centroid=20000: train returns {whole.train(vectors):,.0f}")
assert told == sorted(told) and true == sorted(true, reverse=True) and told[1] < 0.2 * true[1], "the behaviour has changed"
PYTHON
