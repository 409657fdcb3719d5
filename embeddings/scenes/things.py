"""What a drawn scene can show: the closed lists behind captions, drawing and truth."""

from __future__ import annotations

SHAPES = (
    "circle", "square", "triangle", "star", "hexagon", "pentagon", "diamond", "cross", "heart", "ring", "crescent",
    "arrow", "oval", "rectangle",
)  # fmt: skip
COLOURS = (
    "red", "green", "blue", "yellow", "orange", "purple", "pink", "brown", "black", "white", "grey", "cyan",
)  # fmt: skip
SIZES = ("small", "medium", "large")
TEXTURES = ("plain", "striped", "dotted", "checked", "outlined")
COUNTS = (1, 2, 3, 4)
CORNERS = ("top left", "top right", "bottom left", "bottom right")
POSITIONS = ("left", "right", "top", "bottom", "centre", *CORNERS)
RELATIONS = ("left of", "right of", "above", "below", "inside", "around")
INVERSE = {
    "left of": "right of", "right of": "left of", "above": "below", "below": "above", "inside": "around",
    "around": "inside", "": "",
}  # fmt: skip
SCENERY = ("gradient", "night", "grass", "sand", "snow", "sea")
BACKGROUNDS = (*COLOURS, *SCENERY)
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ANY_DIGIT = "any"

# Shapes with room for something inside.
HOSTS = ("circle", "square", "hexagon", "pentagon", "oval", "rectangle", "diamond", "heart")

# Colours that would hardly show on a scenery.
_HARD_TO_SEE = {
    "night": ("black",),
    "grass": ("green",),
    "sand": ("yellow", "brown"),
    "snow": ("white",),
    "sea": ("blue", "cyan"),
}
# A scenery that some would also call by these colours: neither true nor false.
ALSO_CALLED = {
    "gradient": COLOURS,
    "night": ("black", "blue"),
    "grass": ("green",),
    "sand": ("yellow", "brown", "orange"),
    "snow": ("white", "grey"),
    "sea": ("blue", "cyan"),
}


def shows_on(colour: str, background: str) -> bool:
    """Whether a thing of this colour can be told from the background."""
    return colour != background and colour not in _HARD_TO_SEE.get(background, ())
