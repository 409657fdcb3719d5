"""Addresses that were shared before open what they opened then: no parameter has another name or another meaning.

Each address is as the browser shows it, most of its percent codes undone for reading, and a collection's name in place
of its id. None of its values is a default, which an address leaves out; so all of it still stands there afterwards.
"""

from concurrent.futures import FIRST_COMPLETED, wait
from urllib.parse import parse_qs

import pyarrow as pa
import pytest
from driving import PATIENCE, SHELL, said
from some_pictures import first_of
from streamlit.testing.v1 import AppTest

from components.kit import caching
from embeddings.collection import Collection

# Parameters that there are since, and those whose value in an address below is the usual one by now.
NEWER = {"search_by"}
USUAL_NOW = {"encoders"}
NAMES = [
    "against", "answers", "at", "axis", "axis2", "beside", "bias_keep", "bias_pairs", "bias_strictness", "bias_words",
    "by_probability", "by_word", "candidates", "category", "centre", "change", "changed_text", "close", "cluster",
    "cluster_by", "cluster_labels", "cluster_metric", "cluster_of", "cluster_seed", "cluster_view", "clusters",
    "collection", "colour", "colour_all", "colour_grid", "column", "column_encoders", "column_sets", "compare",
    "debias", "debias_groups", "debias_names", "debias_numbers", "debias_search", "debias_sentences", "debias_tests",
    "dimensions", "dims", "direction", "direction_part", "dots", "drawn_by", "ect_lengths", "encoder", "encoders",
    "expected", "fold", "grid", "grid_min_dist", "grid_n_neighbors", "grouping", "halos", "held_high", "held_low",
    "held_out", "inputs", "isolation_forest_trees", "item", "joint_method", "k_agree", "knn_distance_k",
    "label_column", "label_k", "labels", "lean_shown", "least", "listed", "lists", "lof_k", "look_at", "look_for",
    "look_up", "mac_gives", "maps_as", "match", "measure", "method", "metric", "metric_agree", "min_cluster_size",
    "min_dist", "min_samples", "morph", "n_neighbors", "names", "names_on_map", "neighbours", "noise_to_nearest",
    "none", "only_false", "only_kept", "only_missing", "outlier_method", "outlier_metric", "outlier_seed", "outline",
    "over", "pairs", "pairs_set", "perplexity", "picture", "picture_encoders", "picture_sets", "pictures_a_set",
    "placed", "pool", "probe", "ready_sets", "relation", "restarts", "ripa_unit", "rnd_lengths", "rnd_total",
    "rnsb_lengths", "run", "same", "scale", "search", "seed", "seeds_by", "sentence", "set", "sets", "shade", "size",
    "skew_expected", "skew_groups", "skew_k", "skew_labels", "skew_name", "skew_part", "skew_query", "skew_templates",
    "smaller_by", "smaller_encoder", "sum", "sum_minus", "sum_plus", "sum_weight", "taken_out", "templates",
    "templates_attributes", "templates_targets", "test", "test_seed", "tested", "texts_from", "threshold", "times",
    "truth", "typed_query", "typed_texts", "view", "with", "with_inputs", "words",
]  # fmt: skip
# What the link carries beside widgets of the same name; the table says by what else it is seen.
WITHOUT_WIDGET = {
    "at", "axis", "axis2", "cluster", "collection", "column_sets", "encoder", "grid", "grouping", "item", "lists",
    "picture_sets", "ready_sets", "run", "sets", "taken_out", "test", "tested",
}  # fmt: skip
DEEDS = {"music": "plays a song", "cooking": "bakes bread", "garden": "grows a red rose", "sport": "kicks the ball"}
PEOPLE = ("she", "he", "woman", "man", "girl", "boy")
FAMILY = [
    "he", "she", "man", "woman", "boy", "girl", "king", "queen", "brother", "sister", "father", "mother", "son",
    "daughter", "uncle", "aunt", "nurse", "engineer", "pilot", "teacher", "love", "joy", "peace", "happy", "ugly",
    "poison", "hatred", "grief", "rose", "tulip", "aster", "daisy", "ant", "wasp", "flea", "moth", "coffee", "rain",
    "snow",
]  # fmt: skip
LINKS = {
    "people": "?collection=people&encoder=TF-IDF&",
    "family": "?collection=family&encoder=Character+n-grams&",
    "pictures": "?collection=pictures&encoder=Scenes+CLIP&",
}
# Page, collection, the rest of the address, and what else is then there: texts, values of widgets by their labels, or
# with a minus sign a button that is not offered, because what it would ask for was asked.
OLD = [
    ("map", "people", "method=t-SNE&perplexity=7&colour=many", [], {}),
    ("map", "people", 'method=PCA&colour=clusters:+K-means,+4&grouping=["K-means","space",3,{"clusters":4,'
     '"restarts":10,"metric":"cosine"},"numbers",[]]',
     ["K-means, clusters of the original space, seed 3. 4 clusters"], {}),
    ("map", "family", "method=PCA&colour=axis:+he+↔+she&axis=pairs*he~she*man~woman",
     ["cosine with the axis, blue towards **he**, orange towards **she**"], {}),
    ("neighbours", "people", "centre=true&least=true&item=2", ["Centring changes", "The least similar"],
     {"Item": ["he plays a song"]}),
    ("neighbours", "people", "look_up=Any+text&typed_query=rose", [], {}),
    ("neighbours", "pictures", "item=2&look_up=Picture+±+words&sum_plus=a+star&sum_minus=a+circle&sum_weight=2",
     [], {}),
    ("clusters", "people", "drawn_by=PCA&cluster_by=HDBSCAN&min_cluster_size=3&min_samples=2&noise_to_nearest=true&"
     "by_probability=false&cluster_view=Tree&names=numbers&cluster=2", ["cluster 2: 6 items"], {}),
    ("clusters", "people", "drawn_by=PCA&cluster_by=Gaussian+mixture&clusters=5&dimensions=4&restarts=2&"
     "cluster_metric=Euclidean&cluster_seed=5&outline=hulls&names_on_map=false&cluster_view=How+many?", [], {}),
    ("clusters", "pictures", "drawn_by=PCA&clusters=3&cluster_of=2D+map&cluster_labels=a+star,+a+circle&against=colour",
     [], {}),
    ("outliers", "people", "method=PCA&outlier_method=LOF&lof_k=5&outlier_metric=Euclidean&listed=20", [], {}),
    ("outliers", "people", "method=PCA&outlier_method=Isolation+Forest&isolation_forest_trees=50&outlier_seed=3",
     [], {}),
    ("outliers", "people", "method=PCA&knn_distance_k=4", [], {}),
    ("outliers", "pictures", "method=PCA&look_for=Possible+wrong+labels&label_column=colour&label_k=4", [], {}),
    ("outliers", "people", "look_for=Near-duplicates&threshold=0.8", [], {}),
    ("trust", "people", "method=PCA&neighbours=4&shade=False+neighbours&only_false=10&only_false=60&same=many",
     [], {}),
    ("trust", "people", "method=PCA&only_kept=0&only_kept=49", [], {}),
    ("trust", "people", "method=PCA&shade=Missing+neighbours&only_missing=5&only_missing=100", [], {}),
    ("trust", "people", "method=t-SNE&perplexity=5&look_at=Over+five+seeds&seeds_by=How+far+points+wander&halos=false",
     [], {}),
    ("compare", "people", "with=Bag+of+words&with=LSA&beside=LSA&method=PCA&maps_as=Morph&morph=40&colour=nothing",
     [], {}),
    ("compare", "people", "with=LSA&compare=Agreement&k_agree=4&metric_agree=dot", [], {}),
    ("compare", "people", "with=LSA&compare=Which+one?&label_column=nothing&pairs_set=none", [], {}),
    ("compare", "people", "with=LSA&compare=Geometry", [], {}),
    ("compare", "people", "with=LSA&compare=Smaller&smaller_encoder=LSA&smaller_by=binary,+rescored&times=9", [], {}),
    ("compare", "people", "with=LSA&compare=Smaller&dimensions=3", [], {}),
    ("compare", "people", "with=LSA&compare=Perturb&change=your+own+words&changed_text=a+red+rose", [], {}),
    ("analogies", "family", "sum=king+-+man+%2B+woman&expected=queen&candidates=The+collection&answers=5&inputs=true&"
     "picture=3D", [], {}),
    ("analogies", "family", "candidates=Both&words=5,000", [], {}),
    ("analogies", "family", "view=One+relation&relation=male+→+female&candidates=The+collection", [], {}),
    ("analogies", "family", "view=One+relation&pairs=he+→+she%0Aking+→+queen&candidates=The+collection", [], {}),
    ("analogies", "family", "view=Test+set&candidates=The+collection&fold=false&run=1&with_inputs=true&"
     "category=male+→+female", ["-Run the test"], {}),
    ("analogies", "family", "view=Test+set&set=Your+own+file&candidates=The+collection", [], {}),
    ("axes", "family", "axis=pairs*he~she*king~queen&axis2=lists*ugly~grief*love~joy&placed=nurse,+pilot&"
     "held_low=son,+boy&held_high=girl,+aunt&dots=kind", ["**he ↔ she**"],
     {"Seeds": ["Pairs"], "Second axis": ["ugly ↔ love"]}),
    ("bias", "family", "test=own&sets=Flowers.rose.tulip*Insects.ant.wasp*Good.love.joy*Bad.ugly.grief&"
     "encoders=Character+n-grams&test_seed=3&match=not+matched&pool=The+collection&tested=1", ["-Run the test"],
     {"Name of X": ["Flowers"], "Words of B": ["ugly", "grief"]}),
    ("bias", "family", "over=Sentences&test=WEAT7&encoders=TF-IDF&templates_targets=names&templates_attributes=nouns&"
     "by_word=false", [], {"Test": ["WEAT7 · Mathematics and arts, male and female terms"]}),
    ("bias", "family", "over=Against+a+column&column=weight&column_encoders=TF-IDF&"
     "column_sets=Warm.love.joy*Cold.ugly.grief", [], {"Name of A": ["Warm"], "Words of A": ["love", "joy"]}),
    ("bias", "pictures", "picture_sets=One.%231.%232*Two.%233.%234*Three.%235.%236*Four.%237.%238&"
     "picture_encoders=Pixels&pictures_a_set=30", [], {"Name of Y": ["Two"], "Words of Y": ["#3", "#4"]}),
    ("bias", "family", "probe=Direction+and+debiasing&candidates=The+collection&"
     "bias_pairs=man,+woman%0Aking,+queen&bias_words=nurse,+engineer,+pilot&bias_strictness=2&lean_shown=RIPA&"
     "ripa_unit=true", [], {}),
    ("bias", "family", "probe=Direction+and+debiasing&candidates=The+collection&direction_part=Take+it+out?&"
     "bias_pairs=man,+woman%0Aking,+queen&bias_keep=uncle,+aunt&debias=Hard,+pairs+equalised&"
     "debias_tests=WEAT1:+Flowers+and+insects,+pleasant+and+unpleasant&debias_sentences=true&debias_numbers=weight&"
     "debias_groups=side&debias_search=joy&debias_names=love,+grief&taken_out=1", ["-Take it out and look"], {}),
    ("bias", "family", "probe=Sets&candidates=The+collection&ready_sets=own&lists=Women.she.woman*Men.he.man*"
     "Jobs.nurse.engineer*Good.love.joy.peace.happy.rose*Bad.ugly.poison.hatred.grief.ant&measure=MAC&rnd_lengths=as+they+are&"
     "rnd_total=sum&rnsb_lengths=as+they+are&mac_gives=similarity&ect_lengths=length+1", [],
     {"Name of Group 1": ["Women"], "Words of Words": ["nurse", "engineer"]}),
    ("bias", "family", "probe=Sets&candidates=The+collection&ready_sets=flowers", [], {"Name of Group 1": ["Flowers"]}),
    ("bias", "family", "probe=Search+skew&skew_query=love&skew_groups=side&skew_k=6&skew_expected=Equal+shares",
     [], {}),
    ("bias", "family", "probe=Search+skew&skew_part=Names+given+(zero-shot)&skew_labels=love%0Agrief%0Arain&"
     "skew_templates=a+{}&skew_templates={}&skew_name=rain&skew_groups=side", [], {}),
    ("joint", "pictures", "joint_method=PCA&close=0.5&direction=picture+→+text&at=4",
     ["Nearest texts, by cosine; ✓ its own"], {}),
    ("joint", "pictures", "texts_from=colour&sentence=something+{}", [], {}),
    ("joint", "pictures", "texts_from=typed+lines&typed_texts=a+red+star%0Aa+blue+ring", [], {}),
    ("zero_shot", "pictures", "truth=colour&labels=red%0Ablue&templates={}&templates=a+{}+thing&scale=50&none=true&"
     "held_out=false", [], {}),
    ("data", "people", "item=3", [], {"Collection": ["people"]}),
    # UMAP, which need not be ready; it comes last, for what is left alone still has its worker.
    ("map", "people", "dims=3D&n_neighbors=5&min_dist=0.3&metric=Euclidean&seed=7&size=many&search=rose&item=3",
     ["woman plays a song", "item 3 · topic: music"], {"Encoder": ["TF-IDF"]}),
    ("trust", "people", "look_at=Three+methods&colour_all=nothing&same=many", [], {}),
    ("trust", "people", "look_at=Settings+of+UMAP&grid_n_neighbors=5&grid_n_neighbors=10&grid_min_dist=0.25&"
     "colour_grid=nothing&grid=1", ["-Draw the grid"], {}),
]  # fmt: skip
RUNS = 30
IDS = [f"{page}-{number}" for number, (page, *_) in enumerate(OLD)]


