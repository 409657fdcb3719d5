"""A sum, its answer by the core, and what the view “One sum” shows."""

from driving import settle, texts

from embeddings.analogies.parsing import parse
from embeddings.analogies.sums import answer_sum, with_vectors

SUM = "king - man + woman"
FOOD = ["bread", "butter", "bread butter", "milk"]
OWN = "The collection"


def answer_of(space, text, *, k=10, inputs_in=False, expected="queen", vectors=None):
    understood = with_vectors(space, parse(text), vectors or {})
    row = None if expected is None else space.collection.rows[expected]
    return answer_sum(space, understood.inputs, k=k, inputs_in=inputs_in, expected=row)


def lists(app, column="3CosAdd"):
    return next(frame.value for frame in app.dataframe if column in frame.value.columns)


def plain(app):
    return texts(app).replace("\\", "").replace("*", "")


def press(app, label):
    next(button for button in app.button if button.label.replace("\\", "") == label).click()
    return settle(app.run())
