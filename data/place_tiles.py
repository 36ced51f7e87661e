"""Place England's authorities on a map of equal tiles: ``python data/place_tiles.py`` writes ``column`` and ``row`` of tiles.csv.

Moves authorities apart until each has room for a tile, then assigns them to tiles of a grid with the least total movement. Run it again
after you change a centre or councils merge, and look at the map.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

FILE = Path(__file__).with_name("tiles.csv")
TILE = 29  # kilometres a side: small enough for the shape of England, large enough for London
MIDDLE = 52.8, -1.5  # degrees north and east, from which kilometres are counted
KM_A_DEGREE = 111.32


def placed(latitude: np.ndarray, longitude: np.ndarray) -> np.ndarray:
    """The column (from the west) and row (from the north) of each authority, from 0."""
    east = (longitude - MIDDLE[1]) * np.cos(np.radians(MIDDLE[0])) * KM_A_DEGREE
    where = np.column_stack([east, (MIDDLE[0] - latitude) * KM_A_DEGREE])
    apart = pushed_apart(where)
    corner = apart.min(axis=0) - TILE
    columns, rows = np.ceil((apart.max(axis=0) - corner) / TILE).astype(int) + 1
    tiles = np.array([(column, row) for column in range(columns + 1) for row in range(rows + 1)])
    far = ((apart[:, None] - (corner + tiles * TILE)[None]) ** 2).sum(axis=2)
    own = tiles[linear_sum_assignment(far)[1]]
    return own - own.min(axis=0)


def pushed_apart(where: np.ndarray) -> np.ndarray:
    """The points moved away from each other, a little at a time, until no two are nearer than a tile."""
    points = where.copy()
    for _ in range(500):
        between = points[:, None] - points[None]
        far = np.sqrt((between**2).sum(axis=2))
        np.fill_diagonal(far, np.inf)
        short = np.clip(TILE - far, 0, None)
        if short.max() < TILE / 50:
            break
        push = (between / np.maximum(far, 1e-9)[..., None] * short[..., None] / 2).sum(axis=1)
        points += np.clip(push, -TILE / 4, TILE / 4)
    return points


def table() -> str:
    """The file as it should be: its centres, with their columns and rows."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    places = placed(*(np.array([float(row[name]) for row in rows]) for name in ("latitude", "longitude")))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        {**row, "column": str(column), "row": str(line)} for row, (column, line) in zip(rows, places, strict=True)
    )
    return text.getvalue()


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8", newline="")
