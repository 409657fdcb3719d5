from pathlib import Path

import numpy as np
import pytest
from gensim.models import KeyedVectors
from gensim.test.utils import datapath

from embeddings.analogies import answering
from embeddings.analogies.accuracy import BASELINES, RANDOM, analogy_accuracy, random_triples
from embeddings.analogies.methods import METHODS
from embeddings.analogies.questions import Question, Questions, read_questions
from embeddings.analogies.solving import solve
from embeddings.analogies.vocabulary import Matching
from embeddings.collection import Collection
from embeddings.errors import Cancelled, EmbeddingError
from embeddings.intervals import wilson
from embeddings.space import Space


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Every seventh question of the Google set, and its categories."""
    lines = Path(datapath("questions-words.txt")).read_text().splitlines()
    kept = [line for number, line in enumerate(lines) if line.startswith(":") or number % 7 == 0]
    path = tmp_path_factory.mktemp("questions") / "some.txt"
    path.write_text("\n".join(kept))
    return path


@pytest.fixture(scope="module")
def google(path):
    return read_questions(path)


@pytest.fixture(scope="module")
def space(google):
    """Most words of the questions, some in two cases, with vectors in which about half the questions come out."""
    rng = np.random.default_rng(3)
    words = {}
    for question in google.questions:
        a, b, c, expected = question[1:]
        offset = np.eye(24)[hash_of(question.category)] * 2
        for word, near in ((a, 0), (b, offset), (c, 0), (expected, offset)):
            words.setdefault(word, near + words.get({b: a, expected: c}.get(word), 0) + rng.normal(size=24) * 1.2)
    for word in list(words)[::5]:
        words.setdefault(word.swapcase(), words[word] + rng.normal(size=24) * 0.1)
    for word in list(words)[::9]:
        del words[word]
    order = rng.permutation(len(words))
    items = [list(words)[place] for place in order]
    return Space.from_vectors(items, np.array([words[item] for item in items]), name="google words")


def hash_of(text):
    return sum(map(ord, text)) % 24


def keyed(space):
    vectors = KeyedVectors(space.dimension)
    vectors.add_vectors(list(space.collection.items), np.array(space.vectors))
    return vectors


def outcomes(report, questions, *, fold=True):
    """Question by question in gensim's form: (category, words, whether correct)."""
    return [
        (question.category, tuple(word.upper() if fold else word for word in question[1:]), bool(correct))
        for question, covered, correct in zip(questions.questions, report.covered, report.correct, strict=True)
        if covered
    ]


def gensim_outcomes(sections):
    return [
        (section["section"], words, kind == "correct")
        for section in sections[:-1]
        for kind in ("correct", "incorrect")
        for words in section[kind]
    ]


@pytest.mark.parametrize("first", [None, 700])
@pytest.mark.parametrize("fold", [True, False])
def test_every_question_comes_out_as_in_gensim(space, google, path, fold, first):
    accuracy, sections = keyed(space).evaluate_word_analogies(
        str(path), restrict_vocab=first or len(space), case_insensitive=fold
    )
    report = analogy_accuracy(space, google, matching=Matching(fold, first))
    assert sorted(outcomes(report, google, fold=fold)) == sorted(gensim_outcomes(sections))
    assert report.total.accuracy.share == accuracy
    assert 20 < report.total.covered < len(google)
    assert 0.02 < accuracy < 0.98
    for tally, section in zip(report.categories, sections, strict=False):
        assert tally.name == section["section"]
        assert (tally.correct, tally.covered) == (
            len(section["correct"]), len(section["correct"]) + len(section["incorrect"]),
        )  # fmt: skip


@pytest.mark.parametrize("exclude_inputs", [True, False])
@pytest.mark.parametrize("method", METHODS)
def test_every_answer_is_that_of_solve(space, google, method, exclude_inputs, monkeypatch):
    monkeypatch.setattr(answering, "BLOCK", 300)
    some = Questions("some", google.questions[::14])
    report = analogy_accuracy(space, some, method=method, exclude_inputs=exclude_inputs)
    assert report.covered.sum() > 50
    for question, row, covered in zip(some.questions, report.answers, report.covered, strict=True):
        if covered:
            a, b, c = (spelled(space, word) for word in question[1:4])
            best = solve(space, f'"{b}" - "{a}" + "{c}"', k=2, method=method, exclude_inputs=exclude_inputs)
            assert row == best.rows[0] or best.scores[0] - best.scores[1] < 1e-5
        else:
            assert row == -1


def spelled(space, word):
    return next(item for item in space.collection.items if item.upper() == word.upper())


@pytest.mark.parametrize("block", [256, 300, 100_000])
def test_blocks_do_not_change_answers(space, google, block, monkeypatch):
    whole = analogy_accuracy(space, google)
    monkeypatch.setattr(answering, "BLOCK", block)
    monkeypatch.setattr(answering, "AT_ONCE", 50)
    assert (analogy_accuracy(space, google).answers == whole.answers).mean() > 0.999


def small(*questions):
    return Questions("small", tuple(Question(*question) for question in questions))


COMPASS = small(
    ("turn", "east", "north", "south", "west"),
    ("turn", "North", "EAST", "west", "south"),
    ("wrong", "east", "north", "west", "east"),
    ("wrong", "east", "up", "west", "down"),
)


