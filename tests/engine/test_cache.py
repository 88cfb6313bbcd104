from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from snhr_kg.engine.cache import CachingEngine
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.question import Answered, Caller, Question

JSON = "application/sparql-results+json"


class Counting:
    """An engine whose answers say how often it was asked."""

    def __init__(self, size=100):
        self.limits = Limits()
        self.version = "one"
        self.asked = 0
        self.size = size

    def answer(self, question, caller):
        self.asked += 1
        return Answered(f"{question.text} {self.asked}".encode().ljust(self.size), self.version)

    def close(self):
        self.closed = True


def ask(engine, text="ASK {}", media_type=JSON, **dataset):
    return engine.answer(Question(text, media_type, **dataset), Caller())


def test_what_was_asked_before_is_not_asked_again():
    inner = Counting()
    engine = CachingEngine(inner, 1_000_000)
    assert ask(engine) == ask(engine)
    assert inner.asked == 1


def test_another_format_dataset_or_text_is_another_question():
    inner = Counting()
    engine = CachingEngine(inner, 1_000_000)
    ask(engine)
    ask(engine, media_type="text/csv")
    ask(engine, default_graphs=("https://example.org/",))
    ask(engine, named_graphs=("https://example.org/",))
    ask(engine, "ASK { }")
    assert inner.asked == 5


def test_a_new_version_of_the_graph_drops_every_answer():
    inner = Counting()
    engine = CachingEngine(inner, 1_000_000)
    ask(engine)
    inner.version = "two"
    assert ask(engine).version == "two"
    assert inner.asked == 2
    inner.version = "one"
    ask(engine)
    assert inner.asked == 3


def test_an_answer_of_the_graph_before_is_given_but_not_kept():
    class Swapped(Counting):
        def answer(self, question, caller):
            answered = super().answer(question, caller)
            self.version = "two"  # swapped in while the query ran
            return answered

    inner = Swapped()
    engine = CachingEngine(inner, 1_000_000)
    assert ask(engine).version == "one"
    assert ask(engine).version == "two"
    assert inner.asked == 2


def test_what_may_differ_each_time_is_asked_each_time():
    inner = Counting()
    engine = CachingEngine(inner, 1_000_000)
    for text in ("SELECT (NOW() AS ?x) {}", "SELECT (rand() AS ?x) {}", "SELECT (UUID() AS ?x) {}"):
        assert ask(engine, text) != ask(engine, text)


def test_the_answer_asked_for_longest_ago_goes_first():
    inner = Counting(1000)
    engine = CachingEngine(inner, 10_000)
    for number in range(6):
        ask(engine, f"ASK {{ {number} }}")
        ask(engine, "ASK { 0 }")
    asked = inner.asked
    ask(engine, "ASK { 0 }")
    assert inner.asked == asked
    for number in range(6, 30):
        ask(engine, f"ASK {{ {number} }}")
    asked = inner.asked
    ask(engine, "ASK { 0 }")
    assert inner.asked == asked + 1


def test_an_answer_that_would_push_out_most_others_is_not_kept():
    inner = Counting(5000)
    engine = CachingEngine(inner, 10_000)
    ask(engine)
    ask(engine)
    assert inner.asked == 2
    assert engine.size == 0


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4000)), max_size=60))
def test_what_is_kept_never_takes_more_room_than_given(asked):
    inner = Counting()
    engine = CachingEngine(inner, 10_000)
    for number, size in asked:
        inner.size = size
        ask(engine, f"ASK {{ {number} }}")
        assert 0 <= engine.size <= 10_000
    inner.version = "two"
    ask(engine, "ASK { 'last' }")
    assert engine.size <= 4700


def test_closing_closes_the_engine_behind():
    inner = Counting()
    CachingEngine(inner, 1000).close()
    assert inner.closed
