"""The HTTP routes of the map and the headers on every answer."""

import gc
import io
import re
import struct
import warnings
from threading import Thread

import numpy as np
import pyarrow as pa
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import StreamingResponse
from starlette.routing import Route

from components.map.assets import assets_version
from components.map.content import ChosenRows, Labels, Positions, Values
from components.pictures import pictures_of, publish_pictures, small
from components.pictures.small import SMALL
from components.published import PUBLISHED, Published
from components.routes import routes
from components.security import SecurityHeaders, content_security_policy
from embeddings.collection import Collection

with warnings.catch_warnings():
    # Starlette would rather use the successor of httpx.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

FORMS = ["PNG", "JPEG", "WEBP"]
HEADER = struct.Struct("<4I6f")


@pytest.fixture(autouse=True)
def _nothing_published():
    PUBLISHED.clear()


@pytest.fixture
def client():
    app = Starlette(routes=routes, middleware=[Middleware(SecurityHeaders), Middleware(GZipMiddleware)])
    return TestClient(app)


def publish_points(coordinates, key="points"):
    return PUBLISHED.publish(key, lambda: Positions(np.asarray(coordinates, "f4")))


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
    picture = np.array(Image.open(io.BytesIO(answer.content)))
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


# --- pictures


def publish_examples(count=3):
    return pictures_of([drawn((40 * row, 90, 120), form) for row, form in zip(range(count), FORMS * 200, strict=False)])


def drawn(colour, form="PNG", size=(300, 200)):
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, form)
    return buffer.getvalue()


@pytest.mark.parametrize(("row", "kind"), [(0, "image/png"), (1, "image/jpeg"), (2, "image/webp")])
def test_a_picture_arrives_as_it_is_kept_and_is_then_only_confirmed(client, row, kind):
    path = f"/api/picture/{publish_examples()}/{row}"
    answer = client.get(path)
    assert answer.content == drawn((40 * row, 90, 120), FORMS[row])
    assert answer.headers["content-type"] == kind
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-encoding"] == "identity"
    assert "immutable" in answer.headers["cache-control"]
    assert "private" in answer.headers["cache-control"]
    again = client.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert not again.content


@pytest.mark.parametrize("side", [64, 128, 256])
def test_a_thumbnail_is_small_and_looks_the_same(client, side):
    answer = client.get(f"/api/thumbnail/{publish_examples()}/1?side={side}")
    picture = Image.open(io.BytesIO(answer.content)).convert("RGB")
    assert max(picture.size) == side
    assert picture.width / picture.height == pytest.approx(1.5, rel=0.03)
    assert np.abs(np.array(picture.getpixel((20, 20))) - [40, 90, 120]).max() < 8
    assert answer.headers["etag"] != client.get(f"/api/thumbnail/{publish_examples()}/0?side={side}").headers["etag"]


def test_a_sheet_holds_256_pictures_in_their_places(client):
    token = publish_examples(260)
    first, second = (Image.open(io.BytesIO(client.get(f"/api/sheet/{token}/{k}").content)) for k in (0, 1))
    assert first.size == (1024, 1024)
    assert second.size == (1024, 64)
    assert first.convert("RGBA").getpixel((32, 2))[3] == 0
    assert second.convert("RGBA").getpixel((5 * 64 + 32, 32))[3] == 0
    middle = first.convert("RGB").getpixel((2 * 64 + 32, 64 + 32))
    assert np.abs(np.array(middle) - [min(255, 40 * 18), 90, 120]).max() < 12


def test_a_sheet_is_made_once_and_outlives_the_memory(client, monkeypatch):
    token, made = publish_examples(), []
    sheet = small.sheet
    monkeypatch.setattr(small, "sheet", lambda *given, **named: made.append(1) or sheet(*given, **named))
    SMALL.clear()
    first = client.get(f"/api/sheet/{token}/0").content
    SMALL.clear()
    assert client.get(f"/api/sheet/{token}/0").content == first
    assert len(made) <= 1


@pytest.mark.parametrize("side", ["0", "65", "1024", "-64", "64.0", "x", "", "²"])
def test_other_sizes_are_refused(client, side):
    answer = client.get(f"/api/thumbnail/{publish_examples()}/0?side={side}")
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("side must be one of 64, 128, 256, 512")


@pytest.mark.parametrize("path", ["picture/{}/3", "picture/{}/-1", "picture/{}/x", "thumbnail/{}/3", "sheet/{}/1"])
def test_pictures_that_are_not_there_are_not_found(client, path):
    answer = client.get(f"/api/{path.format(publish_examples())}")
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("kind", ["picture", "thumbnail", "sheet"])
def test_a_token_of_points_gives_no_pictures(client, kind):
    assert client.get(f"/api/{kind}/{publish_points([[0, 0]])}/0").status_code == 404