def test_scores_on_the_compass(compass):
    # north − east + south is west: what is left beside the inputs is west and nowhere. EAST − north + west is south.
    # The third asks for an input, which no answer can be; the fourth holds unknown words.
    report = analogy_accuracy(compass, COMPASS)
    assert [(tally.questions, tally.covered, tally.correct) for tally in report.categories] == [(2, 2, 2), (2, 1, 0)]
    assert report.total[:4] == ("all", 4, 3, 2)
    assert report.total.coverage == 0.75
    assert report.total.accuracy == wilson(2, 3)
    assert report.covered.tolist() == [True, True, True, False]
    assert report.correct.tolist() == [True, True, False, False]
    assert report.answers[-1] == -1


def test_baselines_on_the_compass(compass):
    # c alone: south finds west, and west finds south, each at a right angle like nowhere; the lower row wins.
    report = analogy_accuracy(compass, COMPASS)
    assert [name for name, _ in report.total.baselines] == [RANDOM, *BASELINES]
    assert report.categories[0].baseline("nearest to c alone") == wilson(2, 2)
    assert report.categories[0].baseline("nearest to b alone").share == 1


def test_with_inputs_let_in_the_answer_is_often_an_input(space, google):
    out, let_in = (analogy_accuracy(space, google, exclude_inputs=exclude) for exclude in (True, False))
    assert let_in.total.correct < out.total.correct
    assert let_in.total.covered == out.total.covered
    assert let_in.total.baseline("nearest to c alone").share == 0


def test_baselines_agree_with_solve(space, google):
    some = Questions("some", google.questions[::7])
    report = analogy_accuracy(space, some)
    for name, given in BASELINES.items():
        hits = 0
        for question, covered in zip(some.questions, report.covered, strict=True):
            if covered:
                words = [spelled(space, word) for word in question[1:4]]
                best = solve(space, " + ".join(f'"{words[place]}"' for place in given), k=12).rows
                texts = [space.collection.text(row).upper() for row in best]
                answer = next(text for text in texts if text not in {word.upper() for word in words})
                hits += answer == question.expected.upper()
        assert report.total.baseline(name).share * report.total.covered == pytest.approx(hits, abs=1)


def test_random_triples_are_other_words_of_the_category():
    words = np.array([[0, 1, 2, 3], [2, 3, 4, 5], [6, 7, 8, 9], [6, 7, 6, 7]])
    categories = np.array([0, 0, 1, 2])
    triples = np.concatenate([random_triples(words, categories, seed=seed) for seed in range(50)])
    for number, (triple, (*_, expected), category) in enumerate(
        zip(triples, np.tile(words, (50, 1)), np.tile(categories, 50), strict=True)
    ):
        assert len({*triple.tolist(), int(expected)}) == 4, number
        assert set(triple.tolist()) <= (set(range(6)) if category == 0 else set(range(10)))
    own = random_triples(words[3:], categories[3:])
    assert own.tolist() == [[6, 7, 6]]
    assert np.array_equal(random_triples(words, categories), random_triples(words, categories))


def test_repeated_items_and_pictures_are_no_trouble():
    items = ("man", b"picture", "king", "Man", "woman", "man", "queen", "king")
    vectors = [[0, 1, 0], [1, 0.1, 0.9], [1, 1, 0], [0, 1, 0], [0, 0, 1], [0, 1, 0.1], [1, 0, 1], [1, 1, 0]]
    source = Collection.from_texts(["x"], name="x").metadata
    space = Space(Collection("mixed", items, source), np.array(vectors, dtype=np.float32), "given vectors")
    question = small(("f", "man", "king", "woman", "queen"))
    assert analogy_accuracy(space, question).answers.tolist() == [6]
    assert analogy_accuracy(space, question, exclude_inputs=False).answers.tolist() == [6]
    only = Space.from_vectors(["man", "king", "woman", "MAN"], np.array(vectors)[[0, 2, 4, 0]], name="all inputs")
    report = analogy_accuracy(only, small(("f", "man", "king", "woman", "king")))
    assert report.answers.tolist() == [-1]
    assert report.total.correct == 0


def test_unknown_words_leave_nothing_to_answer(compass):
    report = analogy_accuracy(compass, small(("f", "man", "king", "woman", "queen")))
    assert report.total[:4] == ("all", 1, 0, 0)
    assert np.isnan(report.total.accuracy.share)
    assert report.total.coverage == 0


def test_progress_is_true_and_can_stop_the_work(space, google, monkeypatch):
    monkeypatch.setattr(answering, "BLOCK", 256)
    seen = []
    analogy_accuracy(space, google, on_progress=lambda done, total: seen.append((done, total)))
    total = seen[0][1]
    assert total > 10
    assert seen == [(done, total) for done in range(1, total + 1)]

    def stop(done, total):
        seen.append((done, total))
        raise Cancelled("Stopped.")

    seen.clear()
    with pytest.raises(Cancelled):
        analogy_accuracy(space, google, on_progress=stop)
    assert len(seen) == 1


def test_unknown_methods_are_named(compass):
    with pytest.raises(EmbeddingError, match="no method “LRCos”"):
        analogy_accuracy(compass, COMPASS, method="LRCos")


def test_a_file_of_ones_own_gives_the_same_as_in_gensim(compass, tmp_path):
    path = tmp_path / "own.txt"
    path.write_text(": turns\neast north south west\nnorth east west south\neast north up down\n")
    without_zero = Space.from_vectors(compass.collection.items[:4], compass.vectors[:4], name="compass")
    accuracy, _ = keyed(without_zero).evaluate_word_analogies(str(path))
    assert analogy_accuracy(without_zero, read_questions(path)).total.accuracy.share == accuracy == 1
