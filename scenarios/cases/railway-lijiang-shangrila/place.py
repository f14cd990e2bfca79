#!/usr/bin/python3
"""Line, tunnels and sites of this case, by the rules of README.md. Run in this folder: python3 place.py"""
import sys

sys.path.insert(0, "../tools")
from placing import at, moved, true_lengths, write_csv, write_line
import math

# Own waypoints from general knowledge, to 0.01 degrees and 10 m: lon, lat, height of the track.
WAYPOINTS = [
    (100.25, 26.81, 2400),   # Lijiang station (2,400 m is published)
    (100.19, 26.84, 2430),
    (100.14, 26.88, 2440),   # Lashihai station
    (100.09, 26.95, 2400),
    (100.07, 27.02, 2300),
    (100.09, 27.10, 2190),
    (100.07, 27.175, 2080),  # bridge over the Jinsha, upstream of Tiger Leaping Gorge
    (100.03, 27.27, 2280),
    (99.97, 27.35, 2500),
    (99.91, 27.40, 2700),
    (99.84, 27.47, 2950),
    (99.82, 27.53, 3120),
    (99.79, 27.59, 3230),    # Xiaozhongdian station
    (99.75, 27.67, 3250),
    (99.72, 27.74, 3270),
    (99.70, 27.80, 3274),    # Shangri-La station (3,274 m is published)
]
LINE = [p[:2] for p in WAYPOINTS]
MARKS = true_lengths(LINE)
BRIDGE_KM = MARKS[6] / 1000.0          # its middle
BRIDGE = (BRIDGE_KM - 0.44, BRIDGE_KM + 0.44)

# 20 tunnels (the number is published). Published too: Haba 9.5 km, from the northern end of the bridge; Mengguoshao 7.2 km; Yulong
# from the southern end. All other lengths and positions are ours, set so that tunnels take about two thirds of the line.
TUNNELS = [("Tunnel 1", 8.3, 10.0), ("Tunnel 2", 15.8, 18.8), ("Tunnel 3", 19.6, 26.1), ("Mengguoshao", 27.2, 34.4),
           ("Yulong Snow Mountain", 35.2, BRIDGE[0] - 0.1), ("Haba Snow Mountain", BRIDGE[1] + 0.1, BRIDGE[1] + 9.6),
           ("Tunnel 7", 60.9, 64.4), ("Tunnel 8", 65.2, 70.1), ("Tunnel 9", 71.0, 75.3), ("Tunnel 10", 76.5, 82.0),
           ("Tunnel 11", 83.1, 86.1), ("Tunnel 12", 87.0, 91.0), ("Tunnel 13", 92.0, 94.3), ("Tunnel 14", 95.2, 96.4),
           ("Tunnel 15", 97.6, 99.0), ("Xiaozhongdian 1", 104.2, 105.0), ("Xiaozhongdian 2", 106.4, 106.8),
           ("Tunnel 18", 111.0, 113.1), ("Tunnel 19", 116.3, 118.9), ("Tunnel 20", 121.6, 122.8)]
STATIONS = [("lijiang", "Lijiang", "丽江", 0), ("lashihai", "Lashihai", "拉市海", 2), ("xiaozhongdian", "Xiaozhongdian", "小中甸", 12),
            ("shangri-la", "Shangri-La", "香格里拉", 15)]
CELL = ["carrier", "antenna", "power_w", "tx_ports", "rx_ports", "branches_in_gain", "ssb_offset_db", "prach_format", "n_cs",
        "prach_restricted_set"]
N28 = ["n28", "panel", 240, 4, 4, "", "", 0, 76, ""]
# At 140 km/h the uplink of n41 is shifted by 665 Hz, more than half of 1.25 kHz: restricted set A.
N41 = ["n41", "active-array", 320, 64, 64, 32, -3, 0, 82, "a"]


def open_sections():
    end_km, begin = MARKS[-1] / 1000.0, 0.0
    for _, tunnel_from, tunnel_to in TUNNELS:
        yield begin, tunnel_from
        begin = tunnel_to
    yield begin, end_km


