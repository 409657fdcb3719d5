"""The HTTP routes of pictures, thumbnails and sheets."""

import gc

import numpy as np
import pyarrow as pa
import pytest
from asking import publish_points
from pictures import opened, plain

from components.kit.pictures import pictures_of, publish_pictures, source
from components.kit.pictures.source import SMALL
from embeddings.collection import Collection

FORMS = ["PNG", "JPEG", "WEBP"]


def publish_examples(count=3):
    return pictures_of([example(row) for row in range(count)])


def example(row):
    return plain((40 * row, 90, 120), (300, 200), FORMS[row % 3])


@pytest.mark.parametrize(("row", "kind"), [(0, "image/png"), (1, "image/jpeg"), (2, "image/webp")])
def test_a_picture_arrives_as_it_is_kept_and_is_then_only_confirmed(client, row, kind):
    path = f"/api/picture/{publish_examples()}/{row}"
    answer = client.get(path)
    assert answer.content == example(row)
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
    picture = opened(answer.content).convert("RGB")
    assert max(picture.size) == side
    assert picture.width / picture.height == pytest.approx(1.5, rel=0.03)
    assert np.abs(np.array(picture.getpixel((20, 20))) - [40, 90, 120]).max() < 8
    assert answer.headers["etag"] != client.get(f"/api/thumbnail/{publish_examples()}/0?side={side}").headers["etag"]


def test_a_sheet_holds_256_pictures_in_their_places(client):
    token = publish_examples(260)
    first, second = (opened(client.get(f"/api/sheet/{token}/{k}").content) for k in (0, 1))
    assert first.size == (1024, 1024)
    assert second.size == (1024, 64)
    assert first.convert("RGBA").getpixel((32, 2))[3] == 0
    assert second.convert("RGBA").getpixel((5 * 64 + 32, 32))[3] == 0
    middle = first.convert("RGB").getpixel((2 * 64 + 32, 64 + 32))
    assert np.abs(np.array(middle) - [min(255, 40 * 18), 90, 120]).max() < 12


def test_a_sheet_is_made_once_and_outlives_the_memory(client, monkeypatch):
    token, made = publish_examples(), []
    sheet = source.sheet
    monkeypatch.setattr(source, "sheet", lambda *given, **named: made.append(1) or sheet(*given, **named))
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
    token = pictures_of([plain((0, 0, 0), (300, 200))[:60], plain((9, 9, 9))])
    assert client.get(f"/api/thumbnail/{token}/0").status_code == 404
    assert client.get(f"/api/thumbnail/{token}/1").status_code == 200


def test_pictures_of_a_collection_that_nobody_holds_are_gone(client):
    collection = Collection("c", (plain((1, 2, 3)),), pa.table({}))
    token = publish_pictures(collection)
    assert client.get(f"/api/picture/{token}/0").status_code == 200
    del collection
    gc.collect()
    answer = client.get(f"/api/picture/{token}/0")
    assert answer.status_code == 404
    assert answer.json() == {"error": "These pictures are no longer on the server. Reload the page."}
