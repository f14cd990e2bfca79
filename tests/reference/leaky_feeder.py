#!/usr/bin/env python3
"""Writes tests/reference/leaky_feeder.jsonl: attenuation times length plus coupling loss plus 20 log10(r / 2 m).

Written from the budget's closed form in 40-digit decimal arithmetic, independent of the C++ code.
"""
import json
from decimal import Decimal as D, getcontext

getcontext().prec = 40


def typical(mhz):
    t = (D(mhz) / 700).ln() / (D(2600) / 700).ln()
    return D("1.9") * (D("4.8") / D("1.9")) ** t, 70 - 4 * t


def main():
    number = 0

    def emit(case, expected):
        nonlocal number
        number += 1
        print(json.dumps({"id": f"leaky-{number:03d}", "model": "leaky_feeder", **case, "expected": expected},
                         separators=(",", ":")))

    for mhz in ("700", "773", "1800", "2600"):
        for x in ("0", "35", "250", "800"):
            for r in ("2", "1", "4.5"):
                a, c = typical(mhz)
                loss = a * D(x) / 100 + c + 20 * (D(r) / 2).log10()
                emit({"frequency_mhz": float(mhz), "distance_m": float(x), "radial_distance_m": float(r)},
                     {"loss_db": round(float(loss), 9)})
    for a, c, x in (("2.3", "72", "400"), ("6.1", "64.5", "1200"), ("0", "60", "10")):
        emit({"frequency_mhz": 3500.0, "distance_m": float(x), "cable": "given", "attenuation_db_per_100m": float(a),
              "coupling_loss_db": float(c)}, {"loss_db": float(D(a) * D(x) / 100 + D(c))})
    emit({"frequency_mhz": 3500.0, "distance_m": 100}, {"error": "not_applicable", "parameter": "path"})
    emit({"frequency_mhz": 29.0, "distance_m": 100},
         {"error": "out_of_range", "parameter": "frequency_mhz", "bound": "min", "limit": 30,
          "limit_itself_allowed": True})
    emit({"frequency_mhz": 700.0, "distance_m": 5001},
         {"error": "out_of_range", "parameter": "distance_m", "bound": "max", "limit": 5000,
          "limit_itself_allowed": True})
    emit({"frequency_mhz": 700.0, "distance_m": 100, "radial_distance_m": 0.4},
         {"error": "out_of_range", "parameter": "radial_distance_m", "bound": "min", "limit": 0.5,
          "limit_itself_allowed": True})
    emit({"frequency_mhz": 700.0, "distance_m": 100, "coupling_loss_db": 70},
         {"error": "wrong_value", "parameter": "coupling_loss_db"})


main()