def main():
    write_line("railway.geojson", "Lijiang–Shangri-La railway", LINE,
               "Chords between own waypoints from general knowledge, rounded to 0.01 degrees; not surveyed.")
    rows, number = [], 0
    for begin, end in open_sections():
        # One site in the middle of an open section of up to 3 km, in longer ones one every 3 km at most, evenly.
        count = max(1, math.ceil((end - begin) / 3.0))
        for k in range(count):
            number += 1
            km = begin + (k + 0.5) * (end - begin) / count
            if BRIDGE[0] < km < BRIDGE[1]:
                km = BRIDGE[0] - 0.05  # not in the river below the bridge but at its southern end
            p, along = at(LINE, 1000.0 * km, MARKS)
            # Beside the track on its right, so that the ends of the sections see the mast at an angle.
            right = math.radians(along + 90.0)
            p = moved(p, 120.0 * math.sin(right), 120.0 * math.cos(right))
            site = f"LX{number:02d}"
            name, name_zh = f"km {km:.0f}", ""
            for band, kind in (("n28", N28), ("n41", N41)):
                for sector, turn in ((1, 0.0), (2, 180.0)):
                    rows.append([site, name, name_zh, f"{p[0]:.4f}", f"{p[1]:.4f}", f"{site}-{band}-{sector}",
                                 f"{(along + turn) % 360.0:.0f}"] + kind)
    write_csv("sites.csv", "Sites beside the open sections of the line, by place.py; the rule stands in README.md.",
              ["site_id", "site_name", "site_name_zh", "lon_deg", "lat_deg", "cell_id", "azimuth_deg"] + CELL, rows)
    write_csv("sites-n28.csv", "As sites.csv, without the n41 cells.",
              ["site_id", "site_name", "site_name_zh", "lon_deg", "lat_deg", "cell_id", "azimuth_deg"] + CELL,
              [r for r in rows if r[7] == "n28"])
    write_csv("stations.csv", "The four passenger stations; positions from general knowledge, rounded to 0.01 degrees.",
              ["id", "name", "name_zh", "lon", "lat", "weight"],
              [[i, name, zh, LINE[k][0], LINE[k][1], 1] for i, name, zh, k in STATIONS])
    tunnels_km = sum(b - a for _, a, b in TUNNELS)
    print(f"line {MARKS[-1] / 1000.0:.2f} km, bridge {BRIDGE[0]:.2f}-{BRIDGE[1]:.2f}, tunnels {tunnels_km:.1f} km")
    for name, a, b in TUNNELS:
        print(f"        - {{from_km: {a:.2f}, to_km: {b:.2f}, kind: tunnel, feeder: *cable}}   # {name}")
    for begin, end in open_sections():
        print(f"open {begin:.2f}-{end:.2f}", end="; ")
    print()
    for begin, end in open_sections():
        # Points of the recipe's cut for the track: ends of the section and every kilometre, with the height of the track.
        n = max(2, int(end - begin) + 2)
        line = []
        for k in range(n):
            km = begin + (end - begin) * k / (n - 1)
            p, _ = at(LINE, 1000.0 * min(km, MARKS[-1] / 1000.0 - 1e-6), MARKS)
            i = max(j for j in range(len(MARKS) - 1) if MARKS[j] <= 1000.0 * km + 1e-6)
            share = (1000.0 * km - MARKS[i]) / (MARKS[i + 1] - MARKS[i])
            h = WAYPOINTS[i][2] + min(1.0, share) * (WAYPOINTS[i + 1][2] - WAYPOINTS[i][2])
            line.append(f"[{p[0]:.4f}, {p[1]:.4f}, {h:.0f}]")
        print(f"  - {{name: track km {begin:.1f}–{end:.1f}, floor_width_m: 250, wall_slope_deg: 25, spurs: 0.5, line_lon_lat_height: [{', '.join(line)}]}}")


main()
