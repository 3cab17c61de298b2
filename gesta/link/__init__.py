"""Looking across reports: one incident from many reports, copies told from sources, and who answers whom."""

from gesta.link.credits import find_credits
from gesta.link.imprints import make_imprints
from gesta.link.signature import sign

__all__ = ["find_credits", "make_imprints", "sign"]
