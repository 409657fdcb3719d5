"""HTTP routes: a map's positions, colours, labels and scripts, and pictures; by unguessable tokens or a version."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.kit.map.browser import (
    MOST_POINTS_2D,
    MOST_POINTS_3D,
    Asset,
    ChosenRows,
    Labels,
    Positions,
    Theme,
    Values,
    View,
    asset,
    density_png,
    plotly_script,
)
from components.kit.pictures.routes import routes as picture_routes
from components.kit.published import AS_IT_IS, KEEP, C, Refused, answering, found, is_whole_number

_MOST_ROWS = 200
_GONE = "This map is no longer on the server. Reload the page."


@answering
def points(request: Request) -> Response:
    """Positions of the points; see `Positions.to_bytes` for the format.

    Query: `view=x0,x1,y0,y1` (2D only), `limit`, and `first`, a token of rows that are sampled before all others.
    """
    positions = _found(request.path_params["token"], Positions)
    most = MOST_POINTS_2D if positions.coordinates.shape[1] == 2 else MOST_POINTS_3D
    limit = min(_whole_number(request.query_params.get("limit"), most), most)
    first = request.query_params.get("first")
    rows = _found(first, ChosenRows).rows if first else None
    return _binary(positions.to_bytes(_view(request), limit, rows))


@answering
def density(request: Request) -> Response:
    """A picture of how crowded each part of a view is; `theme=dark` for dark pages."""
    positions = _found(request.path_params["token"], Positions)
    view = _view(request)
    if view is None:
        raise Refused(400, "density needs view=x0,x1,y0,y1")
    theme: Theme = "dark" if request.query_params.get("theme") == "dark" else "light"
    return Response(density_png(positions, view, theme), media_type="image/png", headers=AS_IT_IS)


@answering
def values(request: Request) -> Response:
    """One little-endian float32 for each point."""
    return _binary(_found(request.path_params["token"], Values).to_bytes())


@answering
def rows(request: Request) -> Response:
    """Chosen rows as little-endian uint32."""
    return _binary(_found(request.path_params["token"], ChosenRows).to_bytes())


@answering
def labels(request: Request) -> Response:
    """The labels of up to 200 rows (`rows=1,2,3`) as a JSON list, each on one line and at most 120 characters."""
    found = _found(request.path_params["token"], Labels)
    wanted = _rows(request.query_params.get("rows", ""))
    try:
        content = found.to_json(wanted)
    except IndexError as error:
        raise Refused(400, str(error)) from error
    return Response(content, media_type="application/json", headers=KEEP)


def map_asset(request: Request) -> Response:
    """A script or style of the map; its address changes with its content."""
    found = asset(request.path_params["name"])
    return Response(status_code=404) if found is None else _file(request, found)


def plotly(request: Request) -> Response:
    """Plotly.js, compressed once."""
    return _file(request, plotly_script())


routes = [
    Route("/api/points/{token}", points),
    Route("/api/density/{token}", density),
    Route("/api/values/{token}", values),
    Route("/api/rows/{token}", rows),
    Route("/api/labels/{token}", labels),
    Route("/api/map/{version}/{name}", map_asset),
    Route("/api/vendor/plotly.min.js", plotly),
    *picture_routes,
]


def _found(token: str, kind: type[C]) -> C:
    return found(token, kind, _GONE)


def _view(request: Request) -> View | None:
    text = request.query_params.get("view")
    if text is None:
        return None
    try:
        view = View(*map(float, text.split(",")))
    except (TypeError, ValueError) as error:
        raise Refused(400, f"view must be four numbers x0,x1,y0,y1, got “{text[:60]}”") from error
    if not (0 < view.x1 - view.x0 < float("inf") and 0 < view.y1 - view.y0 < float("inf")):
        raise Refused(400, f"view must have x0 < x1 and y0 < y1, got “{text[:60]}”")
    return view


def _whole_number(text: str | None, default: int) -> int:
    if text is None:
        return default
    if not is_whole_number(text):
        raise Refused(400, f"limit must be a whole number, got “{text[:20]}”")
    return int(text)


def _rows(text: str) -> list[int]:
    parts = text.split(",") if text else []
    if len(parts) > _MOST_ROWS or not all(map(is_whole_number, parts)):
        raise Refused(400, f"rows must be at most {_MOST_ROWS} whole numbers with commas between")
    return [int(part) for part in parts]


def _binary(content: bytes) -> Response:
    return Response(content, media_type="application/octet-stream", headers=AS_IT_IS)


def _file(request: Request, found: Asset) -> Response:
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "ETag": found.etag,
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if found.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    accepts = "gzip" in request.headers.get("accept-encoding", "")
    headers["Content-Encoding"] = "gzip" if accepts else "identity"
    return Response(found.compressed if accepts else found.content, media_type=found.media_type, headers=headers)
