from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import small_graph
from asking import (
    ENDLESS,
    JSON,
    PLAIN,
    PLAIN_ANSWER,
    Asking,
    ask,
    busy_worker,
    children,
    computes,
    hosts,
    runs,
    state,
    wait_for,
    workers,
)
from snhr_kg.engine.limits import Limits
from snhr_kg.engine.pool import LocalEngine
from snhr_kg.engine.question import Caller
from snhr_kg.errors import (
    BadQuery,
    CallerLeft,
    EngineFailed,
    EngineUnavailable,
    GraphError,
    MemoryLimit,
    NotAcceptable,
    Overloaded,
    QueryRefused,
    QueryTimeout,
    QueryTooLong,
)


@pytest.fixture
def engine(folder):
    """An engine with one worker."""
    engine = LocalEngine(folder, Limits(workers=1, seconds=20, waiting_seconds=20))
    wait_for(workers)
    yield engine
    engine.close()


def refused(engine):
    """What the engine says, as soon as it is unavailable."""
    refusals = []

    def refuses():
        try:
            ask(engine)
        except EngineUnavailable as error:
            refusals.append(error)
        return refusals

    wait_for(refuses)
    return refusals[0]


def answers(engine):
    """Whether it answers now."""
    try:
        return ask(engine) == PLAIN_ANSWER
    except EngineUnavailable:
        return False


class TestAnswers:
    def test_come_whole_with_the_version_of_the_graph(self, engine, folder):
        body = ask(engine, "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000", "text/csv")
        assert body.count(b"\r\n") == 20001
        assert engine.version in (folder / "SHA256SUMS").read_text()

    def test_errors_of_the_query_come_back_as_what_they_are(self, engine):
        for error, text in (
            (BadQuery, "SELECT"),
            (QueryRefused, "CLEAR ALL"),
            (QueryTooLong, PLAIN + "#" + "x" * 70_000),
            (NotAcceptable, "DESCRIBE <http://x/>"),
        ):
            with pytest.raises(error) as raised:
                ask(engine, text)
            assert type(raised.value) is error

    def test_a_text_that_is_not_unicode_is_a_bad_query(self, engine):
        with pytest.raises(BadQuery):
            ask(engine, "ASK { ?s ?p '\ud800' }")

    def test_any_number_of_threads_may_ask(self, folder):
        engine = LocalEngine(folder, Limits(workers=3, waiting=100, per_client=100, waiting_seconds=30))

        def count(most):
            return ask(engine, f"SELECT ?s {{ ?s ?p ?o }} LIMIT {most}", "text/csv").count(b"\n") - 1

        with ThreadPoolExecutor(24) as threads:
            assert list(threads.map(count, [number % 50 for number in range(600)])) == [n % 50 for n in range(600)]
        engine.close()


class TestAnEndThatIsToldApart:
    def test_the_deadline(self, folder):
        engine = LocalEngine(folder, Limits(workers=1, seconds=0.3))
        begun = time.monotonic()
        with pytest.raises(QueryTimeout, match=r"0\.3 seconds"):
            ask(engine, ENDLESS)
        assert time.monotonic() - begun < 0.8
        assert ask(engine) == PLAIN_ANSWER
        engine.close()

    @pytest.mark.parametrize(
        ("number", "error", "words"),
        [
            (signal.SIGABRT, MemoryLimit, "512 MiB"),
            (signal.SIGSEGV, EngineFailed, "nests too deep.*write it flatter"),
            (signal.SIGKILL, EngineFailed, r"ended from outside \(SIGKILL\)"),
        ],
    )
    def test_a_signal(self, engine, number, error, words):
        asking = Asking(engine)
        os.kill(busy_worker(engine), number)
        with pytest.raises(error, match=words):
            raise asking.finish()
        assert ask(engine) == PLAIN_ANSWER

    def test_a_fault_of_the_engine_is_not_told_as_want_of_memory(self, engine):
        # The engine's order of values of several types is no total order, over which its sorting aborts the process.
        with pytest.raises(EngineFailed, match="a fault of its own"):
            ask(engine, "SELECT DISTINCT ?o { ?s ?p ?o } ORDER BY DESC(?o)")
        assert ask(engine, PLAIN) == PLAIN_ANSWER

    def test_a_caller_who_leaves_has_his_query_stopped(self, engine):
        asking = Asking(engine)
        worker = busy_worker(engine)
        asking.caller.leave()
        assert isinstance(asking.finish(), CallerLeft)
        wait_for(lambda: not state(worker))
        assert ask(engine) == PLAIN_ANSWER

    def test_a_caller_who_has_left_has_nothing_begun(self, engine):
        caller = Caller()
        caller.leave()
        (worker,) = workers()
        with pytest.raises(CallerLeft):
            ask(engine, ENDLESS, caller=caller)
        assert ask(engine) == PLAIN_ANSWER
        assert workers() == [worker]

    def test_a_caller_who_leaves_while_he_waits_has_nothing_begun(self, engine):
        running, waiting = Asking(engine), Asking(engine, address="192.0.2.2")
        worker = busy_worker(engine)
        waiting.caller.leave()
        assert isinstance(waiting.finish(), CallerLeft)
        assert computes(worker)
        running.caller.leave()
        running.finish()

    def test_too_many_are_turned_away(self, folder):
        engine = LocalEngine(folder, Limits(workers=1, waiting=0))
        asking = Asking(engine)
        busy_worker(engine)
        with pytest.raises(Overloaded) as refusal:
            ask(engine)
        assert refusal.value.retry_after >= 1
        asking.caller.leave()
        asking.finish()
        engine.close()


