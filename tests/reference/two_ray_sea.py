#!/usr/bin/env python3
"""Writes tests/reference/two_ray_sea.jsonl: two-ray interference over the curved rough sea.

Independent of the C++ code: the point of reflection is found by bisection of the law of reflection over the parabolic
earth (the C++ code uses the closed form of the cubic), path lengths are differences of square roots in 50-digit decimals
(the C++ code avoids the difference), and the sum of the rays is written out in real numbers.
"""
import cmath
import json
import math
from decimal import Decimal as D, getcontext

getcontext().prec = 50
C, R = 299792458.0, 6371000.0
STATES = {"calm": 0.05, "smooth": 0.3, "slight": 0.875, "moderate": 1.875, "rough": 3.25, "very_rough": 5.0}


def reflection(d, h1, h2, a):
    """Distance to the point where both rays have the same slope against the tangent plane."""
    low, high = 0.0, d
    for _ in range(200):
        x = 0.5 * (low + high)
        near, far = (h1 - x * x / (2 * a)) * (d - x), (h2 - (d - x) ** 2 / (2 * a)) * x
        low, high = (x, high) if near > far else (low, x)
    return 0.5 * (low + high)


def solve(mhz, d, h1, h2, vertical, wave_height, k, eps, sigma):
    f = mhz * 1e6
    wavelength = C / f
    a = k * R
    d1 = reflection(d, h1, h2, a)
    d2 = d - d1
    t1, t2 = h1 - d1 * d1 / (2 * a), h2 - d2 * d2 / (2 * a)
    clearance = min((h1 * (d - x) + h2 * x) / d - x * (d - x) / (2 * a) for x in (d1,))
    if clearance < 0.6 * math.sqrt(wavelength * d1 * d2 / d):
        return None
    direct = (D(d) ** 2 + (D(t1) - D(t2)) ** 2).sqrt()
    reflected = (D(d) ** 2 + (D(t1) + D(t2)) ** 2).sqrt()
    psi = math.atan((t1 + t2) / d)
    eps_c = complex(eps, -sigma / (2 * math.pi * f * 8.8541878128e-12))
    root = cmath.sqrt(eps_c - math.cos(psi) ** 2)
    lead = eps_c * math.sin(psi) if vertical else math.sin(psi)
    gamma = (lead - root) / (lead + root)
    divergence = (1 + 2 * d1 * d2 / (a * d * math.tan(psi))) ** -0.5
    rough = math.exp(-2 * (2 * math.pi * (wave_height / 4) * math.sin(psi) / wavelength) ** 2)
    amplitude = abs(gamma) * divergence * rough * float(direct / reflected)
    angle = cmath.phase(gamma) - 2 * math.pi * float(reflected - direct) / wavelength
    power = 1 + amplitude ** 2 + 2 * amplitude * math.cos(angle)
    return 20 * math.log10(4 * math.pi * float(direct) * f / C) - 10 * math.log10(power)


def main():
    number = 0

    def emit(case, expected):
        nonlocal number
        number += 1
        print(json.dumps({"id": f"two-ray-{number:03d}", "model": "two_ray_sea", **case, "expected": expected},
                         separators=(",", ":")))

    heights = ((40, 3), (100, 10), (200, 10), (30, 30), (500, 1.5), (10, 800))
    states = list(STATES)
    index = 0
    for mhz in (160, 773, 2600, 5800):
        for h1, h2 in heights:
            for d in (400, 3000, 9000, 28000):
                index += 1
                state = states[index % len(states)]
                vertical = index % 3 != 0
                case = {"frequency_mhz": mhz, "polarization": "vertical" if vertical else "horizontal",
                        "distance_m": d, "tx": {"height_agl_m": h1}, "rx": {"height_agl_m": h2}, "sea_state": state}
                wave, k, eps, sigma = STATES[state], 4 / 3, 80.0, 5.0
                if index % 5 == 0:
                    wave, k, eps, sigma = 0.0, 1.44, 70.0, 4.0
                    case.update(sea_state="wave_height", significant_wave_height_m=wave,
                                effective_earth_radius_factor=k, relative_permittivity=eps,
                                conductivity_s_per_m=sigma)
                loss = solve(mhz, d, h1, h2, vertical, wave, k, eps, sigma)
                emit(case, {"error": "not_applicable", "parameter": "path"} if loss is None
                     else {"loss_db": round(loss, 8)})

    def profile(ground, zone):
        return {"step_m": 1000, "ground_amsl_m": ground, "zone": zone}

    base = {"frequency_mhz": 2600, "tx": {"height_agl_m": 40}, "rx": {"height_agl_m": 10}}
    sea = ["sea"] * 9
    # A mast on a cliff of 60 m: the antenna stands 100 m above the sea.
    emit({**base, "profile": profile([60] + [0] * 8, ["coastal"] + sea[1:])},
         {"loss_db": round(solve(2600, 8000, 100, 10, True, 0.875, 4 / 3, 80.0, 5.0), 8)})
    # An island in the way, and an island where the reflection would lie.
    emit({**base, "profile": profile([60, 0, 90, 0, 0, 0, 0, 0, 0], ["coastal", "sea", "inland"] + sea[3:])},
         {"error": "not_applicable", "parameter": "path"})
    emit({**base, "profile": profile([60, 0, 0, 0, 0, 0, 0, 1, 0], ["coastal"] + sea[1:7] + ["coastal", "sea"])},
         {"error": "not_applicable", "parameter": "path"})
    for key, bound, limit, allowed, change in (
        ("frequency_mhz", "min", 30, True, {"frequency_mhz": 29}),
        ("frequency_mhz", "max", 6000, True, {"frequency_mhz": 6001}),
        ("distance_m", "min", 100, True, {"distance_m": 99}),
        ("rx.height_agl_m", "min", 0, False, {"rx": {"height_agl_m": 0}}),
    ):
        emit({**base, "distance_m": 3000, **change},
             {"error": "out_of_range", "parameter": key, "bound": bound, "limit": limit,
              "limit_itself_allowed": allowed})


main()