@pytest.mark.parametrize("content", [b"<svg onload='alert(1)'/>", b"<html>", b"", b"RIFF....WAVE", b"GIF89a"])
def test_only_pictures_are_served(client, content):
    assert client.get(f"/api/picture/{pictures_of([content])}/0").status_code == 404


def test_a_broken_picture_breaks_nothing_else(client):
    token = pictures_of([drawn((0, 0, 0))[:60], drawn((9, 9, 9))])
    assert client.get(f"/api/thumbnail/{token}/0").status_code == 404
    assert client.get(f"/api/thumbnail/{token}/1").status_code == 200


def test_pictures_of_a_collection_that_nobody_holds_are_gone(client):
    collection = Collection("c", "image", (drawn((1, 2, 3)),), pa.table({}))
    token = publish_pictures(collection)
    assert client.get(f"/api/picture/{token}/0").status_code == 200
    del collection
    gc.collect()
    answer = client.get(f"/api/picture/{token}/0")
    assert answer.status_code == 404
    assert answer.json() == {"error": "These pictures are no longer on the server. Reload the page."}


# --- what is not there


@pytest.mark.parametrize("kind", ["points", "density", "values", "rows", "labels"])
def test_an_unknown_token_says_so_and_is_not_kept(client, kind):
    answer = client.get(f"/api/{kind}/{'0' * 32}?view=0,1,0,1&rows=0")
    assert answer.status_code == 404
    assert answer.json() == {"error": "This map is no longer on the server. Reload the page."}
    assert answer.headers["cache-control"] == "no-store"


def test_a_token_of_another_kind_is_unknown(client):
    assert client.get(f"/api/labels/{publish_points([[0, 0]])}?rows=0").status_code == 404


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


def test_every_answer_has_the_security_headers(client):
    for path in ("/api/vendor/plotly.min.js", "/api/points/none", "/api/picture/none/0", "/absent"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'self'" in headers["content-security-policy"]


def test_the_policy_names_no_other_host():
    assert "wss://maps.example:8501;" in content_security_policy("maps.example:8501")
    assert "ws://[::1]:80 " in content_security_policy("[::1]:80")
    for bad in ("", "x; script-src *", "a b", "evil.example\r\n", "*"):
        assert "ws:" not in content_security_policy(bad)
    assert "http" not in content_security_policy("localhost")


def test_no_inline_script_runs_except_streamlits_own():
    scripts = re.search(r"script-src ([^;]*);", content_security_policy("localhost"))[1].split()
    assert {"'unsafe-inline'", "*", "data:", "http:", "https:"}.isdisjoint(scripts)
    assert any(source.startswith("'sha256-") for source in scripts)


def test_the_headers_do_not_hold_up_a_stream():
    seen = []

    async def parts():
        for part in ("one", "two"):
            seen.append(part)
            yield part

    app = Starlette(routes=[Route("/", lambda request: StreamingResponse(parts()))])
    with TestClient(SecurityHeaders(app)).stream("GET", "/") as answer:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "".join(answer.iter_text()) == "onetwo"


# --- the registry


def test_tokens_are_equal_for_equal_keys_and_differ_between_processes():
    one, other = Published(), Published()
    assert one.token("a") == one.token("a") != one.token("b")
    assert one.token("a") != other.token("a")
    assert len(one.token("a")) == 32


def test_content_is_made_once():
    published, made = Published(), []
    for _ in range(2):
        published.publish("a", lambda: made.append(1) or Values(np.zeros(3, "f4")))
    assert made == [1]


def test_what_was_not_asked_for_longest_goes_first():
    published = Published(most_bytes=30)
    tokens = [published.publish(key, lambda: Values(np.zeros(3, "f4"))) for key in "ab"]
    published.find(tokens[0], Values)
    published.publish("c", lambda: Values(np.zeros(3, "f4")))
    assert published.find(tokens[0], Values) is not None
    assert published.find(tokens[1], Values) is None
    assert published.nbytes == 24


def test_the_newest_content_stays_even_when_it_is_large():
    published = Published(most_bytes=10)
    published.publish("a", lambda: Values(np.zeros(3, "f4")))
    token = published.publish("b", lambda: Values(np.zeros(300, "f4")))
    assert published.find(token, Values) is not None
    assert published.nbytes == 1200


def test_the_registry_stands_many_threads():
    published = Published(most_bytes=400)
    failures = []

    def work(start):
        for i in range(200):
            key = str((start * 7 + i) % 50)
            token = published.publish(key, lambda: Values(np.zeros(10, "f4")))
            if token != published.token(key):
                failures.append(key)
            published.find(token, Values)

    threads = [Thread(target=work, args=(start,)) for start in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert published.nbytes <= 400
