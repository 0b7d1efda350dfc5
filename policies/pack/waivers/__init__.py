"""Waivers: findings that somebody answers for, for a while.

A waiver never hides a finding: it is shown as waived, with its reason. It ends by itself: an expired one excuses
nothing and is a finding, as is one that excuses nothing any more, or more than it says. Waivers stand in the pack's
file, or in code beside the component that they excuse.
"""

from policies.pack.waivers.book import WaiverBook
from policies.pack.waivers.waiver import Waiver

__all__ = ["Waiver", "WaiverBook"]
