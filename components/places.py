"""Where the pages are, for links between them."""

from pathlib import Path

PAGES = Path(__file__).resolve().parents[1] / "pages"
MAP = str(PAGES / "map.py")
NEIGHBOURS = str(PAGES / "neighbours.py")
CLUSTERS = str(PAGES / "clusters.py")
OUTLIERS = str(PAGES / "outliers.py")
JOINT = str(PAGES / "joint.py")
ZERO_SHOT = str(PAGES / "zero_shot.py")
ANALOGIES = str(PAGES / "analogies.py")
AXES = str(PAGES / "axes.py")
TRUST = str(PAGES / "trust.py")
COMPARE = str(PAGES / "compare.py")
DATA = str(PAGES / "data.py")
