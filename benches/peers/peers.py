#!/usr/bin/env python3
"""Jalon beside its peers on one machine, in one run: ruff (a linter) and cedar (a policy checker).

Installs both (ruff from PyPI into a venv, cedar-policy-cli from crates.io), writes projects of
like size for the three, runs every command on one core in turn, and prints tables: the median of
the cpu time that the system counted (user and system), the peak memory, and the ratios that
Jalon aims at. Needs Python 3.9, cargo, and Linux or another system with `wait4`.

    python3 benches/peers/peers.py                  everything, in about ten minutes
    python3 benches/peers/peers.py check cache      some parts: check cache fmt scale giant errors
    python3 benches/peers/peers.py --files 1000     smaller
"""

import argparse
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
RUFF = "0.17.6"
CEDAR = "4.14.1"
PARTS = ["check", "cache", "fmt", "scale", "giant", "errors"]


class Cost:
    """What the runs of one command took."""

    def __init__(self):
        self.cpus, self.walls, self.peaks = [], [], []

    def add(self, cpu, wall, peak):
        self.cpus.append(cpu)
        self.walls.append(wall)
        self.peaks.append(peak)

    cpu = property(lambda self: statistics.median(self.cpus))
    wall = property(lambda self: statistics.median(self.walls))
    peak = property(lambda self: max(self.peaks))


def run(command, cpu):
    """Runs a command on one core: its cpu time, its wall time, its peak memory in MB, its status."""
    import time

    def pin():
        if cpu is not None and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {cpu})

    start = time.perf_counter()
    # Bytes that nobody reads still have to be written: the output goes to a file that is none.
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               preexec_fn=pin, shell=isinstance(command, str))
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    scale = 1e6 if sys.platform == "darwin" else 1e3
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / scale, process.returncode


def measure(commands, runs, cpu):
    """Runs the commands in turn, once to warm up, then so many times each.

    `commands` has, by name, a command and the exit codes that it may have.
    """
    costs = {name: Cost() for name in commands}
    for turn in range(runs + 1):
        for name, (command, wanted) in commands.items():
            cpu_time, wall, peak, status = run(command, cpu)
            if status not in wanted:
                sys.exit(f"`{command}` ended with {status}, not one of {wanted}")
            if turn > 0:
                costs[name].add(cpu_time, wall, peak)
    return costs


def install(place):
    """Installs the peers, unless they are there; gives the paths of `ruff` and `cedar`."""
    ruff = os.path.join(place, "venv", "bin", "ruff")
    if not os.path.exists(ruff):
        venv = os.path.join(place, "venv")
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        pip = os.path.join(venv, "bin", "pip")
        subprocess.run([pip, "install", "--quiet", f"ruff=={RUFF}"], check=True)
    cedar = os.path.join(place, "cedar", "bin", "cedar")
    if not os.path.exists(cedar):
        environment = dict(os.environ, CARGO_TARGET_DIR=os.path.join(place, "build"))
        command = ["cargo", "install", "cedar-policy-cli", "--version", CEDAR, "--locked",
                   "--root", os.path.join(place, "cedar")]
        nice = ["nice", "-n", "10"] if os.name == "posix" else []
        subprocess.run(nice + command, check=True, env=environment)
    return ruff, cedar


