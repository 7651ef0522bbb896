"""Makes the tables of ratings importable from every test of agreement."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
