#!/usr/bin/env python3
"""Cases of the whole model itu_p526, appended to itu_p526.jsonl (which holds the formula pieces).

Free space is added to the diffraction losses of the pieces' cases, whose figures come from two
independent implementations. Deygout's and the cascaded construction have no published figures that
could be had; theirs are computed here, point by point as the text says (P.526-15 section 4.4.2; J.
Deygout, IEEE Trans. AP-14, 1966), and only guard against slips of coding.

Usage: itu_p526.py < itu_p526.jsonl > new.jsonl   (cases of the whole model are made anew)
"""
import json
import math
import sys

C = 299792458.0


def free_space_db(case):
    profile = case["profile"]
    rise = (profile["ground_amsl_m"][0] + case["tx"]["height_agl_m"]
            - profile["ground_amsl_m"][-1] - case["rx"]["height_agl_m"])
    slant = math.hypot(profile["distance_m"][-1], rise)
    return 20 * math.log10(4 * math.pi * slant * case["frequency_mhz"] * 1e6 / C)


def knife_edge_db(nu):
    if nu <= -0.78:
        return 0.0
    return 6.9 + 20 * math.log10(math.sqrt((nu - 0.1) ** 2 + 1) + nu - 0.1)


def strongest(points, a, b, radius_m, wavelength_m):
    """Largest nu strictly between points a and b, and its index."""
    (xa, ha), (xb, hb) = points[a], points[b]
    best = (-math.inf, None)
    for n in range(a + 1, b):
        x, h = points[n]
        dan, dnb, dab = x - xa, xb - x, xb - xa
        over = h + dan * dnb / (2 * radius_m) - (ha * dnb + hb * dan) / dab
        nu = over * math.sqrt(2 * dab / (wavelength_m * dan * dnb))
        if nu > best[0]:
            best = (nu, n)
    return best


def edges(case, method):
    profile = case["profile"]
    heights = list(profile["ground_amsl_m"])
    heights[0] += case["tx"]["height_agl_m"]
    heights[-1] += case["rx"]["height_agl_m"]
    points = list(zip(profile["distance_m"], heights))
    radius = case["effective_earth_radius_km"] * 1000
    wavelength = 0.2998 / (case["frequency_mhz"] / 1000)
    last = len(points) - 1
    nu_p, p = strongest(points, 0, last, radius, wavelength)
    nu_t, _ = strongest(points, 0, p, radius, wavelength)
    nu_r, _ = strongest(points, p, last, radius, wavelength)
    principal = knife_edge_db(nu_p)
    sides = knife_edge_db(nu_t) + knife_edge_db(nu_r)
    if method == "deygout":
        return principal + (sides if nu_p > 0 else 0.0)
    c = 10 + 0.04 * points[-1][0] / 1000
    return principal + (1 - math.exp(-principal / 6)) * (sides + c)


def main():
    pieces = [json.loads(line) for line in sys.stdin if line.strip()]
    pieces = [case for case in pieces if case["model"] != "itu_p526"]
    made = []

    def add(source, method, diffraction_db):
        case = {"id": f"p526-model-{len(made) + 1:03}", "model": "itu_p526", "method": method}
        for key in ("frequency_mhz", "polarization", "effective_earth_radius_km", "tx", "rx"):
            if key in source:
                case[key] = source[key]
        case["profile"] = dict(source["profile"])
        if source.get("sea_fraction") == 1.0:
            case["profile"]["zone"] = ["sea"] * len(source["profile"]["distance_m"])
        case["expected"] = {"loss_db": round(free_space_db(source) + diffraction_db, 6),
                            "terms": {"diffraction_db": round(diffraction_db, 6)}}
        made.append(case)

    for case in pieces:
        if case["model"] == "itu_p526_bullington":
            add(case, "bullington", case["expected"]["loss_db"])
            add(case, "deygout", edges(case, "deygout"))
            add(case, "cascaded_knife_edge", edges(case, "cascaded_knife_edge"))
        elif case["model"] == "itu_p526_delta_bullington" and case["sea_fraction"] in (0.0, 1.0):
            add(case, "delta_bullington", case["expected"]["loss_db"])
            add(case, "spherical_earth", case["expected"]["terms"]["spherical_earth_db"])
    for case in pieces + made:
        print(json.dumps(case, separators=(",", ":")))


main()
