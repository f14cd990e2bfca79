#!/usr/bin/python3
"""Shore sites of this case, by the rule of README.md. Needs terrain-synthetic.tif. Run in this folder: python3 place.py"""
import sys

sys.path.insert(0, "../tools")
from placing import Heights, at, lengths, moved, nearest_land, write_csv, write_line

# The sea-facing shore around Yangjiang, own waypoints to 0.01 degrees: along headlands, not into the bays.
SHORE = [(111.38, 21.51), (111.53, 21.52), (111.64, 21.52), (111.71, 21.56), (111.80, 21.56), (111.88, 21.57), (111.97, 21.61),
         (112.04, 21.68), (112.12, 21.76), (112.24, 21.71), (112.34, 21.70), (112.40, 21.73)]
EVERY_KM = 10.0


def main():
    heights = Heights("terrain-synthetic.tif")
    total_km = lengths(SHORE)[-1] / 1000.0
    rows, k = [], 0
    while (k + 0.5) * EVERY_KM < total_km:
        p, along = at(SHORE, 1000.0 * (k + 0.5) * EVERY_KM)
        q = nearest_land(heights, p)  # the pixel of land nearest to the point of the line: at the shore, not on a hill
        site = f"GD{k + 1:02d}"
        # The line runs from west to east, so the sea is on its right.
        for sector, turn in ((1, 30.0), (2, 90.0), (3, 150.0)):
            rows.append([site, f"km {(k + 0.5) * EVERY_KM:.0f}", "", f"{q[0]:.4f}", f"{q[1]:.4f}",
                         f"{site}-{sector}", f"{(along + turn) % 360.0:.0f}"])
        print(f"{site} {q[0]:.3f} {q[1]:.3f} ground {heights.at(q):.0f} m")
        k += 1
    note = "Own placement by place.py: a site every 10 km along the sea-facing shore, at the nearest land; the rule stands in README.md."
    columns = ["site_id", "site_name", "site_name_zh", "lon_deg", "lat_deg", "cell_id", "azimuth_deg"]
    write_csv("sites.csv", note, columns, rows)
    # A wind farm of 25 turbines around a platform about 28 km off Shapa: position from general knowledge, to 0.05 degrees.
    platform = (111.45, 21.25)
    turbines = [moved(platform, 1200.0 * i, 1200.0 * j) for j in range(-2, 3) for i in range(-2, 3)]
    write_csv("turbines.csv", "Own placement: 25 turbines 1.2 km apart around the platform.", ["id", "name", "name_zh", "lon", "lat", "weight"],
              [[f"t{k + 1:02d}", f"Turbine {k + 1}", f"风机 {k + 1}", f"{q[0]:.4f}", f"{q[1]:.4f}", 1] for k, q in enumerate(turbines)])
    on_platform = [["GD-P", "Wind platform", "海上风电平台", platform[0], platform[1], f"GD-P-{s}", a] for s, a in ((1, 60), (2, 180), (3, 300))]
    write_csv("sites-platform.csv", note + " And a site on the wind platform.", columns, rows + on_platform)
    write_line("shore.geojson", "Sea-facing shore around Yangjiang", SHORE, "Own waypoints along the headlands, rounded to 0.01 degrees.")
    # A line due south from the middle of the shore, for profiles of signal against distance from it.
    begin = (111.88, 21.57)
    write_line("outbound.geojson", "Outbound from Hailing island", [begin, moved(begin, 0.0, -60000.0)],
               "A straight line to the south over open sea.")


main()
