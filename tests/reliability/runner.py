"""A process that has the program loaded, and runs each command line in a child of its own, hit by a fault or not.

Jobs come as JSON lines on stdin, results go as JSON lines to stdout. A child is a real process, with its own death.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.reliability import acts, faults

Job = dict[str, Any]


def _faulty(job: Job, hit: int) -> None:
    """Prepare this process to be hit, and to say so."""
    fault: Job = job.get("fault") or {}
    every = bool(os.environ.get("SOAK"))
    if fault.get("how") == "kill":
        faults.arm(faults.Points(fault["at"], faults.kill), every=every)
    elif fault.get("how") == "terminate":
        end = faults.terminate(fault["host"], fault["database"])

        def act() -> None:
            os.write(hit, b"1")
            end()

        faults.arm(faults.Points(fault["at"], act), every=every)
    elif fault.get("how") == "size":
        resource.setrlimit(resource.RLIMIT_FSIZE, (fault["at"], fault["at"]))
    elif fault.get("how") == "io":
        library = ctypes.CDLL(None)
        library.fault_arm(fault["at"], int(fault["for_ever"]), fault["errno"], fault["match"].encode())


def _work(job: Job) -> int:
    """Run the command lines of a job one after the other, as long as they end with 0; a first word of `!` names an act."""
    from chorus_config.cli.main import main

    code = 0
    for words in job["runs"]:
        code = getattr(acts, words[0][1:])(*words[1:]) if words[0].startswith("!") else main(words)
        if code:
            break
    return int(code)


def _child(job: Job, gate: int, ends: tuple[int, int, int]) -> None:
    os.dup2(ends[0], 1)
    os.dup2(ends[1], 2)
    os.chdir(job["at"])
    os.environ.update(job.get("env", {}))
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123
    os.read(gate, 1)
    code = 70
    try:
        _faulty(job, ends[2])
        code = _work(job)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _run(jobs: list[Job]) -> list[Job]:
    """Start all jobs at one moment and return how each ended."""
    gate = os.pipe()
    started = []
    for job in jobs:
        out, err, hit = os.pipe(), os.pipe(), os.pipe()
        child = os.fork()
        if child == 0:
            os.close(gate[1])
            _child(job, gate[0], (out[1], err[1], hit[1]))
        for pipe in (out, err, hit):
            os.close(pipe[1])
        started.append((child, out[0], err[0], hit[0]))
    os.close(gate[1])
    os.close(gate[0])
    return [_ended(*each) for each in started]


def _ended(child: int, *ends: int) -> Job:
    told = []
    for end in ends:
        with os.fdopen(end, encoding="utf-8", errors="replace") as pipe:
            told.append(pipe.read())
    return {"code": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), "out": told[0], "err": told[1], "hit": bool(told[2])}


def _warm() -> None:
    """Load what the commands load late, so that a child costs little."""
    from chorus_config.cli.main import main

    commands = (f"chorus_config.cli.{name}" for name in ("plan", "apply", "confirm", "history"))
    late = ("sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.postgresql", "psycopg", "deepdiff")
    for module in (*commands, *late, "chorus_config.store.postgres"):
        try:
            import_module(module)
        except ImportError:
            continue
    example = Path(__file__).resolve().parents[2] / "examples" / "sditec"
    kept = os.dup(1)
    with open(os.devnull, "w", encoding="utf-8") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 1)
        main(["-C", str(example), "plan"])
        sys.stdout.flush()
    os.dup2(kept, 1)


def serve() -> None:
    """Answer jobs until stdin ends."""
    _warm()
    for line in sys.stdin:
        answer = json.dumps(_run(json.loads(line)))
        os.write(1, answer.encode() + b"\n")


if __name__ == "__main__":
    serve()
