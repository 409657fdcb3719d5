"""What is said of a relation."""

from dataclasses import replace

import pytest
from pair_offsets import offsets_of

from components.views.offset_arrows import short
from components.views.one_relation import plane_sentence, verdict
from components.views.relation_pairs import coverage_sentence


@pytest.mark.parametrize(
    ("mean", "shuffled", "said"),
    [
        (0.41, 0.12, "in much the same direction**: the mean cosine of two differences is **.41**, against **.12**"),
        (0.2, 0.05, "share a direction in part"),
        (0.1, 0.0, "hardly share a direction"),
        (0.02, 0.0, "no direction in common"),
        (0.4, 0.38, "lie apart, but who belongs to whom makes no difference"),
    ],
)
def test_the_verdict_is_in_plain_words(measured, mean, shuffled, said):
    found = replace(measured[0], mean=mean, shuffled=shuffled)
    assert said in verdict(found)
    assert "says little" not in verdict(found)
    assert "With 2 pairs this says little" in verdict(offsets_of(found, 2))


def test_what_is_drawn_and_what_is_held_is_said(measured):
    assert plane_sentence(measured[0], 30).startswith("The first 25 of 30 pairs are drawn; the numbers are of all.")
    assert f"holds {100 * measured[0].share:.0f} %" in plane_sentence(measured[0], 12)
    assert coverage_sentence(15, 23) == "15 of 23 pairs have both words among the candidates; the others are left out."
    assert coverage_sentence(3, 3).startswith("All 3 pairs")
    assert [short(value) for value in (0.405, -0.05, -0.001, 1.0)] == [".41", "−.05", ".00", "1.00"]
