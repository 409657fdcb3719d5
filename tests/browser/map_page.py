"""What the browser tests of the map look at, worked out without the map's own code."""

import io

import numpy as np
from PIL import Image

SIZE = {"width": 1200, "height": 900}
# Of the title above a downloaded map, in pixels.
HEAD = 48
IDLE = "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
READY = """() => {
  const map = document.querySelector(".vs-plot")
  return map?._fullLayout && document.querySelector(".vs-message").hidden
    && document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning"
}"""
_FRAME = """(nth) => {
  const map = document.querySelectorAll(".vs-plot")[nth], full = map._fullLayout, box = map.getBoundingClientRect()
  const axis = ({ range, _length, _offset }) => ({ range: [...range], length: _length, offset: _offset })
  return { x: axis(full.xaxis), y: axis(full.yaxis), left: box.left, top: box.top }
}"""
_SPACE_TO_PIXELS = """() => {
  const map = document.querySelector(".vs-plot"), box = map.getBoundingClientRect(), full = map._fullLayout
  const { glplot, dataScale } = full.scene._scene
  const { projection, view, model } = glplot.cameraParams
  const times = (m, v) => [0, 1, 2, 3].map((i) => m[i] * v[0] + m[4 + i] * v[1] + m[8 + i] * v[2] + m[12 + i] * v[3])
  const { x, y, z } = map.data[1]
  return Array.from(x, (_, i) => {
    const at = [x[i] * dataScale[0], y[i] * dataScale[1], z[i] * dataScale[2], 1]
    const [px, py, , w] = times(projection, times(view, times(model, at)))
    return [box.left + (0.5 + px / w / 2) * full.width, box.top + (0.5 - py / w / 2) * full.height]
  })
}"""
_COLOUR = """(place) => {
  const { color, colorscale } = document.querySelector(".vs-plot").data[1].marker
  return colorscale[2 * Math.floor(color[place])][1]
}"""
PAINTED = """() => Array.from(document.querySelectorAll(".vs-pictures"), (canvas) => {
  if (!canvas.width) return 0
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
  let count = 0
  for (let k = 3; k < data.length; k += 4) count += data[k] > 0
  return count
})"""
_COUNT_STEPS = """() => {
  window.steps = 0
  const update = Plotly.update
  Plotly.update = (...given) => { window.steps++; return update(...given) }
}"""


def frame(page, nth=0):
    """The ranges and the frame of a flat map, as Plotly has them; of several maps on the page, the nth."""
    return page.evaluate(_FRAME, nth)


def ranges(page, nth=0):
    seen = frame(page, nth)
    return [*seen["x"]["range"], *seen["y"]["range"]]


def drawn(page):
    """How many points are greyed and how many are in colour."""
    return page.evaluate("() => document.querySelector('.vs-plot').data.map((trace) => trace.x.length)")


def camera(page):
    return page.evaluate("() => document.querySelector('.vs-plot')._fullLayout.scene._scene.getCamera().eye")


def settled(page):
    page.wait_for_function(READY)


def choose(page, name):
    page.get_by_text(name, exact=True).first.click()


def drag(page, *corners):
    page.mouse.move(*corners[0])
    page.mouse.down()
    for corner in corners[1:]:
        page.mouse.move(*corner, steps=8)
    page.mouse.up()


def count_steps(page):
    page.evaluate(_COUNT_STEPS)


def demo_points(n=3000, dims=2, *, seed=7, shift=0):
    """The coordinates that the demo page draws."""
    rng = np.random.default_rng(seed)
    group = np.arange(n) % 8
    centres = np.random.default_rng(1).normal(0, 6, (64, dims))
    return (centres[(group + shift) % 64] + rng.normal(0, 1.3, (n, dims))).astype("f4")


def to_pixels(page, coordinates, nth=0):
    """Window pixels of points of a flat map, from Plotly's ranges alone."""
    seen = frame(page, nth)
    places = []
    for k, (name, origin) in enumerate((("x", "left"), ("y", "top"))):
        axis = seen[name]
        share = (coordinates[:, k].astype(float) - axis["range"][0]) / (axis["range"][1] - axis["range"][0])
        places.append(seen[origin] + axis["offset"] + (share if k == 0 else 1 - share) * axis["length"])
    return np.stack(places, axis=1)


def space_to_pixels(page):
    """Window pixels of the points of a 3D map, from the camera's matrices alone."""
    return np.array(page.evaluate(_SPACE_TO_PIXELS))


def colour_given(page, place):
    colour = page.evaluate(_COLOUR, place)
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])


def colour_seen(page, at):
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return np.array(picture.getpixel((round(at[0]), round(at[1]))))


def loneliest(pixels, count=1):
    """Rows whose nearest other point is farthest away on the screen, clear of the frame and of the tools."""
    gaps = ((pixels[:, None] - pixels[None]) ** 2).sum(axis=2)
    np.fill_diagonal(gaps, np.inf)
    clear = (pixels[:, 1] > 320) & (pixels[:, 1] < 720) & (pixels[:, 0] > 120) & (pixels[:, 0] < 1080)
    return [int(row) for row in np.argsort(-gaps.min(axis=1)) if clear[row]][:count]


def distances_from_sides(corners, pixels):
    """Distance of each pixel from each side of a shape drawn clockwise on the screen; positive is inside."""
    sides = zip(corners, np.roll(corners, -1, axis=0), strict=True)
    return np.stack([_left_of(b - a, pixels - a) for a, b in sides], axis=1)


def _left_of(side, offset):
    return (side[0] * offset[:, 1] - side[1] * offset[:, 0]) / np.hypot(*side)
