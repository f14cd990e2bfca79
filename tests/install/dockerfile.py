#!/usr/bin/env python3
"""Carries out the Dockerfile without Docker, in Debian roots: the instructions are read from the file itself.

    tests/install/dockerfile.py --check                 what can be seen without building: seconds, no root needed
    tests/install/dockerfile.py [--work FOLDER] [--packages FOLDER]   builds every stage by chroot and uses the image: minutes;
                                                        needs root, debootstrap, git, about 6 GB

FOLDER (default /var/tmp/yonder-docker) keeps base/, an untouched debootstrap root (as fresh-debian-root.sh makes it),
and the stages as stage0/, stage1/. --packages FOLDER takes the Debian packages in FOLDER (./dev package) for those that
the first stage would build, which is the longest part. debootstrap's minbase stands for debian:bookworm-slim: it has the same packages or
more, except that slim's dpkg leaves out manual pages and documentation, which is done here too. What is not shown is Docker itself.
"""
import argparse
import fnmatch
import glob
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SLIM = "path-exclude /usr/share/man/*\npath-exclude /usr/share/doc/*\npath-include /usr/share/doc/*/copyright\n"
USER = 12345  # of no name in the image, as docker run --user gives one


def fail(message):
    sys.exit(f"error: {message}")


def instructions(text):
    """(keyword, argument) of each instruction; comments and line ends are gone."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [tuple(line.split(None, 1)) for line in joined.splitlines() if line.strip()]


def left_out(name, patterns):
    """Whether .dockerignore leaves a path of the context out: it, or a folder above it."""
    parts = name.split("/")
    for end in range(1, len(parts) + 1):
        path = "/".join(parts[:end])
        for pattern in patterns:
            anywhere = pattern.startswith("**/")
            tail = pattern[3:] if anywhere else pattern
            if "**" in tail or tail.startswith("!"):
                fail(f".dockerignore: {pattern}: this script does not know such patterns")
            candidates = ["/".join(parts[start:end]) for start in range(end)] if anywhere else [path]
            if any(fnmatch.fnmatchcase(one, tail) and one.count("/") == tail.count("/") for one in candidates):
                return True
    return False


def ignore_patterns():
    lines = (REPOSITORY / ".dockerignore").read_text().splitlines()
    return [line.strip().rstrip("/") for line in lines if line.strip() and not line.startswith("#")]


def check(steps):
    """What a look shows: instructions known, sources of COPY there and not left out, packages to be had."""
    patterns = ignore_patterns()
    names = subprocess.run(["git", "-C", REPOSITORY, "ls-files"], check=True, capture_output=True, text=True).stdout.split("\n")
    stages, wanted = set(), set()
    for word, argument in steps:
        if word == "FROM":
            image, *rest = argument.split()
            if image not in stages and image != "debian:bookworm-slim":
                fail(f"FROM {image}: not a stage, and not Debian 12")
            if rest:
                stages.add(rest[1])
        elif word == "COPY":
            words = argument.split()
            if words[0].startswith("--from="):
                if words[0][7:] not in stages:
                    fail(f"COPY {argument}: there is no such stage")
                continue
            for source in words[:-1]:
                taken = [n for n in names if n and (source == "." or n == source or n.startswith(source + "/"))]
                kept = [n for n in taken if not left_out(n, patterns)]
                if not kept:
                    fail(f"COPY {argument}: {source} is not in the repository, or .dockerignore leaves it out")
                if len(kept) != len(taken) and source != ".":
                    fail(f"COPY {argument}: .dockerignore leaves out {set(taken) - set(kept)}")
                for name in set(taken) - set(kept):
                    fail(f".dockerignore leaves out {name}, which is part of the sources")
        elif word == "RUN":
            for command in re.findall(r"apt-get install ([^&;]*)", argument):
                for package in re.findall(r"\$\((.*?)\)", command):
                    wanted.update(subprocess.run(["bash", "-c", package], cwd=REPOSITORY, check=True, capture_output=True,
                                                 text=True).stdout.split())
                wanted.update(w for w in re.sub(r"\$\(.*?\)", "", command).split() if not w.startswith(("-", "/")))
        elif word not in ("WORKDIR", "ENV", "ENTRYPOINT", "CMD"):
            fail(f"{word}: this script does not know the instruction")
    if glob.glob("/var/lib/apt/lists/*Packages*"):
        for package in sorted(wanted):
            policy = subprocess.run(["apt-cache", "policy", package], capture_output=True, text=True).stdout
            if "Candidate:" not in policy or "Candidate: (none)" in policy:
                fail(f"{package}: Debian has no such package (or apt-get update is due)")
    print(f"ok: {len(steps)} instructions, {len(wanted)} packages, {sum(1 for n in names if n)} files of the sources go along")


def make_base(work):
    if (work / "base.done").exists():
        return
    script = Path(__file__).with_name("fresh-debian-root.sh")
    subprocess.run([script, "--work", work, "true"], check=True)


class Stage:
    def __init__(self, work, number):
        self.root = work / f"stage{number}"
        self.directory, self.environment, self.entry, self.command = "/", {}, [], []
        subprocess.run(["rm", "-rf", "--one-file-system", self.root], check=True)
        subprocess.run(["cp", "-a", work / "base", self.root], check=True)
        acquire = subprocess.run(["apt-config", "dump", "Acquire"], check=True, capture_output=True, text=True).stdout
        (self.root / "etc/apt/apt.conf.d/99from-outside").write_text(acquire)
        (self.root / "etc/dpkg/dpkg.cfg.d").mkdir(exist_ok=True)
        (self.root / "etc/dpkg/dpkg.cfg.d/docker").write_text(SLIM)
        shutil.copy(os.path.realpath("/etc/resolv.conf"), self.root / "etc/resolv.conf")
        subprocess.run(["mount", "-t", "proc", "proc", self.root / "proc"], check=True)
        subprocess.run(["mount", "--rbind", "/dev", self.root / "dev"], check=True)

    def inside(self, path):
        return Path(str(self.root) + os.path.normpath(os.path.join(self.directory, path)))

    def run(self, words, user=None, **settings):
        variables = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/" if user else "/root"}
        variables.update(self.environment)
        call = ["chroot"] + ([f"--userspec={user}:{user}"] if user else []) + [str(self.root), "/usr/bin/env", "-i"]
        call += [f"{name}={value}" for name, value in variables.items()]
        call += ["sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", self.directory, *words]
        return subprocess.run(call, **settings)

    def copy(self, sources, target):
        into = target.endswith("/") or target == "." or len(sources) > 1
        destination = self.inside(target)
        (destination if into else destination.parent).mkdir(parents=True, exist_ok=True)
        for source in sources:
            subprocess.run(["cp", "-a", f"{source}/." if source.is_dir() else source, destination], check=True)


def make_context(work):
    """The last commit as a clone, beside it folders that .dockerignore must keep out, copied as Docker does."""
    clone, context = work / "clone", work / "context"
    for folder in (clone, context):
        subprocess.run(["rm", "-rf", folder], check=True)
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", REPOSITORY, clone], check=True)
    for stray in ("build/release/stale.txt", "out/result.tif", "scenarios/report/node_modules/x/y.js"):
        (clone / stray).parent.mkdir(parents=True, exist_ok=True)
        (clone / stray).write_text("stale")
    patterns = ignore_patterns()
    shutil.copytree(clone, context, symlinks=True, ignore=lambda folder, names: [
        name for name in names if left_out(os.path.relpath(os.path.join(folder, name), clone), patterns)])
    for stray in ("build", "out", "scenarios/report/node_modules"):
        if (context / stray).exists():
            fail(f".dockerignore lets {stray} through")
    return context


def build(steps, work, packages):
    context = make_context(work)
    stages, names = [], {}
    for word, argument in steps:
        print(f"== {word} {argument}", flush=True)
        if word == "FROM":
            stages.append(Stage(work, len(stages)))
            if " AS " in argument:
                names[argument.split()[2]] = stages[-1]
            continue
        stage = stages[-1]
        if word == "WORKDIR":
            stage.directory = argument
            stage.inside(".").mkdir(parents=True, exist_ok=True)
        elif word == "ENV":
            stage.environment.update(one.split("=", 1) for one in shlex.split(argument))
        elif word == "COPY":
            *sources, target = argument.split()
            origin = context
            if sources[0].startswith("--from="):
                origin = names[sources.pop(0)[7:]].root
            found = [Path(p) for s in sources for p in glob.glob(os.path.normpath(f"{origin}/{s}"))]
            if not found:
                fail(f"COPY {argument}: nothing to copy")
            stage.copy(found, target)
        elif word == "RUN" and packages and "./dev package /packages" in argument:
            stage.copy(sorted(packages.glob("*.deb")) or fail(f"{packages} has no packages"), "/packages/")
        elif word == "RUN":
            done = stage.run(["/bin/sh", "-c", argument])
            if done.returncode != 0:
                fail(f"RUN ended with {done.returncode}: {argument}")
        elif word == "ENTRYPOINT":
            stage.entry = json.loads(argument)
        elif word == "CMD":
            stage.command = json.loads(argument)
    return stages[-1]


def use(image, work):
    """docker run, alone and with a folder of a user who has no name in the image."""
    help_text = image.run(image.entry + image.command, capture_output=True, text=True)
    if help_text.returncode != 0 or "yonder" not in help_text.stdout:
        fail(f"the image alone shows no help: {help_text}")
    data = Path(tempfile.mkdtemp(dir=work))
    shutil.copytree(REPOSITORY / "scenarios/cases/desert-highway", data, dirs_exist_ok=True)
    for path in [data, *data.rglob("*")]:
        os.chown(path, USER, USER)
    subprocess.run(["mount", "--bind", data, image.inside(".")], check=True)
    for run in ("first", "second"):  # the second finds the cache
        done = image.run(image.entry + ["run", "scenario.yaml", "--variant", "baseline", "--set", "area.pixel_m=1000", "-o", "out"],
                         user=USER, capture_output=True, text=True)
        print(done.stdout[-1500:])
        if done.returncode != 0:
            fail(f"the {run} run as user {USER} ended with {done.returncode}: {done.stderr}")
    for name in ("baseline/run.json", "baseline/rsrp.tif", "baseline/coverage.png", "report.html"):
        result = data / "out" / name
        if not result.stat().st_size or result.stat().st_uid != USER:
            fail(f"{name} is empty, or not the user's")
    cache = Path(str(image.root) + image.environment["XDG_CACHE_HOME"])
    if not any(cache.rglob("*")):
        fail("nothing was cached")
    for gone in ("usr/bin/g++", "usr/bin/node", "yonder", "tmp/yonder_0.1.0-1_amd64.deb"):
        if (image.root / gone).exists():
            fail(f"{gone} is left in the image")
    size = subprocess.run(["du", "-sxm", "--exclude=proc", "--exclude=dev", image.root], capture_output=True, text=True).stdout.split()[0]
    print(f"all good; the image's root has {size} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--packages", type=Path)
    parser.add_argument("--work", type=Path, default=Path("/var/tmp/yonder-docker"))
    options = parser.parse_args()
    steps = instructions((REPOSITORY / "Dockerfile").read_text())
    check(steps)
    if options.check:
        return
    if os.geteuid() != 0:
        fail("needs root (chroot)")
    if os.environ.get("YONDER_IN_NAMESPACE") != "1":
        # Mounts in a name space of their own: they end with this script.
        os.environ["YONDER_IN_NAMESPACE"] = "1"
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv])
    work = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    make_base(work)
    use(build(steps, work, options.packages), work)


if __name__ == "__main__":
    main()
