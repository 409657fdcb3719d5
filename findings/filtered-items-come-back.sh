#!/usr/bin/env bash
# implicit recommends exactly the items it was told to leave out, once the others are used up.
#
# Guess:     recommend(..., filter_already_liked_items=True) never returns an item that the user already has; if fewer
#            than N are left, fewer are returned.
# Seen:      always N come back. The last ones are the filtered items, with the score -3.4e38 and no other sign; the same
#            with filter_items.
# Versions:  implicit 0.7.3 with SciPy 1.17.1 (ALS on the CPU), 2026-11-30.
# Matters:   small catalogues and keen users, the usual case in class. A list of "new to you" shows what the user has;
#            measures such as coverage and novelty count it; a mean score becomes about -1e38.
# Instead:   drop answers with a score below -1e38, or ask for at most (items - filtered).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check implicit==0.7.3 scipy==1.17.1 numpy==2.4.6
OPENBLAS_NUM_THREADS=1 "$work/venv/bin/python" -W ignore - <<'PYTHON'
import implicit
import numpy as np
import scipy.sparse as sparse

rng = np.random.default_rng(0)
liked = sparse.csr_matrix((rng.random((50, 12)) < 0.4).astype(np.float32))
model = implicit.als.AlternatingLeastSquares(factors=8, iterations=5, random_state=0, num_threads=1)
model.fit(liked, show_progress=False)

has = set(liked[0].indices.tolist())
items, scores = model.recommend(0, liked[0], N=12, filter_already_liked_items=True)
back = [item for item in items.tolist() if item in has]
print(f"implicit {implicit.__version__}: the user has {sorted(has)} of 12 items; asked for 12 others")
print(f"items  {items.tolist()}\nscores {[float(f'{score:.3g}') for score in scores]}")
print(f"returned although filtered: {sorted(back)}")
assert set(back) == has and all(score < -1e38 for item, score in zip(items, scores) if item in has), "the behaviour has changed"
PYTHON
