#!/usr/bin/env python3
"""Breaks the sources one line at a time and tells which breaks no test notices.

    tests/mutation/run.py                  all of mutations.toml
    tests/mutation/run.py 'core/*'         those whose file or name matches a glob
    tests/mutation/run.py --check          only whether every pattern is still found exactly once

A copy of the working tree is built in build/mutation, so neither sources nor builds here are touched.
Exit status: 0 all killed, 1 survivors, 2 a mutation that is out of date or does not compile.
"""
import argparse
import fnmatch
import os
import pathlib
import subprocess
import sys
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRATCH = ROOT / "build" / "mutation"
TREE = SCRATCH / "tree"
BUILD = SCRATCH / "build"
TEST_LIMIT_S = 300  # a mutant that runs longer hangs: killed


def mutations():
    with open(ROOT / "tests/mutation/mutations.toml", "rb") as file:
        listed = tomllib.load(file)["mutation"]
    for each in listed:
        each["label"] = f"{each['file']}: {each['means']}"
    return listed


def mutated(text, mutation):
    """The source with the one place changed; raises when that is not exactly one place."""
    found = text.count(mutation["find"])
    if found != 1:
        raise ValueError(f"pattern found {found} times instead of once: {mutation['find']!r}")
    changed = text.replace(mutation["find"], mutation["replace"])
    if changed == text:
        raise ValueError("replacement changes nothing")
    return changed


def outdated(listed):
    problems = []
    for each in listed:
        try:
            mutated((ROOT / each["file"]).read_text(), each)
        except (OSError, ValueError) as problem:
            problems.append(f"{each['label']}: {problem}")
    return problems


def write_if_different(path, content):
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def copy_tree():
    """Tracked and new files; unchanged ones keep their time stamp, so that little is built again."""
    listing = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, check=True,
                             capture_output=True, text=True).stdout
    names = [name for name in listing.split("\0") if name and (ROOT / name).is_file()]
    for name in names:
        write_if_different(TREE / name, (ROOT / name).read_bytes())
    kept = set(names)
    for path in TREE.rglob("*"):
        if path.is_file() and str(path.relative_to(TREE)) not in kept:
            path.unlink()


def quietly(command, **options):
    return subprocess.run(["nice", *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)


def configure():
    # -O1 without debug information builds in half the time of the dev preset.
    launcher = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if quietly(["which", "ccache"]).returncode == 0 else []
    result = quietly(["cmake", "-S", str(TREE), "-B", str(BUILD), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=None",
                      "-DCMAKE_CXX_FLAGS=-O1", "-DYONDER_CONTRACTS=ON", *launcher])
    if result.returncode != 0:
        sys.exit(f"configuring failed:\n{result.stdout}")


def build(target, jobs):
    return quietly(["cmake", "--build", str(BUILD), "--target", target, "-j", str(jobs)])


def run_tests(target, test_filter):
    environment = os.environ | {"GTEST_FAIL_FAST": "1", "GTEST_BRIEF": "1", "YONDER_INVARIANT_PATHS": "20000"}
    command = [str(BUILD / "tests" / target)]
    if test_filter:
        command.append(f"--gtest_filter={test_filter}")
    try:
        return quietly(command, cwd=BUILD / "tests", env=environment, timeout=TEST_LIMIT_S)
    except subprocess.TimeoutExpired:
        return None


def first_failure(result):
    if result is None:
        return "hung"
    for line in result.stdout.splitlines():
        if line.startswith("[  FAILED  ]"):
            return line.removeprefix("[  FAILED  ]").split(",")[0].split("(")[0].strip()
    return f"exit status {result.returncode}"


def verdict(mutation, jobs):
    path = TREE / mutation["file"]
    original = path.read_text()
    path.write_text(mutated(original, mutation))
    try:
        for target in mutation["tests"]:
            name, _, test_filter = target.partition(" ")
            built = build(name, jobs)
            if built.returncode != 0:
                return "broken", "does not compile:\n" + built.stdout[-1500:]
            result = run_tests(name, test_filter)
            if result is None or result.returncode != 0:
                return "killed", f"{name}: {first_failure(result)}"
        return "survived", ", ".join(mutation["tests"])
    finally:
        path.write_text(original)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("globs", nargs="*", help="only mutations whose file, or text, matches one of these")
    parser.add_argument("--check", action="store_true", help="only whether the patterns are still found")
    parser.add_argument("-j", "--jobs", type=int, default=int(os.environ.get("YONDER_JOBS", os.cpu_count() or 1)))
    arguments = parser.parse_args()

    listed = mutations()
    problems = outdated(listed)
    for problem in problems:
        print(f"out of date  {problem}")
    if problems:
        return 2
    print(f"{len(listed)} mutations, every pattern found once", flush=True)
    if arguments.check:
        return 0
    chosen = [each for each in listed
              if not arguments.globs or any(fnmatch.fnmatch(each["file"], glob) or glob in each["means"]
                                            for glob in arguments.globs)]
    copy_tree()
    configure()
    targets = sorted({test.partition(" ")[0] for each in chosen for test in each["tests"]})
    for target in targets:  # the unbroken code must build and pass
        built = build(target, arguments.jobs)
        if built.returncode != 0:
            sys.exit(f"{target} does not build without any mutation:\n{built.stdout[-3000:]}")
    for test in sorted({test for each in chosen for test in each["tests"]}):
        name, _, test_filter = test.partition(" ")
        result = run_tests(name, test_filter)
        if result is None or result.returncode != 0:
            sys.exit(f"{test} fails without any mutation: {first_failure(result)}")

    counts = {"killed": 0, "survived": 0, "broken": 0}
    for each in chosen:
        start = time.monotonic()
        outcome, detail = verdict(each, arguments.jobs)
        counts[outcome] += 1
        print(f"{outcome:8}  {each['label']}  [{detail}]  {time.monotonic() - start:.0f} s", flush=True)
    print(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
    return 2 if counts["broken"] else 1 if counts["survived"] else 0


if __name__ == "__main__":
    sys.exit(main())
