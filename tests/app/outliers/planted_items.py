"""Where outliers, duplicates and wrong labels are planted, and what the page lists."""

N = 240
ODD = (5, 100)
TWINS = (20, 21, 22)
WRONG = {30: "b", 95: "c", 170: "a", 200: "b"}
UNLABELLED = (0, 50, 110)


def table_with(app, column):
    return next(frame.value for frame in app.dataframe if column in frame.value.columns)


def rows_of(names):
    return [int(name.removeprefix("item ")) for name in names]
