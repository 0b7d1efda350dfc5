"""For each plan query: stacks that it is met by, and stacks that it is not met or not decided by."""

from tests.readiness.query_cases import application_cases, data_cases, edge_cases, operations_cases

CASES = [*edge_cases.CASES, *application_cases.CASES, *data_cases.CASES, *operations_cases.CASES]
