"""From a description to words: one plain wording, or a random one of the grammar."""

from __future__ import annotations

from random import Random

from embeddings.scenes.scene import Scene, Thing
from embeddings.scenes.things import ANY_DIGIT, COLOURS, DIGITS

_NUMBERS = ("", "one", "two", "three", "four")
_RELATIONS = {
    "left of": ("left of", "to the left of", "on the left of"),
    "right of": ("right of", "to the right of", "on the right of"),
    "above": ("above", "over"),
    "below": ("below", "under", "beneath"),
    "inside": ("inside", "within", "in"),
    "around": ("around",),
    "": ("and", "next to", "with", "beside"),
}
_BACKGROUNDS = {
    "gradient": ("on a gradient", "on a gradient background"),
    "night": ("at night", "at night", "by night", "in the night", "under the stars"),
    "grass": ("on grass", "on the grass", "on a meadow", "in the grass"),
    "sand": ("on sand", "on the sand", "in the sand", "on the beach"),
    "snow": ("in snow", "in the snow", "on snow"),
    "sea": ("at sea", "at sea", "on the sea", "on water", "in the sea"),
}
_TEXTURES = {
    "striped": ("striped", "striped", "stripy"),
    "dotted": ("dotted", "dotted", "spotted"),
    "checked": ("checked", "checked", "checkered", "chequered"),
    "outlined": ("outlined", "outlined", "hollow"),
    "plain": ("plain", "solid"),
}
_SIZES = {"small": ("small", "small", "little", "tiny"), "large": ("large", "large", "big", "huge"), "medium": ("",)}
_SYNONYMS = {
    "grey": ("grey", "grey", "gray"),
    "purple": ("purple", "purple", "violet"),
    "circle": ("circle", "circle", "circle", "disc", "disk"),
    "oval": ("oval", "oval", "ellipse"),
    "cross": ("cross", "cross", "plus"),
    "diamond": ("diamond", "diamond", "rhombus"),
    "crescent": ("crescent", "crescent", "moon"),
    "centre": ("centre", "centre", "middle", "center"),
}
_FRAMES = (
    "a picture of", "an image of", "a photo of", "a drawing of", "a photograph of", "a painting of", "an icon of",
    "a sketch of", "a scene with", "a picture with", "there is", "this is", "we see", "here is", "it shows",
    "this image shows", "the picture shows", "this image but", "the image of", "an illustration of",
)  # fmt: skip
_DIGIT_FORMS = (
    "a handwritten {}", "the digit {}", "a handwritten digit {}", "handwritten digit {}", "the number {}", "number {}",
    "a {}", "the handwritten number {}", "digit {}", "{}", "{} written by hand",
)  # fmt: skip

_ANY_DIGIT = ("a handwritten digit", "a handwritten number", "a digit", "handwritten digits", "a number")


def say(scene: Scene, rng: Random | None = None) -> str:
    """The scene in words; without `rng` the plain wording, which is the same every time.

    Raises:
        ValueError: the description is empty.
    """
    words = _Words(rng)
    text = _digit(scene.digit, words) if scene.digit else _things(scene, words)
    if not text:
        raise ValueError("scene must say something, got an empty description")
    if words.now_and_then(0.3):
        text = f"{words.one_of(_FRAMES)} {text}"
    return text


class _Words:
    """Chooses among wordings; the first one of each where nothing is left to chance."""

    def __init__(self, rng: Random | None) -> None:
        self._rng = rng

    def one_of(self, wordings: tuple[str, ...]) -> str:
        return self._rng.choice(wordings) if self._rng else wordings[0]

    def now_and_then(self, share: float) -> bool:
        return self._rng is not None and self._rng.random() < share

    def synonym(self, word: str) -> str:
        return self.one_of(_SYNONYMS.get(word, (word,)))


def _digit(digit: str, words: _Words) -> str:
    if digit == ANY_DIGIT:
        return words.one_of(_ANY_DIGIT)
    name = str(DIGITS.index(digit)) if words.now_and_then(0.45) else digit
    return words.one_of(_DIGIT_FORMS).format(name)


def _things(scene: Scene, words: _Words) -> str:
    parts = [_subject(scene, words)]
    if scene.other != Thing():
        parts += [words.one_of(_RELATIONS[scene.relation]), _phrase(scene.other, 1, words)]
    if scene.position:
        parts.append(_position(scene.position, words))
    if scene.background:
        background = _background(scene.background, words)
        parts.append(background if any(parts) else _bare(background, words))
    return " ".join(part for part in parts if part)


def _subject(scene: Scene, words: _Words) -> str:
    if scene.thing == Thing():
        return f"{_NUMBERS[scene.count]} things" if scene.count > 1 else ""
    paired = scene.other != Thing()
    bare = paired and words.now_and_then(0.3)
    return _phrase(scene.thing, 0 if bare else scene.count, words)


def _phrase(thing: Thing, count: int, words: _Words) -> str:
    size = words.one_of(_SIZES[thing.size]) if thing.size else ""
    texture = words.one_of(_TEXTURES[thing.texture]) if thing.texture else ""
    colour = words.synonym(thing.colour)
    traits = [word for word in (size, texture, colour) if word]
    if not thing.shape and not count:
        return " ".join(["something", *traits] if words.now_and_then(0.3) else traits)
    shape = words.synonym(thing.shape) if thing.shape else words.one_of(("thing", "shape", "object"))
    phrase = " ".join([*traits, plural(shape) if count > 1 else shape])
    if count > 1:
        return f"{_NUMBERS[count] if not words.now_and_then(0.15) else count} {phrase}"
    return _article(phrase, words) if count else phrase


def _article(phrase: str, words: _Words) -> str:
    if words.now_and_then(0.15):
        return f"{words.one_of(('the', 'one', 'a single'))} {phrase}"
    return f"{'an' if phrase[0] in 'aeiou' else 'a'} {phrase}"


def plural(shape: str) -> str:
    """Several of a shape."""
    return {"cross": "crosses", "plus": "pluses", "rhombus": "rhombuses"}.get(shape, f"{shape}s")


def _position(position: str, words: _Words) -> str:
    if position == "centre":
        return f"{words.one_of(('in', 'at'))} the {words.synonym(position)}"
    if " " in position:
        return words.one_of((f"in the {position} corner", f"at the {position}", f"in the {position}"))
    if position in ("left", "right"):
        beside = f"on the {position}"
        return words.one_of((beside, beside, f"at the {position}", f"{beside} side"))
    return f"at the {position}"


def _background(background: str, words: _Words) -> str:
    if background not in COLOURS:
        return words.one_of(_BACKGROUNDS[background])
    colour = words.synonym(background)
    article = "an" if colour[0] in "aeiou" else "a"
    usual = f"{article} {colour} background"
    return words.one_of((f"on {usual}", f"on {colour}", f"on {usual}", f"against {usual}", f"with {usual}"))


def _bare(background: str, words: _Words) -> str:
    """A background on its own: sometimes without its preposition."""
    return background.split(" ", 1)[1] if words.now_and_then(0.4) else background
