"""Driving pages in AppTest: `settle` waits for jobs, never for time."""

import json
from pathlib import Path

from components.kit import caching

ROOT = Path(__file__).resolve().parents[2]
SHELL = ROOT / "components" / "app" / "shell.py"
# Seconds: the first test of a collection may wait for a model on a busy machine.
PATIENCE = 900
PAGES = sorted(path.name for path in (ROOT / "pages").glob("*.py"))


def settle(app):
    """Run a page that has run once more until no job of its own is under way, and none that it drew as such."""
    for _ in range(12):
        jobs = caching.board().running()
        if not jobs and not any(button.key == "cancel_job" for button in app.button):
            return app
        for job in jobs:
            job.future.exception(timeout=PATIENCE)
        app.run()
    raise AssertionError(f"still waiting for {[job.stage for job in caching.board().running()]}")


def texts(app):
    """Everything a page says, in one string."""
    kinds = ("title", "subheader", "markdown", "caption", "text", "error", "warning", "info", "success", "metric")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def said(app):
    """Everything a page says, without the strokes that keep Markdown from reading it."""
    return texts(app).replace("\\", "")


def answered(app):
    """What a page says beside an input that it cannot use, in the same manner."""
    return "\n".join(error.value for error in app.error).replace("\\", "")


def metric(app, label):
    """The figure under this name."""
    return next(each.value for each in app.metric if each.label == label)


def press(app, label):
    """Press the button of this name."""
    next(button for button in app.button if button.label == label).click()
    return settle(app.run())


def data_of(element):
    """What one of our components was sent."""
    return json.loads(element.proto.json or element.proto.mixed.json)


def listed(app):
    """The items of the first list of lines, as they were sent: row, text, number and bar."""
    found = (element for element in app.main if getattr(element, "proto", None) is not None)
    sent = [data_of(each) for each in found if type(each.proto).__name__ == "BidiComponent"]
    return next(each["items"] for each in sent if each.get("listed"))
