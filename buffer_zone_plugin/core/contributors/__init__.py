"""Who sends whom: contributors' shares, pledges and caps become whole persons, sector by sector."""

from .contribute import Contributions, contribute
from .model import ROLES, SUPPORT, TRAINING, UNASSIGNED, ZONE, Contributor
from .pledges import pledged, pledges_told
from .rows import contributors_from_rows
from .text import contributors_from_text, contributors_to_text

__all__ = [
    "ROLES", "SUPPORT", "TRAINING", "UNASSIGNED", "ZONE", "Contributions", "Contributor", "contribute",
    "contributors_from_rows", "contributors_from_text", "contributors_to_text", "pledged",
    "pledges_told",
]
