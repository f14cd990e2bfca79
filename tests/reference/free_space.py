#!/usr/bin/env python3
"""Writes free_space.jsonl: ITU-R P.525-4 in 40-digit decimal arithmetic, without any code of Yonder.

20 log10(4 pi d f / c) with c = 299792458 m/s exactly and d the distance between the antennas in a straight line.
pi comes from Machin's formula, the logarithm from Python's decimal module.
"""
import json
from decimal import Decimal, getcontext

getcontext().prec = 40
C = Decimal(299792458)


def arctan_of_inverse(n):
    term = Decimal(1) / n
    total, k = term, 1
    while abs(term) > Decimal(10) ** -42:
        term = -term / (n * n)
        k += 2
        total += term / k
    return total


PI = 4 * (4 * arctan_of_inverse(5) - arctan_of_inverse(239))


def case(number, mhz, distance, tx, rx, ground=None):
    """`ground`: (at the transmitter, at the receiver); None: no profile."""
    rise = Decimal(tx) - Decimal(rx)
    given = {"id": f"p525-{number:03}", "model": "free_space", "frequency_mhz": float(mhz), "distance_m": float(distance),
             "tx": {"height_agl_m": float(tx)}, "rx": {"height_agl_m": float(rx)}}
    if ground:
        rise += Decimal(ground[0]) - Decimal(ground[1])
        given["profile"] = {"distance_m": [0.0, float(distance)], "ground_amsl_m": [float(g) for g in ground]}
    slant = (Decimal(distance) ** 2 + rise ** 2).sqrt()
    loss = 20 * (4 * PI * slant * Decimal(mhz) * 10 ** 6 / C).log10()
    given["expected"] = {"loss_db": float(loss), "slant_distance_m": float(slant)}
    return given


def refused(number, parameter, **changes):
    given = {"id": f"p525-{number:03}", "model": "free_space", "frequency_mhz": 700.0, "distance_m": 1000.0,
             "tx": {"height_agl_m": 30.0}, "rx": {"height_agl_m": 1.5}, **changes}
    given["expected"] = {"error": "out_of_range", "parameter": parameter}
    return given


cases = []
for mhz in ("30", "703", "773", "2593.35", "6000", "28000"):
    for distance in ("1", "250", "1000", "30000", "149597.5"):
        cases.append(case(len(cases) + 1, mhz, distance, "0", "0"))
for tx, rx, ground in (("35", "1.5", None), ("200", "10", None), ("1.5", "35", None), ("40", "1.5", ("1000", "3200.25")),
                       ("40", "1.5", ("-154", "4100"))):
    for distance in ("0.5", "500", "50000"):
        cases.append(case(len(cases) + 1, "773", distance, tx, rx, ground))
cases.append(refused(len(cases) + 1, "frequency_mhz", frequency_mhz=0.0))
cases.append(refused(len(cases) + 1, "frequency_mhz", frequency_mhz=-700.0))
cases.append(refused(len(cases) + 1, "frequency_mhz", frequency_mhz=1000001.0))
cases.append(refused(len(cases) + 1, "distance_m", distance_m=-1.0))

with open(__file__.replace(".py", ".jsonl"), "w", encoding="utf-8") as out:
    for one in cases:
        out.write(json.dumps(one) + "\n")
