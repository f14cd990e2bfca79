#!/usr/bin/python3
"""Shore sites of this case, by the rule of README.md. Needs terrain-synthetic.tif. Run in this folder: python3 place.py"""
import sys

sys.path.insert(0, "../tools")
from placing import Heights, at, lengths, nearest_land, write_csv, write_line

# The shore from north of the Yellow River's mouth into the south of Laizhou Bay, own waypoints to 0.01 degrees along the coast of
# GSHHG, which lacks what the river has built since.
SHORE = [(118.70, 38.17), (118.80, 38.21), (118.85, 38.19), (118.86, 38.09), (118.93, 38.07), (119.00, 37.95), (119.02, 37.86), (119.02, 37.79),
         (119.08, 37.74), (119.07, 37.68), (118.98, 37.60), (118.96, 37.49), (118.97, 37.36), (119.07, 37.27), (119.19, 37.18), (119.31, 37.15),
         (119.45, 37.15)]
# 3,345 km of coastline and 416 sites are published: a site every 8.04 km.
EVERY_KM = 3345.0 / 416.0
# Two stacked radios of 4 x 60 W with an antenna of twice the gain; one of them with its panel; two stacked active arrays of 320 W.
STACKED = ["n28", "stacked-panel", 480, 8, 8, "", "", "", 1, 419]
SINGLE = ["n28", "panel", 240, 4, 4, "", "", "", 1, 419]
ACTIVE = ["n41", "active-array", 320, 64, 64, 32, -3, "stacked", 0, 0]


def main():
    heights = Heights("terrain-synthetic.tif")
    total_km = lengths(SHORE)[-1] / 1000.0
    rows, k = [], 0
    while (k + 0.5) * EVERY_KM < total_km:
        p, along = at(SHORE, 1000.0 * (k + 0.5) * EVERY_KM)
        q = nearest_land(heights, p)
        site = f"SD{k + 1:02d}"
        # The line runs from north to south, so the sea is on its left.
        for band, kind in (("n28", STACKED), ("n41", ACTIVE)):
            for sector, turn in ((1, -30.0), (2, -90.0), (3, -150.0)):
                rows.append([site, f"km {(k + 0.5) * EVERY_KM:.0f}", "", f"{q[0]:.4f}", f"{q[1]:.4f}",
                             f"{site}-{band}-{sector}", f"{(along + turn) % 360.0:.0f}"] + kind)
        print(f"{site} {q[0]:.3f} {q[1]:.3f} ground {heights.at(q):.0f} m")
        k += 1
    columns = ["site_id", "site_name", "site_name_zh", "lon_deg", "lat_deg", "cell_id", "azimuth_deg", "carrier", "antenna", "power_w",
               "tx_ports", "rx_ports", "branches_in_gain", "ssb_offset_db", "dual_stack", "prach_format", "n_cs"]
    note = "Own placement by place.py: a site every 8.04 km along the shore, at the nearest land; the rule stands in README.md."
    write_csv("sites.csv", note, columns, rows)
    write_csv("sites-n28.csv", note + " Without the n41 cells.", columns, [r for r in rows if r[7] == "n28"])
    write_csv("sites-single-n28.csv", note + " One 700 MHz radio each.", columns, [r[:7] + SINGLE for r in rows if r[7] == "n28"])
    write_line("shore.geojson", "Shore at the Yellow River's mouth", SHORE, "Own waypoints, rounded to 0.01 degrees.")


main()
