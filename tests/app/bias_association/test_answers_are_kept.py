"""After a restart of the web process the Bias pages answer from the store: nothing is computed or encoded again."""

import pytest
from driving import said
from garden_sets import SETS

from components.kit import caching
from components.views.bias_inputs import sets_to_text
from embeddings.jobs import computing, encoding

PAGE = {"collection": "sentences", "encoder": "Character n-grams"}
TESTED = {"test": "own", "sets": sets_to_text(SETS), "encoders": "Character n-grams", "tested": "1"}
TAKEN_OUT = {
    "probe": "Direction and debiasing", "direction_part": "Take it out?", "candidates": "The collection",
    "bias_pairs": "warm, cold\nold, new", "bias_words": "bread, river", "bias_keep": "", "taken_out": "1",
    "debias_tests": "", "debias_search": "bread", "debias_names": "bread, river",
}  # fmt: skip


@pytest.fixture
def restart(monkeypatch):
    """As in a new process: nothing is in memory, and no worker answers."""

    submit = computing.submit_reporting

    def refuse(*asked, **how):
        # The map, which every test opens first, may still be drawn.
        if asked[2] in ("association", "debiasing", "probe", "vectors"):
            pytest.fail(f"a worker was asked: {asked}")
        return submit(*asked, **how)

    def forget():
        caching.outcomes.cache_clear()
        monkeypatch.setattr(computing, "submit_reporting", refuse)
        for name in ("submit", "submit_reporting"):
            monkeypatch.setattr(encoding, name, lambda *_, **__: pytest.fail("an encoder was asked"))

    return forget


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (TESTED, "Effect size d ="),
        ({**TESTED, "over": "Sentences"}, "Effect size d ="),
        ({**TESTED, "test": "all", "sets": ""}, "are told from chance"),
        (TAKEN_OUT, "Every probe before and after"),
    ],
)
def test_an_answer_survives_a_restart(open_page, restart, link, words):
    before = open_page("bias.py", **PAGE, **link)
    assert words in said(before)
    restart()
    after = open_page("bias.py", **PAGE, **link)
    assert not after.exception
    assert said(after) == said(before)


def test_a_correlation_survives_a_restart(open_sets, restart):
    link = {"over": "Against a column", "column_sets": sets_to_text((SETS[2], SETS[3])), "column": "size"}
    before = open_sets(**link)
    restart()
    assert "95 % interval" in said(open_sets(**link))
    assert said(open_sets(**link)) == said(before)
