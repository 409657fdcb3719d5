"""The headers on every answer, the policy they carry, and who is answered: names, figures, uploads, models."""

import re
from contextlib import contextmanager

import pytest
from asking import TestClient
from driving import said
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocketDisconnect
from streamlit import config

from components.app.security import METRICS, Gate, SecurityHeaders, content_security_policy
from components.kit import visitors
from components.kit.spaces import space_request
from components.kit.visitors import JOBS, UPLOADS, Rate, count_job, in_words
from embeddings.encoders import places
from embeddings.errors import EmbeddingError, EncoderUnavailable


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


NAMES = ("localhost", "127.0.0.1", "::1", "Maps.example", "*.school.example")


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:8501",
        "127.0.0.1:80",
        "[::1]:8501",
        "maps.example.",
        "a.school.example",
        "b.a.school.example",
    ],
)
def test_a_server_answers_to_its_names(host):
    assert visitors.answers_to(host, NAMES)
    assert visitors.answers_to(host, ("*",))


@pytest.mark.parametrize(
    "host",
    ["", "other.example", "school.example", "notschool.example", "localhost.other.example", "localhost:x", "[::1",
     "localhost/maps.example", "user@localhost", "localhost,maps.example", ":8501"],
)  # fmt: skip
def test_a_server_answers_to_no_other_name(host):
    assert not visitors.answers_to(host, NAMES)


@pytest.fixture
def gated():
    """A server behind the gate that says what it was asked for, and echoes on its WebSocket."""

    async def echo(socket):
        await socket.accept()
        await socket.send_text("hello")
        await socket.close()

    async def answer(request):
        return PlainTextResponse(request.url.path)

    routes = [WebSocketRoute("/_stcore/stream", echo), Route("/{path:path}", answer, methods=["GET", "PUT"])]
    return Gate(Starlette(routes=routes), names=lambda: NAMES)


def test_pages_and_the_websocket_are_closed_to_other_names(gated):
    assert TestClient(gated, "http://localhost:8501").get("/").status_code == 200
    refused = TestClient(gated, "http://other.example").get("/")
    assert refused.status_code == 421
    assert "not known by the name “other.example”. Whoever runs it can add the name to server.allowed" in refused.text
    with TestClient(gated).websocket_connect("ws://localhost/_stcore/stream") as socket:
        assert socket.receive_text() == "hello"
    with (
        pytest.raises(WebSocketDisconnect) as closed,
        TestClient(gated).websocket_connect("ws://other.example/_stcore/stream"),
    ):
        pass
    assert closed.value.code == 1008


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/", "/maps/_stcore/metrics"])
def test_the_servers_figures_are_for_whoever_runs_it(gated, monkeypatch, path):
    near, far = (TestClient(gated, "http://localhost", client=(host, 1)) for host in ("127.0.0.1", "192.168.1.7"))
    assert (near.get(path).status_code, far.get(path).status_code) == (200, 404)
    with serving(allowedHosts=["maps.example"]):  # behind a proxy, everybody comes from this machine
        assert near.get(path).status_code == 404
    monkeypatch.setenv(METRICS, "1")
    assert far.get(path).status_code == 200


def test_uploads_are_bounded_for_each_session_and_say_when_to_try_again(gated, monkeypatch):
    monkeypatch.setattr("components.app.security.UPLOADS", Rate(100, 600, lambda: 0.0))
    visitor = TestClient(gated, "http://localhost")
    assert [visitor.put(f"/_stcore/upload_file/one/{n}", content=bytes(40)).status_code for n in range(2)] == [200] * 2
    refused = visitor.put("/_stcore/upload_file/one/2", content=bytes(40))
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "600")
    assert "try again in 10 minutes" in refused.text
    assert visitor.put("/_stcore/upload_file/another/0", content=bytes(40)).status_code == 200
    assert visitor.put("/_stcore/upload_file/one/3", content=iter([b"x"])).status_code == 411
    assert visitor.get("/_stcore/upload_file/one/2").status_code == 200


def test_the_data_page_says_when_the_next_large_file_can_come(open_page, monkeypatch):
    rate = Rate(300_000_000, 600, lambda: 0.0)
    monkeypatch.setattr("components.kit.visitors.UPLOADS", rate)
    assert "One visitor can bring" not in said(open_page("data.py"))
    assert rate.take("test session id", 200_000_000) == 0
    told = said(open_page("data.py"))
    assert "One visitor can bring 300 MB within 10 minutes" in told
    assert "a file of 200 MB can come again in 10 minutes" in told


def test_a_rate_forgets_what_is_past_and_counts_the_same_work_once():
    now = [0.0]
    rate = Rate(3, 60, lambda: now[0])
    assert [rate.take("a", what=what) for what in "xxyz"] == [0, 0, 0, 0]
    now[0] = 20.0
    assert (rate.take("a", what="new"), rate.take("a", what="x"), rate.take("b")) == (40, 0, 0)
    assert rate.wait("a", 1) == 40
    now[0] = 60.0
    assert rate.take("a", what="new") == 0
    assert rate.take("b", amount=4) == 60


