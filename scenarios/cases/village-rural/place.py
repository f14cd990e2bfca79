#!/usr/bin/python3
"""Villages and sites of the invented county, by the rules of README.md. Needs terrain-synthetic.tif. Run in this folder: python3 place.py"""
import math
import sys

sys.path.insert(0, "../tools")
from placing import Heights, metres, noise, write_csv

SEED = 48
WEST, SOUTH, EAST, NORTH = 107.02, 27.02, 107.43, 27.38
STEP = 0.03  # about 3 km
COUNT = 48
TOWNS, LARGE = 4, 1200  # the four largest are towns; from this population on a village is large


def main():
    heights = Heights("terrain-synthetic.tif")
    # Candidates: a lattice of 3 km, each moved by up to 1 km by noise, then to the lowest ground within 800 m.
    candidates, i = [], 0
    for row in range(int((NORTH - SOUTH) / STEP) + 1):
        for column in range(int((EAST - WEST) / STEP) + 1):
            p = (WEST + STEP * (column + 0.6 * (noise(SEED, 2 * i) - 0.5)), SOUTH + STEP * (row + 0.6 * (noise(SEED, 2 * i + 1) - 0.5)))
            low = min((h, d, q) for d, h, q in heights.within(p, 800.0))
            around = [h for d, h, q in heights.within(low[2], 3000.0)]
            candidates.append((low[0] - sum(around) / len(around), low[2]))
            i += 1
    # People live in the valleys: the candidates that lie lowest below the mean of the 3 km around them, at least 1.5 km from each other.
    villages = []
    for height, q in sorted(candidates):
        if all(math.hypot(*metres(q, other)) >= 1500.0 for other in villages):
            villages.append(q)
        if len(villages) == COUNT:
            break
    # Sizes by rank (12,000 / rank^0.8), ranks by noise.
    order = sorted(range(len(villages)), key=lambda k: noise(SEED + 1, k))
    points, rows, small, number = [], [], [], 0
    for rank, k in enumerate(order, start=1):
        people = int(round(12000.0 / rank ** 0.8, -1))
        kind = "town" if rank <= TOWNS else "large" if people >= LARGE else "small"
        q = villages[k]
        label = {"town": "Town", "large": "Large", "small": "Village"}[kind]
        points.append([f"{kind}-{rank:02d}", f"{label} {rank}", "", f"{q[0]:.4f}", f"{q[1]:.4f}", people])
        number += 1
        top = max((h, -d, p) for d, h, p in heights.within(q, 500.0))
        for sector, azimuth in ((1, 0), (2, 120), (3, 240)):
            (rows if kind != "small" else small).append([f"VR{number:02d}", f"{label} {rank}", "", f"{top[2][0]:.4f}", f"{top[2][1]:.4f}",
                         f"VR{number:02d}-{sector}", azimuth])
    columns = ["id", "name", "name_zh", "lon", "lat", "weight"]
    note = "Invented by place.py; weight is the number of people. The rule stands in README.md."
    for kind in ("town", "large", "small"):
        write_csv({"town": "towns.csv", "large": "large-villages.csv", "small": "small-villages.csv"}[kind], note, columns,
                  [p for p in points if p[0].startswith(kind)])
    columns = ["site_id", "site_name", "site_name_zh", "lon_deg", "lat_deg", "cell_id", "azimuth_deg"]
    note = "Own placement by place.py: the highest ground within 500 m of each "
    write_csv("sites.csv", note + "town and large village.", columns, rows)
    write_csv("sites-all.csv", note + "village.", columns, rows + small)


main()
