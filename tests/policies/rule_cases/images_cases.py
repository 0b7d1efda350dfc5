"""Cases of the rules about container images."""

import json

from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

REPOSITORY = "aws:ecr/repository:Repository"
SCANNING = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration"
LIFECYCLE = "aws:ecr/lifecyclePolicy:LifecyclePolicy"
TASK = "aws:ecs/taskDefinition:TaskDefinition"
EXPRESS = "aws:ecs/expressGatewayService:ExpressGatewayService"


def repository(scan: object, mutability: object) -> Made:
    return of(REPOSITORY, imageScanningConfiguration={"scanOnPush": scan}, imageTagMutability=mutability)


def running(*images: str) -> Made:
    containers = [{"name": f"c{n}", "image": image} for n, image in enumerate(images)]
    return of(TASK, containerDefinitions=json.dumps(containers))


CASES = [
    *cases(
        "ecr-scan-immutable",
        passing=[
            repository(True, "IMMUTABLE"),
            repository("true", "IMMUTABLE_WITH_EXCLUSION"),
            (
                of(REPOSITORY, imageTagMutability="IMMUTABLE"),
                of(SCANNING, "registry", rules=[{"scanFrequency": "CONTINUOUS_SCAN"}]),
            ),
        ],
        failing=[
            of(REPOSITORY),
            repository(False, "IMMUTABLE"),
            repository(True, "MUTABLE"),
            of(REPOSITORY, imageScanningConfiguration={"scanOnPush": True}),
            (
                of(REPOSITORY, imageTagMutability="IMMUTABLE"),
                of(SCANNING, "registry", rules=[{"scanFrequency": "MANUAL"}]),
            ),
        ],
        unknown=[repository(U, "IMMUTABLE"), repository(True, U), of(REPOSITORY, imageScanningConfiguration=U)],
    ),
    *cases(
        "ecr-lifecycle",
        passing=[
            (of(REPOSITORY), of(LIFECYCLE, "policy", repository=ref("it"))),
            (of(REPOSITORY, name="app"), of(LIFECYCLE, "policy", repository="app", policy=U)),
        ],
        failing=[of(REPOSITORY), (of(REPOSITORY, name="app"), of(LIFECYCLE, "policy", repository="web"))],
        unknown=[(of(REPOSITORY), of(LIFECYCLE, "policy", repository=U))],
    ),
    *cases(
        "ecs-no-database-containers",
        passing=[
            running("acme/app:1.2.3"),
            running("public.ecr.aws/acme/postgres-exporter:1", "localhost:5000/app@sha256:00"),
            of(EXPRESS, primaryContainer={"image": U}),
        ],
        failing=[
            running("postgres"),
            running("app", "public.ecr.aws/docker/library/postgres:17-alpine"),
            running("registry.example.com:5000/bitnami/MongoDB@sha256:00"),
            running("pgvector/pgvector:pg17"),
            of(EXPRESS, primaryContainer={"image": "mysql:8"}),
        ],
        unknown=[of(TASK, containerDefinitions=U), of(TASK, containerDefinitions=[U])],
        unknown_is=Status.UNKNOWN,
    ),
]
