#!/usr/bin/env bash
# Land polygons of a case from GSHHG: clipped to a box, simplified, rounded to 4 decimals (11 m).
#   tools/coast.sh SOURCE WEST SOUTH EAST NORTH TOLERANCE_DEG OUTPUT.geojson
# SOURCE: land polygons of GSHHG at full resolution, in any format that OGR reads, for example GSHHS_f_L1.shp of the GSHHG
# distribution. What was used for each case: the case's README.md, "Terrain and coast". Needs ogr2ogr (gdal-bin) and GDAL's Python.
set -euo pipefail
(($# == 7)) || { sed -n '2,6p' "$0" >&2; exit 2; }
exec /usr/bin/python3 - "$@" <<'PYTHON'
import json, sys
from osgeo import ogr
ogr.UseExceptions()
source, west, south, east, north, tolerance, output = sys.argv[1], *map(float, sys.argv[2:7]), sys.argv[7]
box = ogr.CreateGeometryFromWkt(f"POLYGON (({west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}))")

def polygons(geometry):
    if geometry.GetGeometryType() == ogr.wkbPolygon:
        yield geometry.Clone()
    else:
        for i in range(geometry.GetGeometryCount()):
            yield from polygons(geometry.GetGeometryRef(i))

features = []
dataset = ogr.Open(source)
for feature in dataset.GetLayer(0):
    whole = feature.GetGeometryRef().Clone().MakeValid()
    if not whole.Intersects(box):
        continue
    clipped = whole.Intersection(box).SimplifyPreserveTopology(tolerance)
    for polygon in list(polygons(clipped)):
        rings = [[[round(x, 4), round(y, 4)] for x, y, *_ in polygon.GetGeometryRef(i).GetPoints()]
                 for i in range(polygon.GetGeometryCount())]
        features.append({"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": rings}})
if not features:
    sys.exit(f"no land of {source} lies in the box")
with open(output, "w") as out:
    lines = ",\n".join(json.dumps(f, separators=(",", ":")) for f in features)
    out.write('{"type":"FeatureCollection","name":"land","features":[\n' + lines + "\n]}\n")
print(f"{output}: {len(features)} polygons, {sum(len(r) for f in features for r in f['geometry']['coordinates'])} corners")
PYTHON
