"""What a class does with sums of words and axes, in a real browser; its numbers are worked out again by others."""

import re

import numpy as np
import pytest
from gensim.models import KeyedVectors
from gensim.test.utils import datapath
from map_page import IDLE, READY
from playwright.sync_api import expect
from sklearn.metrics import roc_auc_score

from components.views.axis_form import ready_set
from embeddings import embed, google_questions, load_sample
from embeddings.samples.frequent import frequent_words
from embeddings.store import Store

FEW = 5_000


@pytest.fixture(scope="module")
def vectors_of(server):
    """The very vectors that the server works with: those in its store."""
    store = Store(str(server.home))
    return lambda collection: store.space(collection, "MiniLM")


def first_without(space, wanted, inputs):
    """The best row by cosine with a vector, some words left out; and the rank of each word with them in."""
    unit = space.vectors / np.linalg.norm(space.vectors, axis=1, keepdims=True)
    order = np.argsort(-(unit @ wanted), kind="stable")
    words = [space.collection.items[row] for row in order]
    return next(word for word in words if word not in inputs), {word: words.index(word) + 1 for word in words[:100]}


def test_king_minus_man_plus_woman_from_the_first_map(page, vectors_of):
    page.goto("/")
    page.wait_for_function(READY)
    page.get_by_role("button", name="king − man + woman").click()
    expect(page.get_by_text(re.compile(r"^queen comes first by 3CosAdd"))).to_be_visible()
    space = vectors_of(frequent_words(12_000))
    king, man, woman = (space.vectors[space.collection.rows[word]] for word in ("king", "man", "woman"))
    unit = [each / np.linalg.norm(each) for each in (king, man, woman)]
    best, ranks = first_without(space, unit[0] - unit[1] + unit[2], {"king", "man", "woman"})
    assert best == "queen"
    ordinal = {1: "1st", 2: "2nd", 3: "3rd"}[ranks["queen"]]
    expect(page.get_by_text(f"With inputs allowed queen would be {ordinal} by 3CosAdd")).to_be_visible()
    assert "sum=king" in page.url
    assert "expected=queen" in page.url

    page.get_by_role("button", name="Settings").click()
    page.get_by_text("Inputs may be answers").click()
    expect(page.get_by_text(re.compile(r"^king, an input, comes first by 3CosAdd"))).to_be_visible()
    page.wait_for_function(IDLE)
    shared = page.context.new_page()
    shared.goto(page.url)
    expect(shared.get_by_text(re.compile(r"^king, an input, comes first by 3CosAdd"))).to_be_visible()


def test_a_mistake_is_pointed_at_and_mended_by_a_click(page):
    page.goto("/analogies")
    field = page.get_by_label("A sum of words, phrases in quotes, or items such as #12")
    field.fill("king - (man + woman")
    field.press("Enter")
    expect(page.get_by_text("This bracket is never closed.")).to_be_visible()
    assert page.locator("[data-testid=stCode]").first.inner_text().splitlines()[1].index("^") == len("king - ")
    field.fill("king - man + wmoan")
    field.press("Enter")
    page.get_by_role("button", name="woman", exact=True).click()
    expect(page.get_by_text(re.compile(r"^queen comes first by 3CosAdd"))).to_be_visible()
    expect(field).to_have_value("king - man + woman")


def test_the_total_of_the_test_set_is_that_of_gensim(page, vectors_of):
    page.goto(f"/analogies?view=Test set&words={FEW:,}")
    said = page.get_by_text("question by question, on these vectors").inner_text()
    correct, covered = (int(number.replace(",", "")) for number in re.search(r"([\d,]+) / ([\d,]+) =", said).groups())
    space = vectors_of(frequent_words(FEW))
    keyed = KeyedVectors(space.dimension)
    keyed.add_vectors(list(space.collection.items), space.vectors)
    accuracy, sections = keyed.evaluate_word_analogies(datapath("questions-words.txt"), restrict_vocab=FEW)
    assert sections[-1]["section"] == "Total accuracy"
    assert (correct, covered) == (len(sections[-1]["correct"]), sum(map(len, _answered(sections[-1]))))
    assert f"{accuracy:.6f}" in said
    expect(page.get_by_text(re.compile(f"{covered:,} of {len(google_questions()):,} questions"))).to_be_visible()


def _answered(section):
    return section["correct"], section["incorrect"]


def test_small_to_large_orders_words_it_was_not_made_from(page, vectors_of):
    page.goto("/axes")
    ready = next(each for each in ready_set("words").axes if each.seeds.title == "small ↔ large")
    page.get_by_role("button", name="Ready axes").click()
    page.get_by_role("button", name="small ↔ large").first.click()
    said = page.get_by_text(re.compile(r"held-out word come out the right way round")).inner_text()
    space = vectors_of(load_sample("words"))
    typed = embed(_texts((*ready.seeds.low, *ready.seeds.high, *ready.low, *ready.high)), "MiniLM")
    of = {word: each / np.linalg.norm(each) for word, each in zip(typed.collection.items, typed.vectors, strict=True)}
    of |= {word: space.vectors[row] for word, row in space.collection.rows.items() if word in of}
    low, high = (np.mean([of[word] for word in side], axis=0) for side in (ready.seeds.low, ready.seeds.high))
    scores = [of[word] @ (high - low) / np.linalg.norm(of[word]) for word in (*ready.low, *ready.high)]
    auc = roc_auc_score([0] * len(ready.low) + [1] * len(ready.high), scores)
    assert f"AUC {auc:.2f}" in said

    page.get_by_role("button", name="Colour the map").click()
    page.wait_for_function(READY)
    page.wait_for_function(IDLE)
    assert "axis" in page.url
    expect(page.locator(".vs-legend").first).to_contain_text("small ↔ large")


def _texts(words):
    from embeddings import Collection

    return Collection.from_texts(list(dict.fromkeys(words)), name="typed")
