#!/usr/bin/env bash
# In sqlite-vec a vector of zeros is the nearest of every query by cosine, ahead of the query's own copy.
#
# Guess:     the cosine with a vector of zeros is undefined; such rows come last, at distance 1, or are left out.
# Seen:      their distance is NULL. NULL sorts before every number, in the index's own search too: each such row takes one
#            of the k places. With two of them and k = 2 nothing else is returned, not even an equal vector at distance 0.
# Versions:  sqlite-vec 0.1.9 (loaded through apsw 3.54.1.0), 2026-11-30.
# Matters:   a TF-IDF or word-average encoder gives zeros for a text without a known word; padding rows are zeros.
# Instead:   keep such rows out of the index; "where distance is not null" afterwards is too late, the places are gone.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check sqlite-vec==0.1.9 apsw==3.54.1.0
"$work/venv/bin/python" - <<'PYTHON'
import apsw
import sqlite_vec

database = apsw.Connection(":memory:")
database.enable_load_extension(True)
database.load_extension(sqlite_vec.loadable_path())
database.execute("create virtual table items using vec0(vector float[3] distance_metric=cosine)")
rows = {1: [0, 0, 0], 2: [1, 2, 3], 3: [0, 0, 0], 4: [1, 2, 2.5], 5: [-1, -2, -3]}
for number, vector in rows.items():
    database.execute("insert into items(rowid, vector) values (?, ?)", (number, sqlite_vec.serialize_float32(vector)))


def nearest(k: int) -> list[tuple[int, float | None]]:
    query = sqlite_vec.serialize_float32([1, 2, 3])
    found = "select rowid, distance from items where vector match ? and k = ? order by distance"
    return list(database.execute(found, (query, k)))


print(f"sqlite-vec {next(iter(database.execute('select vec_version()')))[0]}")
print(f"the 5 nearest of (1, 2, 3), which is row 2: {nearest(5)}")
print(f"the nearest alone: {nearest(1)}")
assert nearest(5)[:3] == [(1, None), (3, None), (2, 0.0)], "the behaviour has changed"
assert [distance for _, distance in nearest(1)] == [None], "the behaviour has changed"
PYTHON