class TestAKilledProcess:
    def test_an_idle_worker_is_replaced_without_an_error(self, engine):
        for _ in range(10):
            wait_for(workers)
            (worker,) = workers()
            os.kill(worker, signal.SIGKILL)
            assert ask(engine) == PLAIN_ANSWER
            wait_for(lambda worker=worker: not state(worker))

    def test_all_idle_workers_killed_under_load_cost_nobody_an_answer_that_was_not_begun(self, folder):
        engine = LocalEngine(folder, Limits(workers=2, waiting=100, per_client=100))
        outcomes = []

        def keep_asking():
            for _ in range(100):
                try:
                    outcomes.append(ask(engine))
                except EngineFailed as error:
                    outcomes.append(str(error))

        threads = [threading.Thread(target=keep_asking) for _ in range(4)]
        for thread in threads:
            thread.start()
        for _ in range(10):
            for worker in workers():
                os.kill(worker, signal.SIGKILL)
            time.sleep(0.01)
        for thread in threads:
            thread.join()
        failed = [outcome for outcome in outcomes if outcome != PLAIN_ANSWER]
        assert len(outcomes) == 400
        assert len(failed) <= 20
        assert all("SIGKILL" in outcome for outcome in failed)
        engine.close()

    @pytest.mark.parametrize("processes", [workers, hosts], ids=["worker", "host"])
    def test_one_that_no_descriptor_is_left_for_is_had_when_there_are_some_again(self, engine, processes):
        most = resource.getrlimit(resource.RLIMIT_NOFILE)
        (killed,) = processes()
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (3, most[1]))
            os.kill(killed, signal.SIGKILL)
            time.sleep(1)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, most)
        wait_for(lambda: answers(engine))

    def test_the_host_is_started_again_and_meanwhile_nobody_waits_for_it(self, engine):
        (host,) = hosts()
        (worker,) = workers()
        os.kill(host, signal.SIGKILL)
        refusal = refused(engine)
        assert refusal.retry_after >= 1
        wait_for(workers)
        wait_for(lambda: answers(engine))
        wait_for(lambda: len(hosts()) == 1 and hosts() != [host])
        assert not runs(worker)

    def test_a_query_that_runs_when_the_host_dies_is_told_so(self, engine):
        asking = Asking(engine)
        busy_worker(engine)
        os.kill(hosts()[0], signal.SIGKILL)
        assert isinstance(asking.finish(), EngineUnavailable)

    def test_a_host_that_finds_no_graph_is_started_until_it_does(self, tmp_path):
        engine = LocalEngine(small_graph.write(tmp_path), Limits(workers=1))
        wait_for(workers)
        data = (tmp_path / "snhr-kg.nq").read_bytes()
        (tmp_path / "snhr-kg.nq").write_bytes(data[:-20])
        before = hosts()
        os.kill(before[0], signal.SIGKILL)
        wait_for(lambda: hosts() and hosts() != before)
        wait_for(lambda: not hosts())
        with pytest.raises(EngineUnavailable):
            ask(engine)
        (tmp_path / "snhr-kg.nq").write_bytes(data)
        wait_for(lambda: answers(engine))
        engine.close()

    def test_a_killed_server_takes_host_and_workers_with_it(self, folder):
        script = (
            "import sys, time; from pathlib import Path; from snhr_kg.engine.limits import Limits\n"
            "from snhr_kg.engine.pool import LocalEngine\n"
            "engine = LocalEngine(Path(sys.argv[1]), Limits(workers=2)); print('open', flush=True); time.sleep(60)"
        )
        with subprocess.Popen([sys.executable, "-c", script, folder], stdout=subprocess.PIPE) as server:
            assert server.stdout.readline() == b"open\n"
            wait_for(lambda: len(children(children(server.pid)[0])) == 2)
            (host,) = children(server.pid)
            family = [host, *children(host)]
            os.kill(server.pid, signal.SIGKILL)
        wait_for(lambda: not any(map(runs, family)))

    def test_what_stops_a_whole_group_of_processes_leaves_the_engine_to_its_server(self, engine):
        for process in (*hosts(), *workers()):
            os.kill(process, signal.SIGINT)
            os.kill(process, signal.SIGTERM)
        before = workers()
        assert ask(engine) == PLAIN_ANSWER
        assert workers() == before


