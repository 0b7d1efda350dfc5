"""All cases of all rules."""

from tests.policies.rule_cases import (
    compute_cases,
    data_cases,
    edge_cases,
    network_cases,
    observability_cases,
    resilience_cases,
    security_cases,
    storage_cases,
)

MODULES = (
    network_cases,
    edge_cases,
    compute_cases,
    data_cases,
    storage_cases,
    security_cases,
    observability_cases,
    resilience_cases,
)

ALL_CASES = [case for module in MODULES for case in module.CASES]
