#!/usr/bin/env python3
"""Writes the tabulated curves of ITU-R P.1546-6 in the layout of the model itu_p1546.

    python3 itu_p1546_curves.py P1546.py > p1546-curves.csv

P1546.py is src/Py1546/P1546.py of the Python implementation that ITU-R publishes as a supplement
to the Recommendation (github.com/eeveetza/Py1546). It holds the 24 figures' tables as a list; the
file is read, not run. The tables are the ITU's: fetch them yourself, do not pass them on.
"""

import ast
import sys

# Figures 1 to 24: percentage of time, surface; eight a frequency, in this order.
FIGURES = [
    (50, "land"), (10, "land"), (1, "land"), (50, "sea"),
    (10, "cold_sea"), (1, "cold_sea"), (10, "warm_sea"), (1, "warm_sea"),
]
FREQUENCIES_MHZ = [100, 600, 2000]
HEIGHTS_M = [10, 20, 37.5, 75, 150, 300, 600, 1200]


def tables_of(source):
    """The first list assigned in the function Exceltables()."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name == "Exceltables":
            for statement in node.body:
                if isinstance(statement, ast.Assign):
                    return ast.literal_eval(statement.value)
    sys.exit("there is no function Exceltables() with a list in this file")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8", errors="replace") as file:
        tables = tables_of(file.read())
    if len(tables) != len(FIGURES) * len(FREQUENCIES_MHZ):
        sys.exit(f"24 tables are wanted, {len(tables)} found")
    print("surface,frequency_mhz,time_percent,distance_km,"
          + ",".join(f"h1_{h:g}_m" for h in HEIGHTS_M))
    for figure, (header, *rows) in enumerate(tables):
        if list(header[1:9]) != HEIGHTS_M:
            sys.exit(f"figure {figure + 1}: the heights are {header[1:9]}")
        time, surface = FIGURES[figure % 8]
        for row in rows:
            fields = [surface, FREQUENCIES_MHZ[figure // 8], time, *row[:9]]
            print(",".join(str(field) for field in fields))


if __name__ == "__main__":
    main()
