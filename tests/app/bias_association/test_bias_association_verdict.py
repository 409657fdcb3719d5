"""What is said of an association test, and what it cannot say."""

from dataclasses import replace

import pytest
from garden_sets import NAMES

from components.views.association_settings import reading
from components.views.association_tests import Measured
from components.views.effect_sizes import standing_of, verdict
from embeddings.bias.effect import Bounds
from embeddings.bias.probes import PROBES


def test_verdicts_tell_the_four_cases_apart(garden, measured):
    sure = replace(measured.test, p_two_sided=0.01, interval=Bounds(0.5, 1.9))
    null = replace(measured.null, p_value=0.01)
    assert standing_of(Measured(sure, null=null)) == "stands"
    assert standing_of(Measured(replace(sure, interval=Bounds(-0.1, 1.9)), null=null)) == "fragile"
    assert standing_of(Measured(sure, null=replace(null, p_value=0.2))) == "ordinary"
    assert standing_of(Measured(replace(sure, p_two_sided=0.06), null=null)) == "nothing"
    reverse = verdict(Measured(replace(sure, effect_size=-1.0)), NAMES, garden.collection)
    assert reverse.heading.startswith("Flowers go with Unpleasant, Insects with Pleasant")
    nothing = verdict(Measured(replace(sure, p_two_sided=0.5)), NAMES, garden.collection)
    assert "does not show that there is nothing" in nothing.heading


@pytest.mark.parametrize("probe", ["WEAT", "SEAT", "iEAT", "WEFAT"])
def test_every_probe_says_what_it_depends_on_and_what_it_cannot_say(probe):
    said = " ".join(reading(probe))
    assert PROBES[probe].caveat in said
    assert "**not harm**" in said
    assert "**No effect is no proof of no bias**" in said
    assert said.count("harm") == 1
    assert ("straight line" in said) == (probe == "WEFAT")
