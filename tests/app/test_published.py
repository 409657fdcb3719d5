"""The registry of what is published."""

from threading import Thread

import numpy as np

from components.kit.map.browser import Values
from components.kit.published import Published


def test_tokens_are_equal_for_equal_keys_and_differ_between_processes():
    one, other = Published(), Published()
    assert one.token("a") == one.token("a") != one.token("b")
    assert one.token("a") != other.token("a")
    assert len(one.token("a")) == 32


def test_content_is_made_once():
    published, made = Published(), []
    for _ in range(2):
        published.publish("a", lambda: made.append(1) or Values(np.zeros(3, "f4")))
    assert made == [1]


def test_what_was_not_asked_for_longest_goes_first():
    published = Published(most_bytes=30)
    tokens = [published.publish(key, lambda: Values(np.zeros(3, "f4"))) for key in "ab"]
    published.find(tokens[0], Values)
    published.publish("c", lambda: Values(np.zeros(3, "f4")))
    assert published.find(tokens[0], Values) is not None
    assert published.find(tokens[1], Values) is None
    assert published.nbytes == 24


def test_the_newest_content_stays_even_when_it_is_large():
    published = Published(most_bytes=10)
    published.publish("a", lambda: Values(np.zeros(3, "f4")))
    token = published.publish("b", lambda: Values(np.zeros(300, "f4")))
    assert published.find(token, Values) is not None
    assert published.nbytes == 1200


def test_the_registry_stands_many_threads():
    published = Published(most_bytes=400)
    failures = []

    def work(start):
        for i in range(200):
            key = str((start * 7 + i) % 50)
            token = published.publish(key, lambda: Values(np.zeros(10, "f4")))
            if token != published.token(key):
                failures.append(key)
            published.find(token, Values)

    threads = [Thread(target=work, args=(start,)) for start in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert published.nbytes <= 400
