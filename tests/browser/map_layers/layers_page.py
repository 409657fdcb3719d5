"""What the demo of layers draws, worked out without the map’s own code, and what is seen of it."""

import numpy as np
from map_page import settled

TOPICS = ["weather", "music", "kitchen", "harbour"]
CENTRES = np.array([(0, 0), (10, 0), (0, 10), (10, 10)], dtype=float)
ROW = 117  # the outermost of “music”, with a halo of .5; nothing else lies beyond it
_BOXES = """(selector) => Array.from(document.querySelectorAll(selector), (part) => {
  const { left, top, right, bottom } = part.getBoundingClientRect()
  return [left, top, right, bottom]
})"""


def demo_points(n=120):
    """The coordinates of the demo: four sunflowers of radius 2 on the corners of a square of side 10."""
    turn = np.arange(n) // 4
    reach, angle = 2 * np.sqrt((turn + 0.5) / (n / 4)), turn * 2.39996
    return CENTRES[np.arange(n) % 4] + np.stack([reach * np.cos(angle), reach * np.sin(angle)], axis=1)


def boxes(page, selector):
    return np.array(page.evaluate(_BOXES, selector))


def middles(found):
    return (found[:, :2] + found[:, 2:]) / 2


def only(page, topic):
    page.get_by_role("button", name=topic).click()
    settled(page)
