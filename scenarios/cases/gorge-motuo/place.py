#!/usr/bin/python3
"""Villages and sites of this case, by the rules of README.md. Needs terrain-synthetic.tif. Run in this folder: python3 place.py"""
import math
import sys

sys.path.insert(0, "../tools")
from placing import Heights, at, azimuth, lengths, metres, write_csv, write_line

# Lived-in stretches: the river from Gandeng to the south, the road's valley and Getang's. Own waypoints to 0.01 degrees.
RIVER = [(95.27, 29.79), (95.36, 29.76), (95.39, 29.68), (95.39, 29.59), (95.42, 29.50), (95.41, 29.42), (95.33, 29.35), (95.24, 29.28),
         (95.13, 29.24), (95.03, 29.18)]
ROAD = [(95.42, 29.50), (95.48, 29.54), (95.55, 29.60)]
GETANG = [(95.41, 29.42), (95.50, 29.44), (95.60, 29.44), (95.68, 29.43)]
VILLAGES, SITES = 46, 23
# Names of townships where one lies near; all others are numbered.
KNOWN = [("Gandeng", "甘登", 95.28, 29.78), ("Jiaresa", "加热萨", 95.38, 29.70), ("Bangxin", "帮辛", 95.40, 29.58), ("Damu", "达木", 95.47, 29.53),
         ("Motuo", "墨脱", 95.33, 29.33), ("Dexing", "德兴", 95.27, 29.31), ("Beibeng", "背崩", 95.16, 29.25), ("Getang", "格当", 95.66, 29.43)]


def main():
    heights = Heights("terrain-synthetic.tif")
    total = sum(lengths(line)[-1] for line in (RIVER, ROAD, GETANG))
    villages = []
    for line, count in ((RIVER, 0), (ROAD, 0), (GETANG, 0)):
        count = round(VILLAGES * lengths(line)[-1] / total)
        for k in range(count):
            p, along = at(line, (k + 0.5) / count * lengths(line)[-1])
            side = 1 if k % 2 == 0 else -1
            # On the slope of one side of the river after the other: where the ground is nearest to 200 m above the river.
            bank = [(abs(h - heights.at(p) - 200.0), q) for d, h, q in heights.within(p, 1200.0)
                    if side * math.sin(math.radians(azimuth(p, q) - along)) > 0.5]
            villages.append((min(bank)[1], along, side))
    points, names, named = [], [], {}
    for name, name_zh, lon, lat in KNOWN:
        k = min((math.hypot(*metres((lon, lat), q)), i) for i, (q, _, _) in enumerate(villages) if i not in named)[1]
        named[k] = (name, name_zh)
    for k, (q, _, _) in enumerate(villages):
        name, name_zh = named.get(k, (f"Village {k + 1}", ""))
        names.append((name, name_zh))
        points.append([f"v{k + 1:02d}", name, name_zh, f"{q[0]:.4f}", f"{q[1]:.4f}", 1])
    # 23 sites: one at each township's seat, the others at villages between, as evenly as it goes; on the highest ground within 300 m.
    others = [k for k in range(len(villages)) if k not in named]
    count = SITES - len(named)
    chosen = sorted(list(named) + [others[int((i + 0.5) * len(others) / count)] for i in range(count)])
    rows, low_rows = [], []
    for number, k in enumerate(chosen, start=1):
        q, along, side = villages[k]
        top = max((h, -d, p) for d, h, p in heights.within(q, 300.0))
        low = min((h, d, p) for d, h, p in heights.within(q, 800.0))
        # Up the river, down the river, and across to the other slope.
        for sector, turn in ((1, 0.0), (2, 180.0), (3, -90.0 * side)):
            rows.append([f"MT{number:02d}", names[k][0], names[k][1], f"{top[2][0]:.4f}", f"{top[2][1]:.4f}", f"MT{number:02d}-{sector}",
                         f"{(along + turn) % 360.0:.0f}"])
            low_rows.append(rows[-1][:3] + [f"{low[2][0]:.4f}", f"{low[2][1]:.4f}"] + rows[-1][5:])
    print(f"{len(villages)} villages, {len(rows) // 3} sites")
    write_csv("villages.csv", "Own placement by place.py along the river and two side valleys; the rule stands in README.md.",
              ["id", "name", "name_zh", "lon", "lat", "weight"], points)
    write_csv("sites.csv", "Own placement by place.py: at each township's seat and evenly between, on the highest ground within 300 m.",
              ["site_id", "site_name", "site_name_zh", "lon_deg", "lat_deg", "cell_id", "azimuth_deg"], rows)
    write_csv("sites-low.csv", "The same sites on the lowest ground within 800 m, for comparison.",
              ["site_id", "site_name", "site_name_zh", "lon_deg", "lat_deg", "cell_id", "azimuth_deg"], low_rows)
    write_line("river.geojson", "Yarlung Tsangpo from Gandeng to the south", RIVER, "Own waypoints, rounded to 0.01 degrees.")


main()