def test_one_visitor_cannot_start_computations_without_end():
    assert (JOBS.most, UPLOADS.most) == (300, 1_000_000_000)
    for key in range(JOBS.most):
        count_job("eager", f"a{key}")
    with pytest.raises(EmbeddingError, match=r"300 computations within a minute, .* try again in \d+ seconds?\."):
        count_job("eager", "one more")
    count_job("eager", "a0")
    count_job("somebody else", "one more")
    assert (in_words(1), in_words(99), in_words(100)) == ("1 second", "99 seconds", "2 minutes")


@contextmanager
def serving(**options):
    """A server that listens and is known as these options say; what it sets itself is taken back too."""
    names = ["browser.serverAddress", *(f"server.{name}" for name in options)]
    before = {name: (config.get_option(name), config.get_where_defined(name)) for name in names}
    for name, value in options.items():
        config.set_option(f"server.{name}", value)
    visitors.names.cache_clear()
    try:
        yield
    finally:
        for name, (value, defined) in before.items():
            config.set_option(name, value, defined)
        visitors.names.cache_clear()


def test_a_server_listens_on_this_machine_unless_it_is_asked_to():
    assert config.get_option("server.address") == "127.0.0.1"
    assert not visitors.is_public()
    assert set(visitors.names()) == {"localhost", "127.0.0.1", "::1"}


def test_a_server_for_a_class_knows_its_own_names_and_prints_the_one_to_give(monkeypatch):
    monkeypatch.setattr(visitors, "get_internal_ip", lambda: "192.0.2.7")
    with serving(address="0.0.0.0"):
        assert visitors.is_public()
        assert {"localhost", *LOCAL} < set(visitors.names())
        visitors.announce()
        assert config.get_option("browser.serverAddress") == "192.0.2.7"
    assert not config.is_manually_set("browser.serverAddress")
    with serving(allowedHosts=["maps.example"]):
        assert visitors.is_public()
        assert visitors.names() == ("maps.example",)


LOCAL = ("127.0.0.1", "::1")


@pytest.mark.parametrize(
    ("said", "options", "allowed"),
    [(None, {}, True), (None, {"address": "0.0.0.0"}, False), (None, {"allowedHosts": ["maps.example"]}, False),
     ("1", {"address": "0.0.0.0"}, True), ("0", {}, False)],
)  # fmt: skip
def test_downloads_by_visitors_are_off_where_others_can_reach_the_server(monkeypatch, said, options, allowed):
    monkeypatch.delenv(visitors.ANY_MODEL, raising=False)
    if said:
        monkeypatch.setenv(visitors.ANY_MODEL, said)
    with serving(**options):
        for encoder in ("hub:some/model", "open_clip:ViT-B-32/openai"):
            refused = visitors.why_not_named(encoder)
            assert refused is None if allowed else "only the encoders of its table" in refused
        assert visitors.why_not_named("MPNet base") is None


@pytest.fixture
def models(tmp_path, monkeypatch):
    """A folder of models that visitors may name, and another beside it."""
    for name in ("models/mine", "secret/model"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "models" / "file").write_text("")
    (tmp_path / "models" / "way out").symlink_to(tmp_path / "secret" / "model")
    (tmp_path / "link").symlink_to(tmp_path / "models")
    monkeypatch.setenv(visitors.MODEL_FOLDERS, f"{tmp_path / 'none'}:{tmp_path / 'link'}")
    return tmp_path


@pytest.mark.parametrize("kind", ["folder", "local-dir"])
def test_a_model_in_an_allowed_folder_may_be_named(models, kind):
    for folder in ("models/mine", "link/mine", "models"):
        assert visitors.why_not_named(f"{kind}:{models / folder}") is None


@pytest.mark.parametrize(
    "place",
    ["{root}/secret/model", "{root}/models/way out", "{root}/models/../secret/model", "{root}/models/file", "mine",
     "{root}/models/none", "/dev/null", "~", "", "a\0b", "x" * 10_000, "{root}/models/" + "x" * 5_000],
)  # fmt: skip
def test_nothing_else_may_be_named_and_nothing_outside_is_looked_at(models, monkeypatch, place):
    looked = []
    resolve = visitors._resolved
    monkeypatch.setattr(visitors, "_resolved", lambda path: looked.append(path) or resolve(path))
    refused = visitors.why_not_named("folder:" + place.format(root=models))
    assert "There is no folder “" in refused
    assert len(refused) < 400
    assert all(path.is_relative_to(models / "models") for path in looked)


def test_no_folder_may_be_named_unless_some_are_allowed(open_page, monkeypatch, tmp_path):
    monkeypatch.setattr(places, "revision", None)
    for encoder in (f"folder:{tmp_path}", "folder:" + "x" * 900, "local-dir:/dev/null"):
        assert "no models in its folders" in visitors.why_not_named(encoder)
        app = open_page(encoder=encoder)
        assert not app.exception
        assert "This server offers no models in its folders" in said(app)


def test_a_space_is_not_asked_for_by_an_encoder_that_may_not_be_named(compass, tmp_path):

    with pytest.raises(EncoderUnavailable, match="no models in its folders"):
        space_request(compass.collection, f"folder:{tmp_path}")
