"""Sums worth trying, in groups, each with what it is expected to give and what to notice.

What a line claims was checked with the encoder and the candidates of its set; a test checks the first answers again.
"""

from __future__ import annotations

from typing import NamedTuple


class Example(NamedTuple):
    """A sum that runs on one click.

    Attributes:
        sum: the expression.
        expected: the answer that a reader would give.
        first: what comes first by 3CosAdd, inputs left out, with the encoder and the candidates of its set.
        notice: one line on what to notice.
    """

    sum: str
    expected: str
    first: str
    notice: str


class ExampleSet(NamedTuple):
    """Examples in groups, and what their lines were checked with."""

    encoder: str
    checked_with: str
    groups: dict[str, tuple[Example, ...]]


_FAMILY = (
    Example(
        "king - man + woman",
        "queen",
        "queen",
        "Let inputs be answers: by 3CosAdd king and woman then stand before queen. Leaving them out is half the trick.",
    ),
    Example(
        "actor - man + woman",
        "actress",
        "actress",
        "Comes first even when inputs may be answers, and neither actor nor woman alone finds it: the sum does work.",
    ),
    Example(
        "nephew - man + woman",
        "niece",
        "niece",
        "Nearest to nephew alone is grandson: taking man away turns the direction.",
    ),
    Example(
        "uncle - man + woman",
        "aunt",
        "grandmother",
        "Grandmother wins by 3CosAdd and 3CosMul; only PairDirection, which looks at the direction alone, gives aunt.",
    ),
)
_CAPITALS = (
    Example(
        "tokyo - japan + china",
        "beijing",
        "beijing",
        "Nearest to china alone is shanghai, and nearest to tokyo alone is mumbai: only the sum asks for a capital.",
    ),
    Example(
        "london - england + france",
        "paris",
        "paris",
        "Nearest to france alone is germany; the sum turns from countries to cities.",
    ),
    Example(
        "paris - france + japan",
        "tokyo",
        "tokyo",
        "A success that proves nothing: tokyo is the word nearest to japan alone.",
    ),
)
_PLURALS = (
    Example(
        "women - woman + man",
        "men",
        "men",
        "Nearest to man alone is a misspelling, mans; the sum finds the irregular plural.",
    ),
    Example(
        "men - man + child",
        "children",
        "children",
        "Both plurals are irregular, so spelling cannot help; PairDirection has children only fifth.",
    ),
    Example(
        "cats - cat + dog",
        "dogs",
        "dogs",
        "The highest score of these, and no proof: dogs is the word nearest to dog alone.",
    ),
)
_COMPARATIVES = (
    Example(
        "bigger - big + small",
        "smaller",
        "smaller",
        "First by all three methods, inputs left out or not; the word nearest to small alone is tiny.",
    ),
    Example(
        "better - good + strong",
        "stronger",
        "stronger",
        "An irregular pair finds a regular one. But stronger is nearest to strong alone as well.",
    ),
    Example(
        "best - good + bad",
        "worst",
        "worst",
        "Worst is also nearest to best alone: words of opposite meaning stand in the same sentences.",
    ),
)
_VERBS = (
    Example(
        "played - play + run",
        "ran",
        "ran",
        "A regular past finds an irregular one; nearest to run alone is running.",
    ),
    Example(
        "wrote - write + sing",
        "sang",
        "sings",
        "The methods disagree: 3CosAdd says sings, 3CosMul and PairDirection say sang.",
    ),
    Example(
        "saw - see + hear",
        "heard",
        "heard",
        "PairDirection goes to timber, because a saw is also a tool: a word has one vector for all its meanings.",
    ),
)
_OTHER = (
    Example(
        "euro - europe + japan",
        "yen",
        "yen",
        "Neither euro nor japan alone has yen as its nearest: they have euros and tokyo.",
    ),
    Example(
        "spanish - spain + russia",
        "russian",
        "russian",
        "First by all three methods, inputs left out or not; nearest to spanish alone is english.",
    ),
    Example(
        "puppy - dog + cat",
        "kitten",
        "kitten",
        "First by all three methods, inputs left out or not; nearest to cat alone is cats.",
    ),
)
_FAILING = (
    Example(
        "paris - france + spain",
        "madrid",
        "barcelona",
        "The sum is worse than no sum: madrid is the word nearest to spain alone, and the sum moves away from it.",
    ),
    Example(
        "good - bad + sad",
        "happy",
        "well",
        "Opposites are no direction here: good and bad stand in the same sentences, so their difference says little.",
    ),
    Example(
        "dollar - america + britain",
        "pound",
        "currency",
        "The kind of thing is found and the thing itself is not: a pound is also a weight.",
    ),
    Example(
        "day - light + dark",
        "night",
        "days",
        "The answers stay near day: light and dark are so alike that their difference hardly moves the sum.",
    ),
    Example(
        "doctor - man + woman",
        "nurse",
        "doctors",
        "Told as “doctor becomes nurse”. Let inputs be answers, and doctor itself comes first (Nissim et al. 2020).",
    ),
)

WORDS = ExampleSet(
    "MiniLM",
    "MiniLM over 12,000 frequent words",
    {
        "Family": _FAMILY,
        "Capitals": _CAPITALS,
        "Plurals": _PLURALS,
        "Comparatives": _COMPARATIVES,
        "Verb forms": _VERBS,
        "Currencies and others": _OTHER,
        "Ones that fail": _FAILING,
    },
)

SCENES = ExampleSet(
    "Scenes CLIP",
    "Scenes CLIP over the drawn scenes",
    {
        "Another shape": (
            Example(
                "#4 - arrow + heart",
                "#514",
                "#514",
                "A red arrow on sand becomes a red heart on sand; neither picture nor word alone has it first.",
            ),
            Example(
                "#102 - crescent + diamond",
                "#40",
                "#40",
                "Two purple crescents become two diamonds. But nearest to the word diamond alone is that picture, too.",
            ),
        ),
        "Another colour": (
            Example(
                "#35 - black + red",
                "#197",
                "#197",
                "Four black crosses become four red ones: their number and paper stay.",
            ),
            Example(
                "#12 - cyan + black",
                "#58",
                "#58",
                "A small cyan oval on yellow becomes a small black one.",
            ),
            Example(
                "#89 - cyan + orange",
                "#112",
                "#112",
                "A success that proves nothing: four orange stars are nearest to the four cyan ones alone.",
            ),
        ),
        "Pictures alone": (
            Example(
                "#247 - #334 + #12",
                "#58",
                "#58",
                "From a cyan to a black hexagon as from a cyan to a black oval; first even when inputs may be answers.",
            ),
        ),
        "Ones that fail": (
            Example(
                "#365 - left of + right of",
                "#433",
                "#526",
                "The words move nothing: who stands left of whom is hardly in these vectors; an equal scene returns.",
            ),
        ),
    },
)


def find_example(examples: ExampleSet, text: str) -> Example | None:
    """The example that a sum is, if it is one."""
    return next((each for group in examples.groups.values() for each in group if each.sum == text.strip()), None)
