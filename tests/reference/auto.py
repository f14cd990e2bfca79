#!/usr/bin/env python3
"""Writes auto.jsonl: cases of the member models' own reference files that lie away from every
interval of handing over, so that `auto` must give the member's reference loss.

The rules are written here a second time, from docs/models/auto.md. itu_p2001's cases set gains and
climates that `auto` does not know, so none is taken; tests/unit/propagation/auto_test.cpp holds that
member instead.
"""
import json
import math
import pathlib

HERE = pathlib.Path(__file__).parent
C = 299792458.0
EARTH_M = 6371000.0
WAVE_M = {"calm": 0.05, "smooth": 0.3, "slight": 0.875, "moderate": 1.875, "rough": 3.25,
          "very_rough": 5.0, "high": 7.5, "very_high": 11.5}


def cases(stem):
    with open(HERE / f"{stem}.jsonl") as lines:
        return [json.loads(line) for line in lines]


def case(number, source, served_by, **keys):
    expected = {"loss_db": source["expected"]["loss_db"], "served_by": served_by}
    return {"id": f"auto-{number:03d}", "model": "auto", "comment": f"{source['id']} of {source['model']}",
            **keys, "expected": expected}


def with_loss(stem):
    return [c for c in cases(stem) if "loss_db" in c["expected"]]


def near():
    for c in with_loss("free_space"):
        heights = [c[end]["height_agl_m"] for end in ("tx", "rx")]
        if c.get("distance_m", 1e9) <= 250 and min(heights) >= 1 and max(heights) <= 1000 and \
                30 <= c["frequency_mhz"] <= 50000 and "profile" not in c:
            yield c, "free_space", {
                "frequency_mhz": c["frequency_mhz"], "tx": c["tx"], "rx": c["rx"],
                "profile": {"distance_m": [0, c["distance_m"]], "ground_amsl_m": [0, 0]}}


def terrain():
    chosen = []
    for c in with_loss("itu_p1812"):
        heights = [c[end]["height_agl_m"] for end in ("tx", "rx")]
        if c["frequency_mhz"] <= 5000 and c["profile"]["distance_m"][-1] >= 500 and max(heights) <= 1000 \
                and "sea" not in c["profile"].get("zone", []):
            chosen.append(c)
    chosen.sort(key=lambda c: len(c["profile"]["distance_m"]))
    for c in chosen[:24]:
        keys = {k: v for k, v in c.items() if k not in ("id", "model", "expected", "edition", "comment")}
        yield c, "itu_p1812", keys


def air():
    for c in with_loss("itu_p528"):
        heights = [c[end]["height_agl_m"] for end in ("low", "high")]
        if c["distance_m"] > 0 and max(heights) >= 3000 and 1 <= c["time_percent"] <= 99:
            keys = {k: c[k] for k in ("frequency_mhz", "polarization", "time_percent", "low", "high")}
            yield c, "itu_p528", {
                **keys, "profile": {"distance_m": [0, c["distance_m"]], "ground_amsl_m": [0, 0]}}


def over_sea():
    for c in with_loss("two_ray_sea"):
        if "profile" in c or {"relative_permittivity", "conductivity_s_per_m"} & c.keys():
            continue
        k = c.get("effective_earth_radius_factor", 4 / 3)
        if not 1.01 <= k <= 2.9:
            continue
        d, h1, h2 = c["distance_m"], c["tx"]["height_agl_m"], c["rx"]["height_agl_m"]
        wavelength = C / (c["frequency_mhz"] * 1e6)
        radius = k * EARTH_M
        # The reflection by bisection of equal slopes.
        low, high = 0.0, d
        for _ in range(200):
            x = (low + high) / 2
            above = (h1 - x * x / (2 * radius)) * (d - x) > (h2 - (d - x) ** 2 / (2 * radius)) * x
            low, high = (x, high) if above else (low, x)
        a, b = h1 - low * low / (2 * radius), h2 - (d - low) ** 2 / (2 * radius)
        if a <= 0 or b <= 0:
            continue
        detour = 4 * a * b / (math.hypot(d, a + b) + math.hypot(d, a - b)) / wavelength
        clearance = (a * (d - low) + b * low) / d / math.sqrt(wavelength * low * (d - low) / d)
        if d < 500 or min(h1, h2) < 1 or detour > 1.49 or clearance < 1.01 or c["frequency_mhz"] > 5000:
            continue
        wave = c.get("significant_wave_height_m", WAVE_M.get(c.get("sea_state", "slight")))
        yield c, "two_ray_sea", {
            "frequency_mhz": c["frequency_mhz"], "polarization": c.get("polarization", "vertical"),
            "tx": c["tx"], "rx": c["rx"], "delta_n_per_km": 157 * (1 - 1 / k),
            "significant_wave_height_m": wave,
            "profile": {"distance_m": [0, d / 2, d], "ground_amsl_m": [0, 0, 0],
                        "zone": ["sea", "sea", "sea"]}}


FLAT = {"distance_m": [0, 2500, 5000], "ground_amsl_m": [0, 0, 0]}
REFUSED = [
    ({"frequency_mhz": 29.9}, {"error": "out_of_range", "parameter": "frequency_mhz"}),
    ({"frequency_mhz": 50001}, {"error": "out_of_range", "parameter": "frequency_mhz"}),
    ({"rx": {"height_agl_m": 0.9}}, {"error": "out_of_range", "parameter": "rx.height_agl_m"}),
    ({"tx": {"height_agl_m": 20001}}, {"error": "out_of_range", "parameter": "tx.height_agl_m"}),
    ({"time_percent": 100}, {"error": "out_of_range", "parameter": "time_percent"}),
    ({"frequency_mhz": 60, "rx": {"height_agl_m": 2000}}, {"error": "not_applicable"}),
    ({"time_percent": 99.9, "rx": {"height_agl_m": 2000}}, {"error": "not_applicable"}),
]

lines = []
for make in (near, terrain, air, over_sea):
    for source, served_by, keys in make():
        lines.append(case(len(lines) + 1, source, served_by, **keys))
for changed, expected in REFUSED:
    lines.append({"id": f"auto-{len(lines) + 1:03d}", "model": "auto", "frequency_mhz": 773,
                  "tx": {"height_agl_m": 40}, "rx": {"height_agl_m": 1.5}, "profile": FLAT, **changed,
                  "expected": expected})
with open(HERE / "auto.jsonl", "w") as out:
    for line in lines:
        out.write(json.dumps(line) + "\n")
