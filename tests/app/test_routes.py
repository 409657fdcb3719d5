"""The HTTP routes of the map's content and of its files."""

import struct

import numpy as np
import pytest
from asking import publish_points
from pictures import opened

from components.kit.map.browser import ChosenRows, Labels, Values, assets_version
from components.kit.published import PUBLISHED

HEADER = struct.Struct("<4I6f")


def unpack(content):
    count, total, n, dims, *bounds = HEADER.unpack_from(content)
    rows = np.frombuffer(content, "<u4", count, HEADER.size)
    axes = np.frombuffer(content, "<f4", count * dims, HEADER.size + 4 * count).reshape(dims, count)
    assert len(content) == HEADER.size + 4 * count * (1 + dims)
    return (count, total, n, dims), bounds, rows, axes


def test_points_arrive_as_they_are(client):
    coordinates = np.random.default_rng(0).normal(size=(50, 3)).astype("f4")
    answer = client.get(f"/api/points/{publish_points(coordinates)}")
    head, bounds, rows, axes = unpack(answer.content)
    assert head == (50, 50, 50, 3)
    np.testing.assert_array_equal(rows, np.arange(50))
    np.testing.assert_array_equal(axes.T, coordinates)
    np.testing.assert_array_equal(bounds[:3], coordinates.min(axis=0))
    np.testing.assert_array_equal(bounds[3:], coordinates.max(axis=0))
    assert answer.headers["content-encoding"] == "identity"
    assert "immutable" in answer.headers["cache-control"]
    assert "private" in answer.headers["cache-control"]


def test_points_of_a_view(client):
    coordinates = [[x, y] for x in range(10) for y in range(10)]
    answer = client.get(f"/api/points/{publish_points(coordinates)}?view=2,4,3,3.5")
    head, _, rows, axes = unpack(answer.content)
    assert head == (3, 3, 100, 2)
    assert rows.tolist() == [23, 33, 43]
    assert axes.T.tolist() == [[2, 3], [3, 3], [4, 3]]


@pytest.mark.parametrize(("dims", "most"), [(2, 50_000), (3, 20_000)])
def test_many_points_are_sampled_the_same_way_each_time(client, dims, most):
    token = publish_points(np.random.default_rng(0).random((60_000, dims)))
    first, again = client.get(f"/api/points/{token}"), client.get(f"/api/points/{token}?limit=999999")
    assert unpack(first.content)[0] == (most, 60_000, 60_000, dims)
    assert first.content == again.content


def test_hits_are_in_the_sample(client):
    token = publish_points(np.zeros((1000, 2)))
    hits = PUBLISHED.publish("hits", lambda: ChosenRows(np.array([3, 500, 999], np.uint32)))
    rows = unpack(client.get(f"/api/points/{token}?limit=10&first={hits}").content)[2]
    assert {3, 500, 999} <= set(rows.tolist())
    assert len(rows) == 10


@pytest.mark.parametrize("view", ["1,2,3", "a,b,c,d", "2,1,0,1", "0,1,1,1", "nan,1,0,1", "0,inf,0,1", "1,2,3,4,5", ""])
def test_a_view_that_is_none_is_refused(client, view):
    token = publish_points(np.zeros((3, 2)))
    for kind in ("points", "density"):
        answer = client.get(f"/api/{kind}/{token}?view={view}")
        assert answer.status_code == 400
        assert answer.json()["error"].startswith("view must")


@pytest.mark.parametrize("limit", ["-1", "x", "1e9", "²", ""])
def test_a_limit_that_is_no_number_is_refused(client, limit):
    assert client.get(f"/api/points/{publish_points(np.zeros((3, 2)))}?limit={limit}").status_code == 400


def test_density_is_a_picture_of_the_counts(client):
    token = publish_points([[0.1, 0.1]] * 30 + [[1.9, 0.9]])
    answer = client.get(f"/api/density/{token}?view=0,2,0,1&theme=dark")
    picture = np.array(opened(answer.content))
    assert picture.shape == (180, 360, 4)
    lines, columns = np.nonzero(picture[..., 3])
    assert list(zip(lines, columns, strict=True)) == [(18, 342), (162, 18)]
    assert picture[162, 18, 3] > picture[18, 342, 3]


def test_density_needs_a_view(client):
    assert client.get(f"/api/density/{publish_points([[0, 0]])}").status_code == 400


def test_values_and_rows_arrive_as_they_are(client):
    values = np.array([1.5, np.nan, -2], "f4")
    token = PUBLISHED.publish("values", lambda: Values(values))
    np.testing.assert_array_equal(np.frombuffer(client.get(f"/api/values/{token}").content, "<f4"), values)
    token = PUBLISHED.publish("rows", lambda: ChosenRows(np.array([2, 7], np.uint32)))
    assert np.frombuffer(client.get(f"/api/rows/{token}").content, "<u4").tolist() == [2, 7]


def test_labels_of_some_rows(client):
    evil = "<img src=x onerror=alert(1)>"
    token = PUBLISHED.publish("labels", lambda: Labels(["one", evil, "three"]))
    answer = client.get(f"/api/labels/{token}?rows=2,1")
    assert answer.json() == ["three", evil]
    assert answer.headers["content-type"] == "application/json"
    assert client.get(f"/api/labels/{token}").json() == []


@pytest.mark.parametrize("rows", ["3", "-1", "x", "1,,2", ",".join(["0"] * 201), "99999999999"])
def test_rows_that_are_not_there_are_refused(client, rows):
    token = PUBLISHED.publish("labels", lambda: Labels(["one", "two", "three"]))
    answer = client.get(f"/api/labels/{token}?rows={rows}")
    assert answer.status_code == 400
    assert "rows must be" in answer.json()["error"]


# --- what is not there


@pytest.mark.parametrize("kind", ["points", "density", "values", "rows", "labels"])
def test_an_unknown_token_says_so_and_is_not_kept(client, kind):
    answer = client.get(f"/api/{kind}/{'0' * 32}?view=0,1,0,1&rows=0")
    assert answer.status_code == 404
    assert answer.json() == {"error": "This map is no longer on the server. Reload the page."}
    assert answer.headers["cache-control"] == "no-store"


def test_a_token_of_another_kind_is_unknown(client):
    assert client.get(f"/api/labels/{publish_points([[0, 0]])}?rows=0").status_code == 404


# --- files


def test_plotly_is_sent_compressed_and_then_only_confirmed(client):
    answer = client.get("/api/vendor/plotly.min.js")
    assert answer.headers["content-encoding"] == "gzip"
    assert b"plotly.js v" in answer.content[:100]
    assert int(answer.headers["content-length"]) < 0.4 * len(answer.content)
    again = client.get("/api/vendor/plotly.min.js", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert not again.content
    plain = client.get("/api/vendor/plotly.min.js", headers={"Accept-Encoding": "identity"})
    assert plain.content == answer.content


def test_the_maps_own_files(client):
    answer = client.get(f"/api/map/{assets_version()}/main.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert b"export function render" in answer.content
    assert client.get("/api/map/x/map.css").headers["content-type"].startswith("text/css")


@pytest.mark.parametrize("name", ["absent.js", "..%2Fcomponent.py", "%2e%2e%2fcomponent.py", "component.py"])
def test_other_files_are_not_served(client, name):
    assert client.get(f"/api/map/x/{name}").status_code == 404
