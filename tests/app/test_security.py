"""The headers on every answer, and the policy they carry."""

import re

from asking import TestClient
from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.routing import Route

from components.security import SecurityHeaders, content_security_policy


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
