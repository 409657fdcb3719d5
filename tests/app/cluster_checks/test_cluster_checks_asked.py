"""When the checks of clusters are made, and when their results are there at once."""

import numpy as np
from check_panel import AGAIN, IN_NOISE, buttons
from components.clusters.request import Checked, noise_request, stability_request
from driving import metric, press, said

from components.kit import caching
from components.kit.ask import FAILED
from embeddings.clusters import cluster
from embeddings.errors import Cancelled
from embeddings.projections import Layout
from embeddings.space import Space


def test_a_second_visitor_gets_what_was_stored_at_once(open_panel, planted):
    unchecked = Space.from_vectors(planted.collection.items, 2 * planted.vectors, name="checked by nobody else")
    press(open_panel(3, space=unchecked), AGAIN)
    caching.outcomes.cache_clear()
    app = open_panel(3, space=unchecked)
    assert AGAIN not in buttons(app)
    assert "3 of 3 clusters are stable." in said(app)
    assert IN_NOISE in buttons(app)


def test_other_clusters_of_the_same_space_are_asked_anew(planted):
    one, other = (cluster(planted, "K-means", clusters=count) for count in (3, 5))
    keys = {stability_request(Checked(planted, made))[0] for made in (one, other)}
    assert len(keys) == 2
    assert stability_request(Checked(planted, one))[0] == stability_request(Checked(planted, one))[0]
    assert stability_request(Checked(planted, one, Layout(np.zeros((180, 2), "f4"), "PCA", {}, 0)))[0] not in keys
    assert noise_request(Checked(planted, one))[0] not in keys


def test_after_a_cancel_the_button_is_there_again_and_nothing_else_is_lost(open_panel, planted):
    app = open_panel(6)
    saved = caching.store().save(planted)
    kept, _ = caching.saved_collection(saved.fingerprint, saved.name), saved
    space = Space(kept, planted.vectors, saved.encoder)
    key = stability_request(Checked(space, cluster(space, "K-means", clusters=6)))[0]
    app.session_state["asked_checks"] = {key}
    app.session_state[FAILED] = {key: Cancelled("stopped")}
    app.run()
    assert AGAIN in buttons(app)
    assert metric(app, "ARI")


def test_where_everything_is_noise_there_is_nothing_to_check(open_panel):
    app = open_panel(0)
    assert "all items are noise" in said(app)
    assert not app.button
