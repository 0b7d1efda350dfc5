"""All cases of all rules: a file for each of policies/pack/rules, found by its being here."""

import sys

from policies.pack.registry import modules

ALL_CASES = [case for module in modules(sys.modules[__name__]) for case in module.CASES]
