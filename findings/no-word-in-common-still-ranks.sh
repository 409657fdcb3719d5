#!/usr/bin/env bash
# bm25s: a query of which no document has a word gets k documents all the same, the last of the collection first.
#
# Guess:     such a query finds nothing, or fewer than k documents; if it must fill up, then in the order of the collection.
# Seen:      k documents with score 0, from the last one backwards; so are lists filled up that have fewer hits than k.
# Versions:  bm25s 0.3.16, 2026-12-01.
# Matters:   retrieval for language models (documents without a word of the question are handed on as hits), fusion of
#            ranks (reciprocal ranks count places, not scores, so the end of the collection gains from every such query).
# Instead:   keep results with a score above 0.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check bm25s==0.3.16
"$work/venv/bin/python" -W ignore - <<'PYTHON'
import bm25s

documents = ["a cat likes fish", "dogs chase the cat", "birds sing at dawn", "the river runs deep", "snow falls slowly"]
index = bm25s.BM25()
index.index(bm25s.tokenize(documents, show_progress=False), show_progress=False)
found = {}
for query in ("zebra", "cat"):
    rows, scores = index.retrieve(bm25s.tokenize(query, show_progress=False), k=3, show_progress=False)
    found[query] = rows[0].tolist(), scores[0].round(2).tolist()
    print(f"bm25s {bm25s.__version__}, 5 documents, 3 asked for: {query!r} finds rows {rows[0]} with scores {scores[0].round(2)}")
assert found["zebra"] == ([4, 3, 2], [0, 0, 0]) and found["cat"][0] == [0, 1, 4] and found["cat"][1][2] == 0, "changed"
PYTHON
