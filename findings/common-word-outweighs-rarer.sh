#!/usr/bin/env bash
# BM25 by rank-bm25: a word that stands in every document counts more than one that stands in half of them.
#
# Guess:     the rarer a word, the more it counts: the inverse document frequency falls with the number of documents.
# Seen:      it falls to exactly 0 at half of the documents (a search for such a word finds nothing), and words beyond that
#            get a quarter of the mean weight instead of a negative one. So the weight goes up again: "the", in every
#            document, beats "cat", in half of them.
# Versions:  rank-bm25 0.2.2 (BM25Okapi, defaults), 2026-11-30.
# Matters:   BM25 is the usual baseline beside an embedding. On a class's small collection many words stand in half or
#            more of the texts, and then the baseline is not what the textbook describes.
# Instead:   use a variant whose weight stays above 0 and falls throughout, log(1 + (n - f + .5) / (f + .5)), as
#            Lucene does; say which variant a score comes from.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check rank-bm25==0.2.2 numpy==2.4.6
"$work/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from rank_bm25 import BM25Okapi

texts = ["the cat sat", "the cat ran", "the dog sleeps", "the bird flew"]
bm25 = BM25Okapi([text.split() for text in texts])
everywhere, half, once = (bm25.idf[word] for word in ("the", "cat", "dog"))
print(f"rank-bm25 {version('rank-bm25')}")
print(f"weight of 'the' (4 of 4 documents) {everywhere:.4f}, 'cat' (2 of 4) {half:.4f}, 'dog' (1 of 4) {once:.4f}")
print(f"search for 'cat': {bm25.get_scores(['cat']).tolist()}")
assert half == 0 < everywhere < once and not bm25.get_scores(["cat"]).any(), "the behaviour has changed"
PYTHON
