"""What a link may hold: nothing in it ends a page, and what cannot be read is left out and said."""

import ast
from importlib import import_module

import pytest
from driving import PAGES, PATIENCE, ROOT, SHELL
from streamlit.testing.v1 import AppTest

from components.kit import caching, link
from components.views.clusterings import from_text as clusters_from_text
from embeddings.errors import EmbeddingError

OTHERS = ("n_neighbors", "min_dist", "perplexity", "clusters", "min_cluster_size", "min_samples", "bias_encoders")
HOSTILE = (
    "9" * 700,
    "-1e999",
    "infinity",
    "nan",
    "[" * 1_500,
    '["K-means","space",1e999,{},"words",[]]',
    '["K-means","space",1,{"clusters":1e999},"words",[]]',
    "pairs*a~b*a~c*%",
    "~eJwLAAAA",
    "((((-)+",
    "x\0%\u202e<b>[y](z)\n" * 99,
    "",
)


def calls():
    """Every call in the components, with its module and its options."""
    for path in sorted((ROOT / "components").rglob("*.py")):
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts)) if path != SHELL else None
        for call in (each for each in ast.walk(ast.parse(path.read_text())) if isinstance(each, ast.Call)):
            yield module, call, {option.arg: option.value for option in call.keywords}


def names_in_links():
    """Every parameter that some component reads from the link, found in the source."""
    found = set(OTHERS)
    for module, call, options in calls():
        if "bind" in options or ast.unparse(call.func) in ("pick", "pick_from_list"):
            found |= values_of(options.get("key"), module)
        elif ast.unparse(call.func) in ("link.read", "link.show", "link.row", "row"):
            found |= values_of(call.args[0], module)
    return sorted(found - {"collection", "encoder"})


def values_of(node, module):
    """The text of a constant, or the names in a mapping; nothing for what is only known when a page runs."""
    if isinstance(node, ast.Constant):
        return {node.value}
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        module, node = getattr(module, node.value.id, None), ast.Name(node.attr)
    value = getattr(module, node.id, ()) if isinstance(node, ast.Name) else ()
    return {value} if isinstance(value, str) else set(value) if isinstance(value, dict) else set()


def opened(page="map.py", **values):
    """A page as it first comes to somebody who follows this link."""
    app = AppTest.from_file(str(SHELL), default_timeout=PATIENCE)
    for name, value in {"collection": "sentences", "encoder": "TF-IDF", **values}.items():
        app.query_params[name] = value
    if page != "map.py":
        app.switch_page(f"../../pages/{page}")
    return app.run()


@pytest.fixture(scope="module")
def names():
    found = names_in_links()
    assert {"item", "axis", "grouping", "sets", "seed", "search", "sum", "typed_texts", "with"} <= set(found)
    return found


def test_infinity_is_a_word_in_every_field_for_text():
    fields = ("text_input", "text_area")
    bound = [each for each in calls() if "bind" in each[2] and getattr(each[1].func, "attr", "") in fields]
    texts = set().union(*(values_of(options["key"], module) for module, _, options in bound))
    assert len(texts) > 15
    assert texts <= link.TEXTS
    assert not link.why_not("typed_texts", ["infinity"])


def test_what_cannot_be_read_is_left_out_and_said_until_it_is_closed(open_page):
    open_page()
    app = opened(item="9" * 5_000, seed="1e999", search="x" * 8_001, method="PCA", cluster="-")
    (warning,) = app.warning
    told = warning.value.replace("\\", "")
    assert "“item” in this link was left out: it must be a whole number of at most 9 digits." in told
    assert "“seed” in this link was left out: the number is too large." in told
    assert "“search” in this link was left out: it is 8,001 letters long, and at most 8,000 are read." in told
    assert "So was 1 more." in told
    assert app.number_input(key="seed").value == 0
    assert not {"item", "seed", "search", "cluster"} & set(app.query_params)
    app.button(key="close_left_out").click()
    assert not app.run().warning


def test_what_can_be_read_stays():
    for name, value in (("item", "7"), ("search", "infinity"), ("sum", "x" * 8_000), ("seed", "9999"), ("lists", "~x")):
        assert link.why_not(name, [value]) == ""
    for name, values in (
        ("seed", ["inf"]),
        ("with", ["a"] * 51),
        ("at", ["²"]),
        ("encoder", ["hub:" + "x" * 997]),
        ("cluster", ["1", "-1"]),
    ):
        assert f"“{name}” in this link was left out" in link.why_not(name, values)


@pytest.mark.parametrize("text", ['["K-means","space",1e999,{},"words",[]]', "[" * 1_500, "9" * 5_000, "{}", ""])
def test_clusters_of_a_link_that_cannot_be_read_are_answered(text):
    with pytest.raises(EmbeddingError, match="The link's clusters cannot be read"):
        clusters_from_text(text)


@pytest.mark.parametrize("page", PAGES)
def test_no_value_of_any_parameter_ends_a_page(open_page, names, page):
    place = PAGES.index(page)
    app = opened(page, **{name: HOSTILE[(number + place) % len(HOSTILE)] for number, name in enumerate(names)})
    if "visitor" in app.session_state:  # it has asked for something, which the tests that follow would wait for
        for job in caching.board().running():
            job.leave(app.session_state["visitor"])
    assert [error.message for error in app.exception] == []
    assert any("in this link was left out" in warning.value for warning in app.warning)
