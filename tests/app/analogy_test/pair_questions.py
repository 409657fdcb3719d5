"""A question about made-up pairs, and what to do on the view “Test set”."""

from driving import settle

from embeddings.analogies.questions import Question

TEST = {"view": "Test set"}


def asked(category, i, j):
    return Question(category, f"low{i}", f"high{i}", f"low{j}", f"high{j}")


def press(app, key):
    app.button(key=key).click()
    return settle(app.run())


def frame(app, *columns):
    return next(each.value for each in app.dataframe if list(each.value.columns) == list(columns))


def upload(app, name, data):
    app.file_uploader(key="test_file").set_value([(name, data, "text/csv")])
    return settle(app.run())
