"""An axis in a link."""

import pytest
from size_axis import SEEDS

from components.axes.definition import Seeds, from_text, to_text
from embeddings.errors import EmbeddingError


@pytest.mark.parametrize(
    "seeds",
    [
        SEEDS,
        Seeds(("a", "b"), ("c", "d"), False),
        Seeds(("100 %", "a*b~c"), ("%2A", "ß ↔ ü"), True, "low*", "high~", "my axis"),
        Seeds(("one",), ("two", "three", "vier"), False, name="only a name"),
    ],
)
def test_a_link_carries_seeds_exactly(seeds):
    assert from_text(to_text(seeds)) == seeds


def test_the_text_of_a_link_is_short():
    assert to_text(Seeds(("small", "little"), ("large", "big"))) == "pairs*small~large*little~big"
    assert to_text(Seeds(("a", "b"), ("c",), False, "low")) == "lists~~low~*a~b*c"


@pytest.mark.parametrize(
    "text",
    [
        *("", "pairs", "pair*a~b", "pairs*a", "pairs*a~b~c", "pairs*a~", "lists*a~b", "lists*a*b*c", "pairs~x*a~b"),
        *("pairs*a%~b", "pairs*a%2a~b", "pairs* a~b", "pairs~~l\n~h*a~b", "<script>", "pairs*" + "~" * 500),
    ],
)
def test_a_malformed_link_is_answered(text):
    with pytest.raises(EmbeddingError, match="The axis in this link cannot be read: "):
        from_text(text)
