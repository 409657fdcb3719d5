"""The seeds of an axis of size, and what the Axes page says."""

from driving import texts

from embeddings.axis_seeds import Seeds

LOW, HIGH = ("tiny", "little", "minor", "short", "slight"), ("huge", "big", "major", "tall", "vast")
SEEDS = Seeds(LOW, HIGH)
LINES = "\n".join(f"{low}, {high}" for low, high in zip(LOW, HIGH, strict=True))


def all_said(app):
    return "\n".join([texts(app), *(box.value for box in app.success)]).replace("\\", "")
