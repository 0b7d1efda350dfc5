"""Cases of the rules in policies/pack/rules/ecr.py."""

from __future__ import annotations

from policies.pack import types
from tests.policies.building import Made, U, cases, of, ref


def repository(scan: object, mutability: object) -> Made:
    return of(types.ECR_REPOSITORY, imageScanningConfiguration={"scanOnPush": scan}, imageTagMutability=mutability)


CASES = [
    *cases(
        "ecr-scan-immutable",
        passing=[
            repository(True, "IMMUTABLE"),
            repository("true", "IMMUTABLE_WITH_EXCLUSION"),
            (
                of(types.ECR_REPOSITORY, imageTagMutability="IMMUTABLE"),
                of(types.ECR_REGISTRY_SCANNING_CONFIGURATION, "registry", rules=[{"scanFrequency": "CONTINUOUS_SCAN"}]),
            ),
        ],
        failing=[
            of(types.ECR_REPOSITORY),
            repository(False, "IMMUTABLE"),
            repository(True, "MUTABLE"),
            of(types.ECR_REPOSITORY, imageScanningConfiguration={"scanOnPush": True}),
            (
                of(types.ECR_REPOSITORY, imageTagMutability="IMMUTABLE"),
                of(types.ECR_REGISTRY_SCANNING_CONFIGURATION, "registry", rules=[{"scanFrequency": "MANUAL"}]),
            ),
        ],
        unknown=[
            repository(U, "IMMUTABLE"),
            repository(True, U),
            of(types.ECR_REPOSITORY, imageScanningConfiguration=U),
        ],
    ),
    *cases(
        "ecr-lifecycle",
        passing=[
            (of(types.ECR_REPOSITORY), of(types.ECR_LIFECYCLE_POLICY, "policy", repository=ref("it"))),
            (
                of(types.ECR_REPOSITORY, name="app"),
                of(types.ECR_LIFECYCLE_POLICY, "policy", repository="app", policy=U),
            ),
        ],
        failing=[
            of(types.ECR_REPOSITORY),
            (of(types.ECR_REPOSITORY, name="app"), of(types.ECR_LIFECYCLE_POLICY, "policy", repository="web")),
        ],
        unknown=[(of(types.ECR_REPOSITORY), of(types.ECR_LIFECYCLE_POLICY, "policy", repository=U))],
    ),
]