class TestAnEngineThatEnds:
    def test_close_stops_what_runs_and_can_be_called_again(self, engine):
        running, waiting = Asking(engine), Asking(engine, address="192.0.2.2")
        busy_worker(engine)
        engine.close()
        engine.close()
        for asking in (running, waiting):
            assert isinstance(asking.finish(), EngineUnavailable)
        with pytest.raises(EngineUnavailable):
            ask(engine)
        assert hosts() == []

    def test_retire_lets_those_who_came_before_have_their_answer(self, engine):
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f VALUES ?g { 1 2 3 4 5 6 7 8 } }"
        before = [Asking(engine, slow, address=f"192.0.2.{number}") for number in range(3)]
        wait_for(lambda: sum(engine._line._held.values()) == 3)
        retiring = threading.Thread(target=engine.retire)
        retiring.start()
        assert "newer" in str(refused(engine))
        assert [asking.finish().body[:9] for asking in before] == [b'{"head":{'] * 3
        retiring.join(10)
        assert hosts() == []

    def test_neither_processes_nor_descriptors_nor_threads_are_left(self, folder):
        def open_and_close():
            engine = LocalEngine(folder, Limits(workers=2, seconds=0.1))
            ask(engine)
            with pytest.raises(QueryTimeout):
                ask(engine, ENDLESS)
            os.kill(hosts()[0], signal.SIGKILL)
            refused(engine)
            engine.close()

        def held():
            return len(os.listdir("/proc/self/fd")), threading.active_count(), len(children(os.getpid()))

        open_and_close()
        before = held()
        open_and_close()
        assert held() == before

    def test_a_folder_without_a_graph_is_an_error_at_once(self, tmp_path):
        before = len(os.listdir("/proc/self/fd"))
        with pytest.raises(GraphError, match="snhr-kg build"):
            LocalEngine(tmp_path, Limits(workers=1))
        assert len(os.listdir("/proc/self/fd")) == before
        assert hosts() == []


class TestAWorker:
    def test_is_replaced_after_a_query_that_made_it_grow(self, folder):
        engine = LocalEngine(folder, Limits(workers=1, memory_mb=512))
        wait_for(workers)
        (worker,) = workers()
        ask(engine)
        assert workers() == [worker]
        deep = "SELECT (" + "!" * 65_000 + "true AS ?x) {}"
        assert b"true" in ask(engine, deep)
        assert ask(engine) == PLAIN_ANSWER
        wait_for(lambda: workers() and workers() != [worker])
        engine.close()

    def test_is_bounded_and_silent(self, engine):
        ask(engine)
        (worker,) = workers()
        soft_limits = {
            number: resource.prlimit(worker, number)[0]
            for number in (resource.RLIMIT_CORE, resource.RLIMIT_NOFILE, resource.RLIMIT_AS)
        }
        assert soft_limits.pop(resource.RLIMIT_AS) < 2**30
        assert soft_limits == {resource.RLIMIT_CORE: 0, resource.RLIMIT_NOFILE: 0}
        standard = [os.readlink(f"/proc/{worker}/fd/{number}") for number in ("0", "1", "2")]
        assert standard == [os.devnull, os.devnull, "/memfd:last-words (deleted)"]
        opened = [os.readlink(link) for link in Path(f"/proc/{worker}/fd").iterdir()]
        assert sorted(name.partition(":")[0] for name in opened if name != os.devnull) == [
            "/memfd",
            "/memfd",
            f"/proc/{worker}/statm",
            "socket",
        ]

    def test_says_of_a_graph_too_large_which_limit_it_met(self, folder):
        construct = "CONSTRUCT { ?u ?b ?c } { ?a ?b ?c . ?d ?e ?f BIND(UUID() AS ?u) }"
        for memory, result, error, form in (
            (40, 64, MemoryLimit, "text/turtle"),
            (40, 64, MemoryLimit, "application/ld+json"),
            (200, 1, "ResultTooLarge", "application/n-triples"),
        ):
            engine = LocalEngine(folder, Limits(workers=1, memory_mb=memory, result_mb=result))
            with pytest.raises(Exception, match="limit") as stopped:
                ask(engine, construct, form)
            assert stopped.type.__name__ == getattr(error, "__name__", error)
            assert ask(engine, PLAIN, JSON) == PLAIN_ANSWER
            engine.close()
