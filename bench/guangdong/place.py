#!/usr/bin/env python3
"""Places shore sites along a coast by a rule, for a batch as large as a province's: place.py LAND.geojson COUNT > cells.csv

The rule: the outer rings of all land polygons of at least 1 km2, largest first, are walked from their first vertex; a site
stands every s metres, 150 m inland of the shore, where s is the largest whole metre that gives COUNT sites or more (the
surplus is dropped from the end). Edges of the data's box are no shore. Each site has three cells at 0, 120 and 240 degrees.
The columns are named as a database might name them; plan.yaml says what they mean.
"""
import csv
import json
import math
import sys

M_PER_DEG = 111195.0
INLAND_M = 150.0
LEAST_AREA_M2 = 1e6
EDGE_DEG = 0.11  # sites this near to the data's box would stand at an edge that is no coast


def metres(a, b):
    """(east, north) from a to b; both (lon, lat). Good enough to place sites by."""
    return (b[0] - a[0]) * M_PER_DEG * math.cos(math.radians(0.5 * (a[1] + b[1]))), (b[1] - a[1]) * M_PER_DEG


def moved(p, east_m, north_m):
    return p[0] + east_m / (M_PER_DEG * math.cos(math.radians(p[1]))), p[1] + north_m / M_PER_DEG


def outer_rings(features):
    for feature in features:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for polygon in polygons:
            yield [tuple(p[:2]) for p in polygon[0]]


def signed_area_m2(ring):
    """Positive when the ring runs counter-clockwise."""
    total = 0.0
    for a, b in zip(ring, ring[1:]):
        ax, ay = metres(ring[0], a)
        bx, by = metres(ring[0], b)
        total += 0.5 * (ax * by - bx * ay)
    return total


def shore_points(rings, box, step_m):
    west, south, east, north = box
    for ring in rings:
        turn = -90.0 if signed_area_m2(ring) > 0 else 90.0  # land lies to the left of a counter-clockwise ring
        walked, next_m = 0.0, 0.5 * step_m
        for a, b in zip(ring, ring[1:]):
            length = math.hypot(*metres(a, b))
            while next_m < walked + length:
                share = (next_m - walked) / length
                p = (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]))
                bearing = math.atan2(*metres(a, b)) + math.radians(turn)
                p = moved(p, INLAND_M * math.sin(bearing), INLAND_M * math.cos(bearing))
                if west + EDGE_DEG < p[0] < east - EDGE_DEG and south + EDGE_DEG < p[1] < north - EDGE_DEG:
                    yield p
                next_m += step_m
            walked += length


def main():
    land, count = sys.argv[1], int(sys.argv[2])
    rings = list(outer_rings(json.load(open(land))["features"]))
    points = [p for ring in rings for p in ring]
    box = (min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points))
    rings = [ring for ring in rings if abs(signed_area_m2(ring)) >= LEAST_AREA_M2]
    rings.sort(key=lambda ring: -abs(signed_area_m2(ring)))
    low, high = 10, 100000  # metres; more than COUNT sites at `low`
    while high - low > 1:
        middle = (low + high) // 2
        if sum(1 for _ in shore_points(rings, box, middle)) >= count:
            low = middle
        else:
            high = middle
    sites = list(shore_points(rings, box, low))[:count]
    print(f"a site every {low} m of shore", file=sys.stderr)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["ENB_ID", "CELL_NAME", "LONGITUDE", "LATITUDE", "ANT_HEIGHT", "AZIMUTH", "VENDOR"])
    for i, (lon, lat) in enumerate(sites, 1):
        for sector, azimuth in enumerate((0, 120, 240), 1):
            out.writerow([f"GD{i:04}", f"GD{i:04}-{sector}", f"{lon:.6f}", f"{lat:.6f}", 40, azimuth, "x"])


main()
