#!/usr/bin/env python3
"""Writes tests/reference/spm.jsonl: the Standard Propagation Model from its textbook formula.

Independent of the C++ code: knife edges are compared through clearances over straight lines of an explicitly curved
profile, the slope at the receiver comes from centred sums, and the profile's shapes are this script's own.
"""
import json
import math

R = 6371000.0 * 4 / 3


def edge_loss(nu):
    return 0.0 if nu <= -0.78 else 6.9 + 20 * math.log10(math.hypot(nu - 0.1, 1.0) + nu - 0.1)


def worst_edge(x, top, a, b, za, zb, wavelength):
    best = (-math.inf, None)
    for i in range(a + 1, b):
        t = (x[i] - x[a]) / (x[b] - x[a])
        height = top[i] - (za + t * (zb - za))
        d1, d2 = x[i] - x[a], x[b] - x[i]
        best = max(best, (height * math.sqrt(2 / wavelength * (1 / d1 + 1 / d2)), i))
    return best


def deygout(x, ground, clutter, hb, hm, wavelength):
    d = x[-1]
    top = [g + c + xi * (d - xi) / (2 * R) for xi, g, c in zip(x, ground, clutter)]
    za, zb, n = ground[0] + hb, ground[-1] + hm, len(x) - 1
    nu, i = worst_edge(x, top, 0, n, za, zb, wavelength)
    if nu <= 0:  # in sight: the principal edge alone
        return edge_loss(nu)
    return edge_loss(nu) + sum(edge_loss(worst_edge(x, top, *ends, wavelength)[0])
                               for ends in ((0, i, za, top[i]), (i, n, top[i], zb)))


def effective(method, x, ground, hb):
    d, rise = x[-1], ground[0] - ground[-1]
    if method == "above_ground":
        return hb
    if method == "spot":
        return hb + max(0.0, rise)
    if method == "absolute_spot":
        return hb + abs(rise)
    if method == "average_profile":
        ring = [g for xi, g in zip(x, ground) if 3000 <= xi <= 15000]
        return hb + ground[0] - sum(ring) / len(ring) if ring else hb
    near = [(xi, g) for xi, g in zip(x, ground) if d - xi <= 1000]
    mx, mz = (sum(v) / len(near) for v in zip(*near))
    slope = sum((a - mx) * (b - mz) for a, b in near) / sum((a - mx) ** 2 for a, _ in near)
    return hb + rise + slope * d


def spm(mhz, x, ground, clutter, hb, hm, method, k=None, diffraction=True, classes=(0, 0, 0, 0), reach=0.0,
        triangular=False):
    log_f = math.log10(mhz)
    k1 = (69.55 + 26.16 * log_f if mhz <= 1500 else 46.3 + 33.9 * log_f) - 134.7
    k = {"k1": k1, "k2": 44.9, "k3": 5.83, "k4": 1.0, "k5": -6.55, "k6": 0.0, "k7": 0.0, "k_clutter": 1.0, **(k or {})}
    wavelength = 299792458.0 / (mhz * 1e6)
    h = effective(method, x, ground, hb)
    if method != "above_ground":
        h = min(200.0, max(20.0, h))
    d = x[-1]
    near = [(d - xi, c) for xi, c in zip(x, clutter) if d - xi <= reach]
    weights = [1 - before / reach if triangular and reach else 1.0 for before, _ in near]
    loss_of = lambda c: classes[0 if c < 1 else 1 if c < 6 else 2 if c < 15 else 3]
    clutter_db = sum(w * loss_of(c) for w, (_, c) in zip(weights, near)) / sum(weights)
    loss = (k["k1"] + k["k2"] * math.log10(d) + k["k3"] * math.log10(h) + k["k5"] * math.log10(d) * math.log10(h)
            + k["k6"] * hm + k["k7"] * math.log10(hm) + k["k_clutter"] * clutter_db)
    if diffraction:
        loss += k["k4"] * deygout(x, ground, clutter, hb, hm, wavelength)
    slant = math.hypot(d, ground[0] + hb - ground[-1] - hm)
    return max(loss, 20 * math.log10(4 * math.pi * slant / wavelength))


