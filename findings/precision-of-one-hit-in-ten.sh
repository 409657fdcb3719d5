#!/usr/bin/env bash
# "precision at 10" with one hit among ten recommendations is 1.0 in implicit, .1 in ir-measures.
#
# Guess:     precision_at_k is the number of hits among the first k, divided by k.
# Seen:      implicit divides by min(k, number of the user's held-out items), summed over users. Who holds out one item
#            a user (leave one out, the usual way) gets recall under the name of precision: ten times the value.
# Versions:  implicit 0.7.3, ir-measures 0.4.3, SciPy 1.17.1, 2026-11-30.
# Matters:   tables of recommenders put such figures side by side. Even with one tool, values of two data sets cannot be
#            compared: the fewer items users hold out, the better the "precision".
# Instead:   count hits yourself; say the divisor beside each figure; with one held-out item call it hit rate.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check implicit==0.7.3 ir-measures==0.4.3 scipy==1.17.1 numpy==2.4.6
OPENBLAS_NUM_THREADS=1 "$work/venv/bin/python" -W ignore - <<'PYTHON'
from importlib.metadata import version

import implicit
import ir_measures
import numpy as np
import scipy.sparse as sparse
from implicit.evaluation import precision_at_k
from ir_measures import P

rng = np.random.default_rng(0)
users, items, k = 40, 30, 10
seen = sparse.csr_matrix((rng.random((users, items)) < 0.3).astype(np.float32))
model = implicit.als.AlternatingLeastSquares(factors=8, iterations=5, random_state=0, num_threads=1)
model.fit(seen, show_progress=False)
lists, _ = model.recommend(np.arange(users), seen, N=k, filter_already_liked_items=True)
held_out = lists[:, 3]  # one item a user, fourth in its list: one hit among ten for everybody
wanted = sparse.csr_matrix((np.ones(users, np.float32), (np.arange(users), held_out)), shape=(users, items))

one = precision_at_k(model, seen, wanted, K=k, show_progress=False, num_threads=1)
run = {str(user): {str(item): float(k - place) for place, item in enumerate(row)} for user, row in enumerate(lists)}
other = ir_measures.calc_aggregate([P @ k], {str(user): {str(item): 1} for user, item in enumerate(held_out)}, run)[P @ k]
print(f"implicit {version('implicit')}, ir-measures {version('ir-measures')}: one hit among {k}, for every user")
print(f"implicit's precision_at_k {one:.3f}; ir-measures' P@{k} {other:.3f}")
assert abs(one - 1) < 1e-9 and abs(other - 0.1) < 1e-9, "the behaviour has changed"
PYTHON
