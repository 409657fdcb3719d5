"""Ready axes, each with seeds, a held-out list, what came out of it, and one line on what to notice.

What stands here was measured, seed 0, with the encoder and the ready collection that the set names; a test measures it
again.
"""

from __future__ import annotations

from typing import NamedTuple

from components.axes.definition import Seeds


class Measured(NamedTuple):
    """What came out.

    Attributes:
        accuracy: leave-one-pair-out.
        p_value: against random axes.
        held_out: area under the curve of the held-out list.
    """

    accuracy: float
    p_value: float
    held_out: float


class ReadyAxis(NamedTuple):
    """An axis that runs on one click.

    Attributes:
        seeds: what it is made from.
        low, high: held-out words that one would expect at either end.
        measured: what came out.
        notice: one line on what to notice.
    """

    seeds: Seeds
    low: tuple[str, ...]
    high: tuple[str, ...]
    measured: Measured
    notice: str


class ReadySet(NamedTuple):
    """Ready axes, and with what they were measured."""

    encoder: str
    collection: str
    axes: tuple[ReadyAxis, ...]


def _words(ends: str, pairs: str, held_out: str, measured: Measured, notice: str) -> ReadyAxis:
    split = [pair.split() for pair in pairs.split(",")]
    lows, highs = tuple(pair[0] for pair in split), tuple(pair[1] for pair in split)
    low, high = held_out.split("|")
    return ReadyAxis(
        Seeds(lows, highs, True, *_ends(ends, lows[0], highs[0])),
        tuple(low.split()),
        tuple(high.split()),
        measured,
        notice,
    )


def _phrases(ends: str, low: str, high: str, measured: Measured, notice: str) -> ReadyAxis:
    lows, highs = (tuple(side.format(shape) for shape in _SHAPES) for side in (low, high))
    held_low, held_high = (tuple(side.format(shape) for shape in _OTHER_SHAPES) for side in (low, high))
    return ReadyAxis(Seeds(lows, highs, True, *_ends(ends, lows[0], highs[0])), held_low, held_high, measured, notice)


def _ends(ends: str, first_low: str, first_high: str) -> tuple[str, str]:
    """What the ends are called; empty where the first pair says it."""
    low, high = ends.split(" ↔ ")
    return ("", "") if (low, high) == (first_low, first_high) else (low, high)


_SHAPES = ("circle", "square", "triangle", "star", "heart", "crescent", "rectangle")
_OTHER_SHAPES = ("ring", "pentagon", "diamond", "cross")