def main():
    number = 0

    def emit(case, expected):
        nonlocal number
        number += 1
        print(json.dumps({"id": f"spm-{number:03d}", "model": "spm", **case, "expected": expected},
                         separators=(",", ":")))

    shapes = {
        "flat": lambda t: 10.0,
        "hills": lambda t: round(300 + 90 * math.sin(17 * t) + 35 * math.cos(41 * t), 1),
        "ridge": lambda t: round(100 + 180 * math.exp(-((t - 0.6) / 0.07) ** 2), 1),
        "down": lambda t: round(900 - 700 * t + 25 * math.sin(30 * t), 1),
        "up": lambda t: round(50 + 220 * t * t, 1),
    }
    methods = ("above_ground", "spot", "absolute_spot", "average_profile", "slope_at_receiver")
    index = 0
    for name, shape in shapes.items():
        for d, n in ((2000, 20), (9000, 45), (24000, 60)):
            for method in methods:
                index += 1
                mhz, hb, hm = (773, 900, 1500, 1800)[index % 4], (30, 45, 60)[index % 3], (1.5, 3, 10)[index // 3 % 3]
                step = d // n
                x = [i * step for i in range(n + 1)]
                ground = [shape(xi / d) for xi in x]
                clutter = [0.0] + [(0, 4, 8, 20)[(i * 7 + index) % 4] for i in range(1, n + 1)]
                case = {"frequency_mhz": mhz, "tx": {"height_agl_m": hb}, "rx": {"height_agl_m": hm},
                        "profile": {"step_m": step, "ground_amsl_m": ground, "clutter_m": clutter},
                        "effective_height": method}
                options = {}
                if index % 4 == 1:
                    coefficients = {"k1": 23.1, "k2": 41.0, "k3": 4.4, "k4": 0.45, "k5": -5.9, "k6": -0.3, "k7": -2.5,
                                    "k_clutter": 0.8}
                    case.update(intercept="k1", **coefficients)
                    options["k"] = coefficients
                if index % 3 == 1:
                    classes = (-4.0, 1.5, 6.0, 14.0)
                    case.update(clutter_open_db=classes[0], clutter_low_db=classes[1], clutter_medium_db=classes[2],
                                clutter_high_db=classes[3], clutter_distance_m=1500.0)
                    options.update(classes=classes, reach=1500.0)
                    if index % 2:
                        case["clutter_weighting"] = "triangular"
                        options["triangular"] = True
                if index % 5 == 2:
                    case["diffraction"] = "none"
                    options["diffraction"] = False
                emit(case, {"loss_db": round(spm(mhz, x, ground, clutter, hb, hm, method, **options), 8)})

    # Bare ground that rises into the Fresnel zone but not into sight, then just into it: side edges count in the second.
    for mhz, hb, hm, d, n, rise in ((773, 40, 1.5, 9000, 45, 0.0), (1800, 30, 3, 6000, 30, 0.0), (900, 45, 10, 24000, 60, 0.0),
                                    (773, 40, 10, 10000, 50, 22.0), (773, 40, 10, 10000, 50, 26.0)):
        step = d // n
        x = [i * step for i in range(n + 1)]
        ground = [round(20 + rise * math.exp(-((xi / d - 0.5) / 0.2) ** 2), 2) for xi in x]
        case = {"frequency_mhz": mhz, "tx": {"height_agl_m": hb}, "rx": {"height_agl_m": hm},
                "profile": {"step_m": step, "ground_amsl_m": ground}, "effective_height": "above_ground"}
        emit(case, {"loss_db": round(spm(mhz, x, ground, [0.0] * len(x), hb, hm, "above_ground"), 8)})

    flat = {"frequency_mhz": 900, "tx": {"height_agl_m": 40}, "rx": {"height_agl_m": 1.5},
            "profile": {"step_m": 500, "ground_amsl_m": [0.0] * 9}}
    for key, bound, limit, change in (
        ("frequency_mhz", "max", 2000, {"frequency_mhz": 2100}),
        ("frequency_mhz", "max", 3500, {"frequency_mhz": 3501, "intercept": "k1", "k1": 20}),
        ("frequency_mhz", "min", 150, {"frequency_mhz": 149}),
        ("tx.height_agl_m", "max", 500, {"tx": {"height_agl_m": 501}}),
        ("k2", "max", 1000, {"k2": 1001}),
    ):
        emit({**flat, **change}, {"error": "out_of_range", "parameter": key, "bound": bound, "limit": limit,
                                  "limit_itself_allowed": True})
    emit({**flat, "k1": 20}, {"error": "wrong_value", "parameter": "k1"})
    emit({**flat, "intercept": "k1"}, {"error": "wrong_value", "parameter": "k1"})


main()
