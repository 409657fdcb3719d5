"""The offsets of fewer pairs."""

from dataclasses import replace


def offsets_of(found, count):
    """The same offsets without the last."""
    return replace(
        found,
        vectors=found.vectors[:count],
        cosines=found.cosines[:count, :count],
        coordinates=found.coordinates[:count],
    )
