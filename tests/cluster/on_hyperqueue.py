#!/usr/bin/env python3
"""Runs the shards that are not done on HyperQueue: one task each. Its server gives a task of a worker that is lost to another one.

    pip install hyperqueue==0.27.0
    python3 on_hyperqueue.py server DIR                     keeps running; DIR is where the others find its address
    python3 on_hyperqueue.py worker DIR [--cores N]         on every machine, DIR shared or copied; keeps running
    python3 on_hyperqueue.py submit DIR FOLDER SHARDS [OPTION…]   waits until all shards are done; fuhe's options behind

The wheel has no `hq` of its own, but the same server and workers. Where `hq` is installed, `hq server start --server-dir DIR`
and `hq worker start --server-dir DIR` take the place of the first two, with keys and a journal.
"""

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path

import shards
from hyperqueue import Client, Job, LocalCluster
from hyperqueue.cluster import WorkerConfig
from hyperqueue.output import StdioDef

# A shard that takes so many workers with it is looked at by a person.
CRASH_LIMIT = 20


def server(folder):
    cluster = LocalCluster(str(folder))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        signal.pause()
    finally:
        cluster.stop()


def worker(folder, cores):
    """The wheel starts workers for the server in the same process; this one is shown the other server's address instead."""
    own = Path(tempfile.mkdtemp(prefix="hq-worker-"))
    cluster = LocalCluster(str(own))
    address = own / "hq-current"
    address.unlink()
    address.symlink_to((folder / "hq-current").resolve(), target_is_directory=True)
    cluster.start_worker(WorkerConfig(cores=cores))
    signal.pause()


def submit(folder, root, lists, options):
    client = Client(str(folder))
    job = Job(name="fuhe", max_fails=None)
    tool = Path(__file__).with_name("shards.py").resolve()
    environment = {name: os.environ[name] for name in ("FUHE", "PATH", "SOURCE_DATE_EPOCH") if name in os.environ}
    waiting = shards.todo(lists)
    for shard in waiting:
        call = [sys.executable, str(tool), "run", str(root.resolve()), str(shard.resolve()), *options]
        said = StdioDef.remove_if_finished(str(shard.resolve().with_suffix(".said")))
        job.program(call, env=environment, stdout=None, stderr=said, crash_limit=CRASH_LIMIT)
    if waiting:
        client.wait_for_jobs([client.submit(job)])
    return len(shards.todo(lists))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tasks = parser.add_subparsers(dest="task", required=True)
    tasks.add_parser("server").add_argument("dir", type=Path)
    task = tasks.add_parser("worker")
    task.add_argument("dir", type=Path)
    task.add_argument("--cores", type=int, default=os.cpu_count())
    task = tasks.add_parser("submit")
    for name in ("dir", "folder", "shards"):
        task.add_argument(name, type=Path)
    given, options = parser.parse_known_args()
    if options and given.task != "submit":
        parser.error(f"unknown: {' '.join(options)}")
    given.dir = given.dir.resolve()
    if given.task == "server":
        return server(given.dir)
    if given.task == "worker":
        return worker(given.dir, given.cores)
    left = submit(given.dir, given.folder, given.shards, options)
    return f"{left} shards are not done" if left else 0


if __name__ == "__main__":
    sys.exit(main())
