"""What has an effect and what only stands there: cases argued one by one, each asked in every form of a reference."""

import sys

from policies.pack.registry import modules

ALL_EFFECTS = [effect for module in modules(sys.modules[__name__]) for effect in getattr(module, "EFFECTS", ())]