@pytest.fixture(scope="module")
def ids(cluster):
    """The ids of the collections by the names that stand in the table."""
    sentences = [f"{who} {deed}" for deed in DEEDS.values() for who in PEOPLE]
    topics = [topic for topic in DEEDS for _ in PEOPLE]
    rows = range(len(FAMILY))
    columns = {
        "kind": [f"kind {row % 3}" for row in rows],
        "side": [f"side {row % 2}" for row in rows],
        "share": [row / 7 for row in rows],
        "weight": [row / 9 for row in rows],
    }
    scenes = first_of("scenes", 40)
    collections = (
        Collection.from_texts(
            sentences, name="people", metadata=pa.table({"topic": topics, "many": [0.5 + row % 6 for row in range(24)]})
        ),
        Collection.from_texts(FAMILY, name="family", metadata=pa.table(columns)),
        Collection("pictures", scenes.items, scenes.metadata.append_column("Scenes CLIP", [["seen", "held out"] * 20])),
    )
    return {each.name: caching.store().save(each).id for each in collections}


@pytest.fixture
def follow(ids):
    """Follow an address, and run the page again only until what is wanted is there; then nobody waits for the rest."""
    opened = []

    def follow_it(page, collection, address, shown):
        link = parse_qs((LINKS[collection] + address)[1:], keep_blank_values=True) | {"collection": [ids[collection]]}
        app = AppTest.from_file(str(SHELL), default_timeout=PATIENCE)
        app.query_params.update({name: each if len(each) > 1 else each[0] for name, each in link.items()})
        app.switch_page(f"../../pages/{page}.py")
        opened.append(app.run())
        for _ in range(RUNS):
            if not missing(app, link, shown):
                break
            wait([job.future for job in caching.board().running()], timeout=PATIENCE, return_when=FIRST_COMPLETED)
            app.run()
        return app, link

    yield follow_it
    for app in opened:
        for job in caching.board().running():
            job.leave(app.session_state["visitor"])


