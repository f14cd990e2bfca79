#!/usr/bin/python3
"""Island sites of this case, by the rule of README.md. Needs terrain-synthetic.tif. Run in this folder: python3 place.py"""
import sys

sys.path.insert(0, "../tools")
from placing import Heights, lengths, nearest_land, write_csv, write_line

# Settlements of the Shengsi islands, from general knowledge, to 0.01 degrees.
PLACES = [("caiyuan", "Caiyuan (Sijiao)", "菜园（泗礁）", 122.45, 30.72), ("wulong", "Wulong (Sijiao)", "五龙（泗礁）", 122.51, 30.71),
          ("huanglong", "Huanglong", "黄龙", 122.56, 30.66), ("lvhua", "Lühua", "绿华", 122.62, 30.82),
          ("huaniao", "Huaniao", "花鸟", 122.68, 30.85), ("gouqi", "Gouqi", "枸杞", 122.78, 30.72),
          ("shengshan", "Shengshan", "嵊山", 122.82, 30.72)]
FERRY = [(122.47, 30.69), (122.56, 30.74), (122.60, 30.80), (122.63, 30.81), (122.66, 30.84), (122.71, 30.80), (122.76, 30.73), (122.80, 30.71)]


def main():
    heights = Heights("terrain-synthetic.tif")
    rows, points = [], []
    for k, (key, name, name_zh, lon, lat) in enumerate(PLACES):
        # Harbour villages: the lowest land within 800 m of the waypoint, or of the nearest land.
        near = nearest_land(heights, (lon, lat))
        home = min((h, d, q) for d, h, q in heights.within(near, 800.0) if h > 0.0)[2]
        points.append([key, name, name_zh, f"{home[0]:.4f}", f"{home[1]:.4f}", 1])
        top = max((h, -d, q) for d, h, q in heights.within(home, 1000.0))
        for sector, azimuth in ((1, 0), (2, 120), (3, 240)):
            rows.append([f"ZS{k + 1:02d}", name, name_zh, f"{top[2][0]:.4f}", f"{top[2][1]:.4f}", f"ZS{k + 1:02d}-{sector}", azimuth])
        print(f"{name}: home {heights.at(home):.0f} m, site {top[0]:.0f} m")
    note = "Own placement by place.py: the highest ground of the sketch within 1 km of each settlement; the rule stands in README.md."
    write_csv("sites.csv", note, ["site_id", "site_name", "site_name_zh", "lon_deg", "lat_deg", "cell_id", "azimuth_deg"], rows)
    write_csv("settlements.csv", "Settlements: own waypoints from general knowledge to 0.01 degrees, moved to the lowest land within 800 m.",
              ["id", "name", "name_zh", "lon", "lat", "weight"], points)
    write_line("ferry.geojson", "Ferry between the islands", FERRY, "Own waypoints, rounded to 0.01 degrees.")


main()
