"""What the place.py scripts of the cases share: walking along lines, reading heights, writing tables.

Positions follow rules, so that nobody places a site where it pleases; the rule of a case stands in its place.py and README.md.
Needs GDAL's Python and numpy (Debian: python3-gdal). Distances are those of a plane true to scale at the middle latitude: they place
sites, nothing is measured with them.
"""
import csv
import json
import math

import numpy
from osgeo import gdal

M_PER_DEG = 111195.0


def metres(a, b):
    """(east, north) from a to b; both (lon, lat)."""
    return ((b[0] - a[0]) * M_PER_DEG * math.cos(math.radians(0.5 * (a[1] + b[1]))), (b[1] - a[1]) * M_PER_DEG)


def moved(p, east_m, north_m):
    return (p[0] + east_m / (M_PER_DEG * math.cos(math.radians(p[1]))), p[1] + north_m / M_PER_DEG)


def azimuth(a, b):
    east, north = metres(a, b)
    return math.degrees(math.atan2(east, north)) % 360.0


def lengths(line):
    """Chainage of each point of a line, metres."""
    chainage = [0.0]
    for a, b in zip(line, line[1:]):
        chainage.append(chainage[-1] + math.hypot(*metres(a, b)))
    return chainage


def true_lengths(line):
    """As lengths(), on the WGS 84 ellipsoid, as `yonder` counts the chainage of a route: by its radii of curvature at the middle latitude."""
    chainage = [0.0]
    for a, b in zip(line, line[1:]):
        squeeze = 1.0 - 0.00669437999014 * math.sin(math.radians(0.5 * (a[1] + b[1]))) ** 2
        east, north = metres(a, b)
        per_east = math.radians(6378137.0 / math.sqrt(squeeze)) / M_PER_DEG
        per_north = math.radians(6378137.0 * (1.0 - 0.00669437999014) / squeeze**1.5) / M_PER_DEG
        chainage.append(chainage[-1] + math.hypot(east * per_east, north * per_north))
    return chainage


def at(line, chainage_m, marks=None):
    """The point of a line at a chainage, and the azimuth of the line there; chainages of its points where not lengths()."""
    marks = marks or lengths(line)
    i = max(k for k in range(len(line) - 1) if marks[k] <= chainage_m + 1e-6)
    share = (chainage_m - marks[i]) / (marks[i + 1] - marks[i])
    a, b = line[i], line[i + 1]
    return (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])), azimuth(a, b)


class Heights:
    """Heights of a raster in longitude and latitude; a sea pixel has 0."""

    def __init__(self, file):
        dataset = gdal.Open(file)
        self.values = dataset.ReadAsArray().astype(float)
        self.west, self.step, _, self.north, _, _ = dataset.GetGeoTransform()

    def pixel(self, p):
        return int((p[0] - self.west) / self.step), int((self.north - p[1]) / self.step)

    def at(self, p):
        column, row = self.pixel(p)
        return float(self.values[row, column])

    def within(self, p, radius_m):
        """(distance, height, position) of all pixels whose middle lies within a radius."""
        column, row = self.pixel(p)
        reach = int(radius_m / (self.step * M_PER_DEG * 0.8)) + 2
        found = []
        for r in range(max(0, row - reach), min(self.values.shape[0], row + reach + 1)):
            for c in range(max(0, column - reach), min(self.values.shape[1], column + reach + 1)):
                q = (self.west + (c + 0.5) * self.step, self.north - (r + 0.5) * self.step)
                distance = math.hypot(*metres(p, q))
                if distance <= radius_m:
                    found.append((distance, float(self.values[r, c]), q))
        return found


def nearest_land(heights, p, limit_m=8000.0):
    """The nearest pixel above 0 m, which in these sketches is land."""
    land = [(d, q) for d, h, q in heights.within(p, limit_m) if h > 0.0]
    if not land:
        raise ValueError(f"no land within {limit_m} m of {p}")
    return min(land)[1]


def noise(seed, i):
    """Uniform in [0, 1), the same everywhere: splitmix64."""
    x = (seed * 1000003 + i + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
    return ((x ^ (x >> 31)) >> 11) / 9007199254740992.0


def write_csv(file, comment, columns, rows):
    with open(file, "w", newline="") as out:
        for line in comment.splitlines():
            out.write("# " + line + "\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    print(f"{file}: {len(rows)} rows")


def write_line(file, name, line, note):
    with open(file, "w") as out:
        json.dump({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"name": name, "note": note},
             "geometry": {"type": "LineString", "coordinates": [[round(x, 4), round(y, 4)] for x, y in line]}}]},
            out, ensure_ascii=False, indent=1)
        out.write("\n")
    print(f"{file}: {true_lengths(line)[-1] / 1000.0:.1f} km")
