"""The table of bias probes: what each measures, what it needs, and what it cannot say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from inspect import signature
from typing import Any, cast

from embeddings.bias.probe import Input, ProbeSpec
from embeddings.bias.word_sets import ASSOCIATION, Rules
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.ranks import Progress
from embeddings.space import Space

SPACE = Input("space", "space", "Space", "The collection as one encoder sees it.")
X = Input("x", "words", "X", "Targets of one kind, such as flowers.", "rose, tulip, daisy, lily")
Y = Input("y", "words", "Y", "As many targets of another kind, such as insects.", "ant, flea, wasp, moth")
A = Input("a", "words", "A", "Attributes that X may be nearer to, such as pleasant words.", "love, peace, joy")
B = Input("b", "words", "B", "Attributes that Y may be nearer to, such as unpleasant words.", "ugly, poison, grief")
PAIRS = Input(
    *("pairs", "pairs", "Pairs", "The direction points from the second words to the first."),
    "she, he\nwoman, man\ndaughter, son",
)
NEUTRAL = Input("words", "words", "Words", "Words that should be neutral between them.", "nurse, engineer, pilot")
GROUP_1 = Input("group_1", "words", "Group 1", "Words that stand for one group.", "she, woman, girl")
GROUP_2 = Input("group_2", "words", "Group 2", "Words that stand for another.", "he, man, boy")
COLUMN = Input(
    *("groups", "column", "Groups are in the column"),
    "Items without a value in it are left out. It is taken as right.",
)
QUERY = Input(
    *("query", "query", "Search for"),
    "Any text that the encoder reads, an item of the collection, or #12 for the item of that number.",
    "CEO",
)
NAMES = Input("labels", "labels", "Names on offer", "What the labels are called.")
_PICTURES = "Pictures, or words where the encoder reads too, that {} may be nearer to."

_NO_HARM = "It measures nearness in vectors, not harm to anyone. "
_NO_ABSENCE = "That nothing is found does not show that there is no bias. "
_APART = Rules(apart=(("Group 1", "Group 2"),))

PROBES: dict[str, ProbeSpec] = {
    "WEAT": ProbeSpec(
        "Are X nearer to A, and Y to B, than the other way round?",
        "Difference of mean cosines, in standard deviations, with a permutation test over X and Y.",
        "Caliskan, Bryson & Narayanan 2017",
        "A single word can carry the effect, and other words of the same meaning can undo it: look at the bars without "
        "each word and at random words.",
        _NO_HARM + _NO_ABSENCE + "The effect is relative: it cannot say which of the four sets it comes from.",
        (SPACE, X, Y, A, B),
        "embeddings.bias.association:weat",
        "effect_size",
        "X goes with A and Y with B; below 0 the other way round. It lies between −2 and 2.",
        0.0,
        ASSOCIATION,
        quick=False,
    ),
    "SEAT": ProbeSpec(
        "The same for a sentence encoder: does it hold when the words stand in sentences?",
        "The association test over sentences that say little but hold the words.",
        "May, Wang, Bordia, Bowman & Rudinger 2019",
        "Sentences of one word are not independent, so p is too small unless each word counts once; templates matter.",
        _NO_HARM + _NO_ABSENCE + "Its authors doubt that its assumptions hold for every encoder.",
        (SPACE, X, Y, A, B),
        "embeddings.bias.sentences:seat",
        "effect_size",
        "X goes with A and Y with B; below 0 the other way round. It lies between −2 and 2.",
        0.0,
        ASSOCIATION,
        quick=False,
    ),
    "iEAT": ProbeSpec(
        "The same for pictures: which pictures are nearer to which?",
        "The association test over rows of pictures.",
        "Steed & Caliskan 2021",
        "Background, lighting and style of the chosen pictures can make the effect.",
        _NO_HARM + _NO_ABSENCE + "It cannot say what in the pictures the encoder went by.",
        (
            SPACE,
            Input(
                *("x", "words", "X"),
                "Pictures of one kind: #12, #20-#30, or what a column says, such as shape=circle.",
                "shape=circle",
            ),
            Input("y", "words", "Y", "As many pictures of another kind.", "shape=square"),
            Input("a", "words", "A", _PICTURES.format("X"), "#1, #2, #3"),
            Input("b", "words", "B", _PICTURES.format("Y"), "#4, #5, #6"),
        ),
        "embeddings.bias.association:weat",
        "effect_size",
        "X goes with A and Y with B; below 0 the other way round. It lies between −2 and 2.",
        0.0,
        ASSOCIATION,
        quick=False,
    ),
    "WEFAT": ProbeSpec(
        "Do associations follow a number from the world, such as the share of women in an occupation?",
        "Each word's association with A against B, correlated with your column.",
        "Caliskan, Bryson & Narayanan 2017",
        "Few words give a wide interval, and one word far out can make the correlation.",
        _NO_HARM + "A correlation does not say that the vectors were made by the numbers, nor that either is right.",
        (
            SPACE,
            Input("words", "words", "Words", "The items of your table, such as occupations."),
            Input("values", "numbers", "Values", "One number for each word; empty where it is not known."),
            Input("a", "words", "A", "Attributes that items with large numbers may be nearer to.", "she, woman, her"),
            Input("b", "words", "B", "Attributes that items with small numbers may be nearer to.", "he, man, his"),
        ),
        "embeddings.bias.word_by_word:wefat",
        "r",
        "words with larger numbers are nearer to A; below 0 nearer to B. It lies between −1 and 1.",
        0.0,
        Rules(apart=(("A", "B"),)),
    ),
    "Direct bias": ProbeSpec(
        "How far do words that should be neutral lean along the direction of the pairs?",
        "Mean size of their cosine with the first principal component of the pairs.",
        "Bolukbasi, Chang, Zou, Saligrama & Kalai 2016",
        "It is worth as much as the direction: compare the variance explained with that of random pairs.",
        _NO_HARM + "A bias of 0 along one direction can still be told from neighbours (Gonen & Goldberg 2019).",
        (SPACE, PAIRS, NEUTRAL),
        "embeddings.bias.direction:direct_bias",
        "value",
        "stronger leanings to either side; compare with all items of the space. It lies between 0 and 1.",
        0.0,
    ),
    "RIPA": ProbeSpec(
        "How far does each word lean to one word of a pair?",
        "Inner product of the word with the difference of the pair at length 1.",
        "Ethayarajh, Duvenaud & Hirst 2019",
        "Raw vectors are the definition, so long vectors weigh more; the switch brings all to length 1.",
        _NO_HARM + "Figures of encoders whose vectors differ in length cannot be compared.",
        (SPACE, PAIRS, NEUTRAL),
        "embeddings.bias.ripa:ripa",
        "value",
        "stronger leanings to either side.",
        0.0,
    ),
    "RND": ProbeSpec(
        "Are words nearer to one group or to the other?",
        "Distance from the mean of group 1 minus that from the mean of group 2.",
        "Garg, Schiebinger, Jurafsky & Zou 2018",
        "Means of several words are shorter than single ones, and raw vectors let long ones rule.",
        _NO_HARM + _NO_ABSENCE + "It was made to compare years of one corpus, not encoders.",
        (SPACE, GROUP_1, GROUP_2, NEUTRAL),
        "embeddings.bias.norm_distance:rnd",
        "value",
        "the words are nearer to group 2; below 0 to group 1.",
        0.0,
        _APART,
    ),
    "RNSB": ProbeSpec(
        "Does a classifier of good and bad words find some groups worse than others?",
        "How far the groups' shares of negative probability are from equal.",
        "Sweeney & Najafian 2019",
        "Leaving out a fifth of the lexicon can change it by a factor of two: see the ten splits.",
        _NO_HARM + "It grows with the number of words and cannot be compared between lists.",
        (
            SPACE,
            Input("positive", "words", "Positive", "Words of praise, at least 5.", "love, peace, joy"),
            Input("negative", "words", "Negative", "Words of blame, at least 5.", "ugly, poison, grief"),
            Input("words", "words", "Words", "Words that stand for groups."),
        ),
        "embeddings.bias.negative_sentiment:rnsb",
        "value",
        "less even; compare with random items of the space. It is 0 or more.",
        0.0,
        Rules(apart=(("Positive", "Negative"),), large=("Positive", "Negative")),
    ),
    "MAC": ProbeSpec(
        "How near are words to attributes of many groups at once?",
        "Mean cosine distance of each word to each attribute set.",
        "Manzini, Lim, Tsvetkov & Black 2019",
        "Some packages give the similarity instead: look which one it is. Where all items are near each other, it is "
        "low without any bias.",
        _NO_HARM + "Equal values for all groups are no bias between them, whatever their size.",
        (SPACE, NEUTRAL, Input("attributes", "word lists", "Attributes", "Lists of attributes, one for each group.")),
        "embeddings.bias.mean_cosine:mac",
        "value",
        "less association; 1 is none. It lies between 0 and 2.",
        1.0,
        Rules(fewest=1),
    ),
    "ECT": ProbeSpec(
        "Do words stand in the same order seen from either group?",
        "Rank correlation of the words' cosines with the means of both groups.",
        "Dev & Phillips 2019",
        "Groups of like words agree on almost anything, so it is near 1 in most spaces.",
        _NO_HARM + "One group can be nearer to all words and the test still give 1.",
        (SPACE, GROUP_1, GROUP_2, NEUTRAL),
        "embeddings.bias.coherence:ect",
        "value",
        "more coherent, that is less biased; 1 is the same order. It lies between −1 and 1.",
        1.0,
        _APART,
    ),
    "Search skew": ProbeSpec(
        "Whom does a search show first?",
        "Groups among the first results against their shares, with random orders beside them.",
        "Geyik, Ambler & Kenthapadi 2019",
        "With equal shares expected, an uneven collection is a skew before any search; the labels are taken as right.",
        _NO_ABSENCE + "A skew is a fact about this query and this collection, not about people.",
        (SPACE, QUERY, COLUMN),
        "embeddings.bias.search_skew:search_skew",
        "ndkl",
        "less even, early places weighing more; see Skew@k for who is favoured. It is 0 or more.",
        0.0,
        quick=False,
    ),
    "Zero-shot skew": ProbeSpec(
        "Are groups named differently?",
        "Share of each group that gets each label, with Wilson intervals.",
        "after Agarwal et al. 2021",
        "The choice and wording of the labels decides: an item must get one of them, even where none fits.",
        _NO_ABSENCE + "Different rates are no bias where the groups truly differ in what is shown.",
        (
            Input("predicted", "predictions", "Predictions", "The label of each item."),
            COLUMN,
            NAMES,
        ),
        "embeddings.bias.label_skew:label_skew",
        "max_spread",
        "groups are named more differently. It lies between 0 and 1.",
        0.0,
        quick=False,
    ),
    "What remains": ProbeSpec(
        "Is the bias gone after debiasing, or only hidden?",
        "A classifier, clusters and neighbours of the most biased words, before and after.",
        "Gonen & Goldberg 2019",
        "Clusters are not robust; go by the classifier and by the neighbours.",
        "That a classifier fails does not show that all is gone: another may succeed.",
        (
            SPACE,
            Input("after", "space", "Debiased space", "The same items after debiasing."),
            Input("direction", "direction", "Direction", "The direction of the bias in the original space."),
        ),
        "embeddings.bias.remaining:what_remains",
        "still_told",
        "the sides can still be told apart; half is chance. It lies between 0 and 1.",
        0.5,
        quick=False,
    ),
}


def find_probe(name: str) -> ProbeSpec:
    """The table's row of a probe.

    Raises:
        EmbeddingError: there is no such probe.
    """
    if name not in PROBES:
        raise EmbeddingError(f"There is no probe “{name}”; choose one of {', '.join(PROBES)}.")
    return PROBES[name]


def load_probe(name: str) -> Callable[..., Any]:
    """The function of a probe, its module imported now.

    Raises:
        EmbeddingError: there is no such probe.
    """
    module, function = find_probe(name).factory.split(":")
    return cast(Callable[..., Any], getattr(import_module(module), function))


def run_probe(
    space: Space, probe: str, *, vectors_of: VectorsOf = NONE_GIVEN, on_progress: Progress | None = None, **inputs: Any
) -> Any:
    """One probe of the table over a space.

    Args:
        space: the first input of the probe, unless it looks at none.
        probe: a name in PROBES.
        vectors_of: vectors of words that the space does not hold, for a probe that takes them.
        on_progress: told (done, total) by probes that say it.
        inputs: the others, and any of its settings.

    Raises:
        EmbeddingError: there is no such probe, or its inputs cannot be used.
    """
    run = load_probe(probe)
    also = {"vectors_of": vectors_of, "on_progress": on_progress}
    taken = {name: value for name, value in also.items() if name in signature(run).parameters}
    first = [space] if find_probe(probe).inputs[0].form == "space" else []
    return run(*first, **inputs, **taken)


def run_probes(
    space: Space,
    asked: Sequence[tuple[str, Mapping[str, Any]]],
    *,
    vectors_of: VectorsOf = NONE_GIVEN,
    on_progress: Progress | None = None,
) -> tuple[Any, ...]:
    """Several probes over one space: of each its result, or the error that says why it has none."""
    found: list[Any] = []
    for done, (probe, inputs) in enumerate(asked, 1):
        try:
            found.append(run_probe(space, probe, vectors_of=vectors_of, **inputs))
        except EmbeddingError as error:
            found.append(error)
        if on_progress is not None:
            on_progress(done, len(asked))
    return tuple(found)