def missing(app, link, shown):
    """What is not there yet: parameters without their widgets, and texts."""
    text = said(app)
    texts = [each for each in shown if not each.startswith("-") and each not in text]
    return [*(link.keys() - WITHOUT_WIDGET - linked(app).keys()), *texts]


def widgets(block):
    for each in block.children.values():
        if hasattr(each, "children"):
            yield from widgets(each)
        elif hasattr(each, "value"):
            yield each


def linked(app):
    """The widgets that the link carries, by their parameter."""
    bound = {getattr(each.proto, "query_param_key", ""): each for each in widgets(app._tree)}
    return {name: each for name, each in bound.items() if name}


def in_words(widget):
    """The value of a widget as a link says it."""
    values = widget.value if isinstance(widget.value, list | tuple) else [widget.value]
    if widget.type in ("selectbox", "multiselect", "button_group"):
        return [widget.format_func(each) for each in values]
    return [
        each if isinstance(each, str) else str(each).lower() if isinstance(each, bool) else f"{each:g}"
        for each in values
    ]


def test_every_parameter_stands_in_an_address():
    named = {name for *_, address, _, _ in OLD for name in parse_qs(address, keep_blank_values=True)}
    assert sorted(named | {"collection", "encoder"}) == NAMES


@pytest.mark.parametrize(("page", "collection", "address", "shown", "labelled"), OLD, ids=IDS)
def test_an_old_address_opens_the_same(follow, page, collection, address, shown, labelled):
    app, link = follow(page, collection, address, shown)
    there = linked(app)
    assert [error.message for error in app.exception] == []
    assert missing(app, link, shown) == []
    assert there.keys() <= {*NAMES, *NEWER}
    assert {name: in_words(there[name]) for name in link.keys() - WITHOUT_WIDGET} == {
        name: values for name, values in link.items() if name not in WITHOUT_WIDGET
    }
    by_label = {each.label: each for each in widgets(app._tree) if getattr(each, "label", "")}
    assert {label: in_words(by_label[label]) for label in labelled} == labelled
    assert not {f"-{button.label}" for button in app.button} & set(shown)
    kept = {name: [each] if isinstance(each, str) else each for name, each in app.query_params.items()}
    assert kept.items() <= link.items()
    assert link.keys() - kept.keys() <= USUAL_NOW
