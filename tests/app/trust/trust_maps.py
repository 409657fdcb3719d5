"""What the maps of the Trust page were sent."""

from driving import data_of


def map_of(app, key):
    """What the map of a key was sent."""
    found = [element for element in app.main if type(getattr(element, "proto", None)).__name__ == "BidiComponent"]
    return next(data_of(element) for element in found if element.proto.id.endswith(f"-{key}"))
