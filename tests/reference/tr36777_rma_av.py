#!/usr/bin/env python3
"""Writes tests/reference/tr36777_rma_av.jsonl: TR 36.777 V15.0.0 tables B-1 and B-2 in 40-digit decimal arithmetic.

Independent of the C++ code: written from the tables' formulas alone, with Python's decimal logarithms.
"""
import json
from decimal import Decimal as D, getcontext

getcontext().prec = 40
PI = D("3.141592653589793238462643383279502884197")


def los(h, d3, f):
    return max(D("23.9") - D("1.8") * h.log10(), D(20)) * d3.log10() + 20 * (40 * PI * f / 3).log10()


def nlos(h, d3, f):
    return max(los(h, d3, f), -12 + (35 - D("5.3") * h.log10()) * d3.log10() + 20 * (40 * PI * f / 3).log10())


def probability(h, d):
    if h > 40:
        return D(1)
    d1 = max(D("1350.8") * h.log10() - 1602, D(18))
    p1 = max(15021 * h.log10() - 16053, D(1000))
    return D(1) if d <= d1 else d1 / d + (-d / p1).exp() * (1 - d1 / d)


def main():
    number = 0
    for mhz in ("703", "773", "2600"):
        for base, h, d, mode in (
            ("35", "10.5", "250", "true"), ("35", "15", "1200", "false"), ("35", "25", "3000", "probability"),
            ("60", "40", "9999", "probability"), ("60", "40", "500", "false"), ("60", "40.5", "8000", "probability"),
            ("35", "100", "10", "true"), ("35", "120", "10000", "true"), ("150", "300", "5000", "probability"),
        ):
            H, d2, f = D(h), D(d), D(mhz) / 1000
            d3 = (d2 * d2 + (D(base) - H) ** 2).sqrt()
            p = {"true": D(1), "false": D(0), "probability": probability(H, d2)}[mode]
            loss = p * los(H, d3, f) + (1 - p) * nlos(H, d3, f) if p < 1 else los(H, d3, f)
            number += 1
            emit(number, mhz, base, h, d, mode, {"loss_db": round(float(loss), 9)})
    for key, bound, limit, allowed, case in (
        ("rx.height_agl_m", "min", 10, False, ("773", "35", "10", "1000", "true")),
        ("rx.height_agl_m", "max", 300, True, ("773", "35", "301", "1000", "true")),
        ("rx.height_agl_m", "max", 40, True, ("773", "35", "41", "1000", "false")),
        ("distance_m", "max", 10000, True, ("773", "35", "100", "10001", "true")),
        ("distance_m", "min", 10, True, ("773", "35", "100", "9", "true")),
    ):
        number += 1
        emit(number, *case, {"error": "out_of_range", "parameter": key, "bound": bound, "limit": limit,
                             "limit_itself_allowed": allowed})


def emit(number, mhz, base, h, d, mode, expected):
    print(json.dumps({"id": f"rma-av-{number:03d}", "model": "tr36777_rma_av", "frequency_mhz": float(mhz),
                      "line_of_sight": mode, "distance_m": float(d), "tx": {"height_agl_m": float(base)},
                      "rx": {"height_agl_m": float(h)}, "expected": expected}, separators=(",", ":")))


main()