WORDS = ReadySet(
    "MiniLM",
    "words",
    (
        _words(
            "small ↔ large",
            "small large, little big, tiny huge, short tall, narrow wide, miniature giant, minor major",
            "mouse ant crumb village pebble pond cottage | elephant whale mountain city ocean stadium palace",
            Measured(1.0, 0.01, 0.98),
            "No animal and no place is among the seeds, yet 48 of 49 held-out pairs come out right. But simplest and "
            "fewest lie further out than mouse: the words of size pull, not the things.",
        ),
        _words(
            "good ↔ bad",
            "good bad, excellent terrible, wonderful awful, nice nasty, superb dreadful, positive negative, "
            "right wrong",
            "joy love peace friend gift success hero | pain hatred war enemy disaster failure villain",
            Measured(1.0, 0.01, 1.0),
            "Feeling is one of the clearest directions of a sentence encoder: no held-out pair comes out wrong.",
        ),
        _words(
            "cold ↔ hot",
            "cold hot, cool warm, freezing boiling, icy fiery, frozen heated, frosty scorching, colder hotter",
            "ice snow winter january refrigerator arctic glacier | fire sun summer july oven desert volcano",
            Measured(0.857, 0.015, 1.0),
            "January and july are ordered by their weather. One pair of its own comes out wrong: cool and warm.",
        ),
        _words(
            "poor ↔ rich",
            "poor rich, poverty wealth, beggar millionaire, cheap expensive, needy affluent, bankrupt prosperous, "
            "destitute wealthy",
            "slum refugee hunger debt homeless unemployed orphan | "
            "palace yacht banker diamond luxury mansion champagne",
            Measured(1.0, 0.015, 1.0),
            "The low end is misfortune rather than poverty: fallen, borrow and orphan lie there, beside tutor and "
            "tram.",
        ),
        _words(
            "slow ↔ fast",
            "slow fast, slowly quickly, slower faster, slowest fastest, sluggish speedy, delayed prompt, "
            "lazy energetic",
            "snail turtle sloth tractor cart glacier queue | rocket jet cheetah lightning bullet sprint motorcycle",
            Measured(1.0, 0.015, 0.939),
            "It passes, and still its ends are not only about speed: problems and pity lie low, enjoy and delight "
            "high. A direction takes along whatever its seeds share.",
        ),
        _words(
            "female ↔ male",
            "female male, woman man, girl boy, she he, mother father, daughter son, aunt uncle",
            "queen actress nun bride sister wife princess | king actor monk groom brother husband prince",
            Measured(1.0, 0.01, 1.0),
            "Grammar and kinship. Now place nurse, engineer, pilot and dancer along it: where they lie comes from the "
            "texts that the model learnt from.",
        ),
        _words(
            "young ↔ old",
            "young old, youthful elderly, new ancient, youth age, teenager pensioner, junior senior, newborn aged",
            "baby child kitten puppy boy girl toddler | "
            "grandmother grandfather veteran antique retirement fossil widow",
            Measured(1.0, 0.01, 1.0),
            "Persons, animals and things on one direction: kitten lies low, antique and fossil high.",
        ),
        _words(
            "singular ↔ plural",
            "dog dogs, house houses, car cars, child children, man men, book books, apple apples",
            "cat tree woman bird mouse city foot | cats trees women birds mice cities feet",
            Measured(1.0, 0.01, 1.0),
            "Grammar is a direction too, and not one of spelling: mice and feet are told from mouse and foot.",
        ),
        _words(
            "light ↔ heavy",
            "light heavy, lightweight heavyweight, weightless weighty, airy dense, slight bulky, feathery leaden, "
            "flimsy solid",
            "feather paper leaf balloon butterfly silk dust | stone iron elephant truck anchor brick tank",
            Measured(0.571, 0.284, 0.857),
            "It fails its check: lamp, evening and sunshine lie at the light end, because light has two meanings and "
            "one vector. The held-out list still looks good, so one alone would have deceived us.",
        ),
        _words(
            "even ↔ odd",
            "two one, four three, six five, eight seven, ten nine, twelve eleven, fourteen thirteen",
            "sixteen eighteen twenty thirty forty fifty sixty | "
            "fifteen seventeen nineteen twenty-one thirty-one forty-seven fifty-three",
            Measured(0.714, 0.338, 0.735),
            "It fails its check: a clear property of numbers need not be a direction.",
        ),
    ),
)

PICTURES = ReadySet(
    "Scenes CLIP",
    "scenes",
    (
        _phrases(
            "small ↔ large",
            "a small {}",
            "a large {}",
            Measured(1.0, 0.01, 1.0),
            "Words place pictures: of all pairs of a picture captioned small and one captioned large, 85 % come out "
            "right. Shape plays in as well: of a star and a circle, the star lies lower in 83 %.",
        ),
        _phrases(
            "blue ↔ red",
            "a blue {}",
            "a red {}",
            Measured(1.0, 0.01, 1.0),
            "95 % of all pairs of a blue and a red thing come out right, whatever their shape.",
        ),
        _phrases(
            "one ↔ three",
            "one {}",
            "three {}s",
            Measured(1.0, 0.01, 1.0),
            "Every picture of three lies above every picture of one. It is no scale for counting: of three and four, "
            "four lies higher in 74 % only.",
        ),
        _phrases(
            "on the left ↔ on the right",
            "a {} on the left",
            "a {} on the right",
            Measured(1.0, 0.01, 1.0),
            "Every thing on the right lies above every thing on the left: this model knows where a thing stands.",
        ),
        _phrases(
            "left of ↔ right of",
            "a {} left of a hexagon",
            "a {} right of a hexagon",
            Measured(1.0, 0.01, 1.0),
            "The words pass their check, but the pictures do not follow: of pairs captioned left of and right of, "
            "42 % come out right; a coin would do better. The check is about the seeds.",
        ),
        _phrases(
            "cheap ↔ expensive",
            "a cheap {}",
            "an expensive {}",
            Measured(1.0, 0.318, 0.688),
            "It fails its check: this model never met these words. A direction comes out all the same, and along it "
            "lies how many things there are.",
        ),
    ),
)