def write(kind, folder, *arguments):
    """Writes a project in another process, so that its memory is not counted here."""
    script = os.path.join(HERE, f"project_{kind}.py")
    command = [sys.executable, script, folder, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    lines, size = map(int, done.stdout.split())
    return lines, size


def table(title, heads, rows):
    print(f"\n**{title}**\n")
    print("| " + " | ".join(heads) + " |")
    print("|" + " --- |" * len(heads))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    sys.stdout.flush()


def verdict(ratio, *goals):
    """A ratio with the goals that it reaches or not."""
    met = ", ".join(f"{'reached' if ratio <= goal else 'not'}: {goal:g}" for goal in goals)
    return f"{ratio:.2f} ({met})"


class Bench:
    def __init__(self, given):
        self.given = given
        self.place = given.dir
        self.jalon = os.path.abspath(given.jalon)
        self.projects = {}

    def measure(self, commands):
        return measure(commands, self.given.runs, self.given.cpu)

    def project(self, kind, name, *arguments):
        """The folder of a project, its lines and its bytes; written once."""
        if name not in self.projects:
            folder = os.path.join(self.place, "projects", name)
            subprocess.run(["rm", "-rf", folder], check=True)
            self.projects[name] = (folder, *write(kind, folder, *arguments))
        return self.projects[name]

    def whole(self):
        return self.project("jalon", "jalon", self.given.files)

    def check_command(self, folder, *options):
        return [self.jalon, "check", "--no-cache", *options, folder]

    def check(self):
        files = self.given.files
        ruff, cedar = install(self.place)
        ours, our_lines, our_size = self.whole()
        python, python_lines, python_size = self.project("python", "python", files)
        policies, cedar_lines, cedar_size = self.project("cedar", "cedar", files)
        validate = [cedar, "validate", "--schema", f"{policies}/schema.cedarschema",
                    "--policies", f"{policies}/all.cedar"]
        costs = self.measure({
            "jalon check": (self.check_command(ours), {0}),
            "ruff check --no-cache": ([ruff, "check", "--no-cache", "-q", python], {0}),
            "cedar validate": (validate, {0}),
        })
        sizes = [(our_lines, our_size), (python_lines, python_size), (cedar_lines, cedar_size)]
        per_line, rows = [], []
        for (name, cost), (lines, size) in zip(costs.items(), sizes):
            per_line.append(cost.cpu / lines)
            rows.append([f"`{name}`", f"{lines:,}", f"{size / 1e6:.1f}", f"{cost.cpu:.3f}",
                         f"{cost.cpu / lines * 1e6:.2f}", f"{cost.cpu / size * 1e9:.0f}",
                         f"{cost.peak:.0f}"])
        table(f"check, {files:,} units, one core",
              ["command", "lines", "MB", "cpu s", "us a line", "ns a byte", "peak MB"], rows)
        jalon, linter, policy = per_line
        print(f"\n- against ruff, a line: {verdict(jalon / linter, 4, 1.5)}")
        print(f"- against cedar, a line: {verdict(jalon / policy, 1 / 2, 1 / 5)}")
        print(f"- peak memory: {verdict(costs['jalon check'].peak, 200)}")

    def cache(self):
        folder, _, size = self.whole()
        run([self.jalon, "check", folder], None)
        # The cost of finding, opening and reading each file, in a program that does nothing else.
        floor = f"find {folder} -type f -name '*.jalon' -print0 | xargs -0 cat > /dev/null"
        costs = self.measure({
            "find and cat": (floor, {0}),
            "jalon check, nothing changed": ([self.jalon, "check", folder], {0}),
        })
        table(f"a second check, {self.given.files:,} files, {size / 1e6:.1f} MB, one core",
              ["command", "cpu s", "peak MB"],
              [[name, f"{cost.cpu:.3f}", f"{cost.peak:.0f}"] for name, cost in costs.items()])
        reading, again = (cost.cpu for cost in costs.values())
        print(f"\n- against reading: {verdict(again / reading, 3)}")

    def fmt(self):
        ruff, _ = install(self.place)
        ours, our_lines, our_size = self.whole()
        python, python_lines, python_size = self.project("python", "python", self.given.files)
        # Whether the files of the other are in its layout makes no difference to the work.
        costs = self.measure({
            "jalon fmt --check": ([self.jalon, "fmt", "--check", ours], {0}),
            "ruff format --check": ([ruff, "format", "--no-cache", "--check", "-q", python], {0, 1}),
        })
        sizes = [(our_lines, our_size), (python_lines, python_size)]
        per_line, rows = [], []
        for (name, cost), (lines, size) in zip(costs.items(), sizes):
            per_line.append(cost.cpu / lines)
            rows.append([f"`{name}`", f"{lines:,}", f"{cost.cpu:.3f}",
                         f"{cost.cpu / lines * 1e6:.2f}", f"{cost.cpu / size * 1e9:.0f}",
                         f"{cost.peak:.0f}"])
        table("layout", ["command", "lines", "cpu s", "us a line", "ns a byte", "peak MB"], rows)
        print(f"\n- against ruff, a line: {verdict(per_line[0] / per_line[1], 2)}")

    def scale(self):
        small = self.project("jalon", "tenth", self.given.files // 10)[0]
        costs = self.measure({
            "a tenth": (self.check_command(small), {0}),
            "all": (self.check_command(self.whole()[0]), {0}),
        })
        table("ten times the files", ["project", "cpu s", "peak MB"],
              [[name, f"{cost.cpu:.3f}", f"{cost.peak:.0f}"] for name, cost in costs.items()])
        less, more = (cost.cpu for cost in costs.values())
        print(f"\n- ten times the files: {verdict(more / less, 10.5)}")

    def giant(self):
        files = self.given.files * 7 // 10
        many, _, size = self.project("jalon", "seven", files)
        one, _, _ = self.project("jalon", "giant", files, "--one-file")
        costs = self.measure({
            f"{files:,} files": (self.check_command(many), {0}),
            "one file": (self.check_command(one), {0}),
        })
        table(f"{size / 1e6:.1f} MB in one file", ["project", "cpu s", "peak MB"],
              [[name, f"{cost.cpu:.3f}", f"{cost.peak:.0f}"] for name, cost in costs.items()])
        files, file = (cost.cpu for cost in costs.values())
        print(f"\n- one file against many: {verdict(file / files, 1.3)}")

    def errors(self):
        files = min(1000, self.given.files)
        commands, pairs = {}, []
        for kind in ["syntax", "types", "names", "segments", "templates"]:
            for where in ["start", "middle", "end", "one file"]:
                options = ["--errors", files, "--kind", kind]
                options += ["--errors-in-one"] if where == "one file" else ["--where", where]
                stem = f"{kind}_{where}".replace(" ", "_")
                wrong = self.project("jalon", stem, files, *options)[0]
                right = self.project("jalon", f"{stem}_right", files, *options, "--right")[0]
                pairs.append((kind, where, stem))
                commands[stem] = (self.check_command(wrong, "--max-diagnostics", "0"), {1})
                commands[f"{stem} right"] = (self.check_command(right), {0})
        costs = self.measure(commands)
        rows = []
        for kind, where, stem in pairs:
            wrong, right = costs[stem].cpu, costs[f"{stem} right"].cpu
            rows.append([kind, where, f"{right:.3f}", f"{wrong:.3f}", verdict(wrong / right, 1.3)])
        table(f"{files:,} errors, all printed for people, against the same text without mistakes",
              ["stage", "where in each file", "cpu s without", "cpu s with", "ratio"], rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("parts", nargs="*", default=PARTS, help=f"of {', '.join(PARTS)}")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cpu", type=int, default=0, help="the core; -1 for all of them")
    parser.add_argument("--jalon", default=os.path.join(ROOT, "target", "release", "jalon"))
    parser.add_argument("--dir", default=os.path.join(ROOT, "target", "peers"))
    given = parser.parse_args()
    wrong = [part for part in given.parts if part not in PARTS]
    if wrong:
        parser.error(f"no part is called {', '.join(wrong)}: {', '.join(PARTS)}")
    given.cpu = None if given.cpu < 0 else given.cpu
    if not os.path.exists(given.jalon):
        subprocess.run(["cargo", "build", "--release"], check=True, cwd=ROOT)
    os.makedirs(given.dir, exist_ok=True)
    print(f"Jalon beside ruff {RUFF} and cedar {CEDAR}; median of {given.runs} runs")
    bench = Bench(given)
    for part in given.parts:
        getattr(bench, part)()


if __name__ == "__main__":
    main()
