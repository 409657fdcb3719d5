"""Tables that pages give away."""

import csv

from map_page import IDLE


def downloaded(page, name):
    """The rows of the CSV behind the button of this name, once the page stands still."""
    button = page.get_by_role("button", name=name).last
    button.wait_for()
    page.wait_for_function(IDLE)
    with page.expect_download() as waiting:
        button.click()
    return list(csv.DictReader(waiting.value.path().read_text(encoding="utf-8-sig").splitlines()))
