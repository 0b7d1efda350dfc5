"""Pulumi's mocks for components: what a component registers, without an engine, an account or a network.

`build` runs a component twice, as in a deployment (AWS has answered, every output is known) and as in a preview (what
only AWS knows is unknown), and holds the two against each other. A test then asks for children, inputs and options:

    made = build(lambda: EncryptionKey("shop-data", EncryptionKeyArgs(context=CONTEXT, purpose="data")))
    assert made.children == {"shop-data-key": "aws:kms/key:Key", "shop-data-alias": "aws:kms/alias:Alias"}
    assert made["shop-data-alias"].inputs["targetKeyId"] == made["shop-data-key"].outputs["keyId"]
    assert made.preview["shop-data-alias"].inputs["targetKeyId"] is UNKNOWN

Mocks know neither AWS nor the engine: whether AWS takes the inputs, and what an update would replace, they can't say.
"""

from __future__ import annotations

import asyncio
import contextvars
import functools
import gc
import json
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any, Final
from unittest.mock import patch

import pulumi
from pulumi.output import Unknown
from pulumi.runtime import MockCallArgs, MockResourceArgs, Mocks, rpc, set_mocks
from pulumi.runtime.mocks import MockMonitor
from pulumi.runtime.proto import resource_pb2, source_pb2
from pulumi.runtime.settings import SETTINGS
from pulumi.runtime.stack import run_pulumi_func

PREFIX_LIST: Final = "pl-3b927c52"
ACCOUNT: Final = "111111111111"
REGION: Final = "us-east-1"
ZONE_IDS: Final = ["use1-az1", "use1-az2", "use1-az4"]
"""Ids of the zones a, b and c."""


class _Value(Enum):
    UNKNOWN = "known after deployment"


UNKNOWN: Final = _Value.UNKNOWN
"""What stands in a preview wherever only AWS knows the value."""


@dataclass(frozen=True)
class Secret:
    """A value that was registered as a secret: the engine encrypts it in the state."""

    value: Any


@dataclass(frozen=True)
class Options:
    """Resource options, as far as a registration carries them."""

    protect: bool = False
    retain_on_delete: bool = False
    ignore_changes: tuple[str, ...] = ()
    depends_on: frozenset[str] = frozenset()
    """Logical names: the explicit ones, and those of the resources whose outputs are among the inputs."""
    delete_before_replace: bool | None = None
    timeouts: tuple[str, str, str] = ("", "", "")
    """Of create, update and delete."""


@dataclass(frozen=True)
class Registration:
    """One resource as a program registers it; `outputs` is what AWS's stand-in answered, the id among it."""

    type: str
    name: str
    urn: str
    parent: str
    inputs: dict[str, Any]
    outputs: dict[str, Any]
    options: Options


@dataclass(frozen=True)
class Run:
    """What one run registered, by URN; `component` is the one that the test is about."""

    registered: dict[str, Registration]
    component: Registration | None
    outputs: dict[str, Any]
    """What the component gave to `register_outputs`."""
    attributes: dict[str, Any]
    """The component's public attributes, resolved; those that are resources are left out."""
    answer: Any
    """What `ask` of `build` returned, resolved."""

    def __getitem__(self, name: str) -> Registration:
        """The only resource of that logical name; of two types that share one, ask for `one(type)`."""
        (found,) = (one for one in self.registered.values() if one.name == name)
        return found

    def __contains__(self, name: str) -> bool:
        return any(one.name == name for one in self.registered.values())

    @property
    def children(self) -> dict[str, str]:
        """Logical name → type of the component's own children; a component among them has a test of its own.

        Two children of different types may share a name: their types are joined by a plus.
        """
        assert self.component is not None
        types: dict[str, list[str]] = {}
        for one in self.registered.values():
            if one.parent == self.component.urn:
                types.setdefault(one.name, []).append(one.type)
        return {name: " + ".join(sorted(found)) for name, found in types.items()}

    def inputs(self, name: str) -> dict[str, Any]:
        return self[name].inputs

    def of_type(self, kind: str) -> list[Registration]:
        return [r for r in self.registered.values() if r.type == kind]

    def one(self, kind: str) -> Registration:
        """The only resource of a type."""
        (found,) = self.of_type(kind)
        return found


@dataclass(frozen=True, kw_only=True)
class Built(Run):
    """A component as deployed, and the same one in a preview."""

    preview: Run


Build = Callable[..., Built]
"""Type of the fixture `build`."""


_COMPUTED: Final[dict[str, dict[str, Any]]] = {
    "aws:acm/certificate:Certificate": {
        "domainValidationOptions": [
            {
                "domainName": "{name}.example",
                "resourceRecordName": "_proof.{name}.example.",
                "resourceRecordType": "CNAME",
                "resourceRecordValue": "_value.{name}.example.",
            }
        ]
    },
    "aws:cloudformation/stack:Stack": {"outputs": {"DestinationArn": "{name}-destination-arn"}},
    "aws:cloudfront/distribution:Distribution": {"domainName": "{name}.cloudfront.example"},
    "aws:ec2/launchTemplate:LaunchTemplate": {"latestVersion": 7},
    "aws:grafana/workspace:Workspace": {"endpoint": "{name}.grafana.example"},
    "aws:kms/key:Key": {"keyId": "{name}-key-id"},
    "aws:lb/loadBalancer:LoadBalancer": {
        "arnSuffix": "app/{name}/suffix",
        "dnsName": "{name}.elb.example",
        "zoneId": "{name}-elb-zone",
    },
    "aws:lb/targetGroup:TargetGroup": {"arnSuffix": "targetgroup/{name}/suffix"},
    "aws:rds/instance:Instance": {
        "address": "{name}.rds.example",
        "masterUserSecrets": [{"kmsKeyId": "", "secretArn": "{name}-password-arn", "secretStatus": "active"}],
    },
    "aws:route53/record:Record": {"fqdn": "{name}.fqdn.example"},
    "aws:route53/zone:Zone": {"nameServers": ["ns1.{name}.example", "ns2.{name}.example"], "zoneId": "{name}-zone-id"},
    "aws:s3/bucket:Bucket": {"bucket": "{name}-0a1b2c3"},
    "aws:s3/bucketObjectv2:BucketObjectv2": {"versionId": "{name}-version"},
    "aws:synthetics/canary:Canary": {"engineArn": "arn:aws:lambda:us-east-1:111111111111:function:cwsyn-{name}-1:1"},
}
"""Outputs that AWS makes up, where they are not given; `id`, `arn` and `name` come with every resource.

One that is missing here would be None: the SDK drops an input made of it without a word, and `build` fails because the
preview has the input.
"""

_ZONES: Final = 2
"""Zones of a VPC."""


class AwsMocks(Mocks):
    """Answers like AWS: the inputs, and what AWS makes up. In a preview nobody has asked AWS yet."""

    def __init__(self, *, preview: bool) -> None:
        self.preview = preview
        self.seen: dict[tuple[str, str], MockResourceArgs] = {}
        self.answered: dict[tuple[str, str], dict[str, Any]] = {}

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        identity = (args.typ, args.name)
        # The engine would refuse the second one; mocks take it.
        assert identity not in self.seen, f"two {args.typ} are called {args.name}"
        self.seen[identity] = args
        if args.typ == "awsx:ec2:Vpc":
            state = {} if self.preview else _vpc(args.name)
        elif not args.custom:
            state = {}
        else:
            state = dict(args.inputs) if self.preview else {**_computed(args.typ, args.name), **args.inputs}
        made_up = "" if self.preview or not args.custom else f"{args.name}-id"
        self.answered[identity] = {"id": made_up or UNKNOWN, **state}
        return made_up, state

    def call(self, args: MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        zones = [f"{REGION}{letter}" for letter in "abc"]
        answers = {
            "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": {"locations": ZONE_IDS},
            "aws:ec2/getManagedPrefixList:getManagedPrefixList": {"id": PREFIX_LIST, "name": args.args.get("name")},
            "aws:index/getAvailabilityZones:getAvailabilityZones": {"names": zones, "zoneIds": ZONE_IDS},
            "aws:index/getCallerIdentity:getCallerIdentity": {"accountId": ACCOUNT, "id": ACCOUNT},
            "aws:rds/getOrderableDbInstance:getOrderableDbInstance": {"availabilityZones": zones},
        }
        return answers[args.token], []


def _computed(kind: str, name: str) -> dict[str, Any]:
    service = kind.split(":")[1].partition("/")[0]
    arn = f"arn:aws:{service}:{REGION}:{ACCOUNT}:{name}"
    return {"arn": arn, "name": f"{name}-0a1b2c3", **_filled(_COMPUTED.get(kind, {}), name)}


def _filled(value: Any, name: str) -> Any:  # noqa: ANN401 - any tree
    if isinstance(value, dict):
        return {key: _filled(item, name) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, name) for item in value]
    return value.format(name=name) if isinstance(value, str) else value


def _vpc(name: str) -> dict[str, Any]:
    """awsx's Vpc is a component of another process: it arrives as one request, and answers with its outputs."""
    subnets = {
        f"{kind}SubnetIds": [f"{name}-{kind}-{n}-id" for n in range(_ZONES)]
        for kind in ("public", "private", "isolated")
    }
    return {"vpcId": f"{name}-id", **subnets, "routeTables": [_route_table(name, n) for n in range(3 * _ZONES)]}


def _route_table(name: str, number: int) -> dict[str, str]:
    """A reference to a resource, as it goes over the wire."""
    urn = f"urn:pulumi:dev::shop::awsx:ec2:Vpc$aws:ec2/routeTable:RouteTable::{name}-table-{number}"
    # The key and the value that tell the SDK what it has (pulumi, `sdk/python/lib/pulumi/runtime/rpc.py`).
    return {rpc._special_sig_key: rpc._special_resource_sig, "urn": urn, "id": _id_of(urn), "packageVersion": ""}


def _id_of(urn: str) -> str:
    return f"{_name_of(urn)}-id"


def _name_of(urn: str) -> str:
    return urn.rpartition("::")[2]


class RecordingMonitor(MockMonitor):
    """Also keeps what `Mocks` doesn't get to see: parents, options and registered outputs."""

    def __init__(self, mocks: AwsMocks) -> None:
        super().__init__(mocks)
        self.requests: dict[str, resource_pb2.RegisterResourceRequest] = {}
        self.registered_outputs: dict[str, dict[str, Any]] = {}

    def RegisterResource(  # noqa: N802 - the name of the RPC
        self, request: resource_pb2.RegisterResourceRequest
    ) -> resource_pb2.RegisterResourceResponse:
        response = super().RegisterResource(request)
        self.requests[response.urn] = request
        return response

    def RegisterResourceOutputs(  # noqa: N802
        self, request: resource_pb2.RegisterResourceOutputsRequest
    ) -> object:
        self.registered_outputs[request.urn] = _read(rpc.deserialize_properties(request.outputs, keep_unknowns=True))
        return super().RegisterResourceOutputs(request)

    def Invoke(self, request: resource_pb2.ResourceInvokeRequest) -> object:  # noqa: N802
        if request.tok != "pulumi:pulumi:getResource":
            return super().Invoke(request)
        # The SDK looks up a resource that it has a reference to.
        urn = request.args["urn"]
        response = resource_pb2.ResourceInvokeResponse()
        getattr(response, "return").update({"urn": urn, "id": _id_of(urn), "state": {}})
        return response


def _read(value: Any) -> Any:  # noqa: ANN401 - any tree
    """A value with `UNKNOWN` and `Secret` in place of the SDK's own markers, and archives as files by name."""
    if isinstance(value, Unknown):
        return UNKNOWN
    if isinstance(value, pulumi.AssetArchive):
        return {name: _read(asset) for name, asset in value.assets.items()}
    if isinstance(value, pulumi.FileAsset):
        return str(value.path)
    if rpc.is_rpc_secret(value):
        return Secret(_read(rpc.unwrap_rpc_secret(value)))
    if isinstance(value, dict):
        return {key: _read(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_read(item) for item in value]
    return value


class _InlineExecutor(ThreadPoolExecutor):
    """Answers at once, in the same thread: nothing waits for mocks, and no thread or loop outlives its test."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@functools.cache
def build(make: Callable[[], Any], ask: Callable[[Any], Any] = lambda _: None) -> Built:
    """Run `make` as a deployment and as a preview, which must register the same.

    Tests of one module that build by the same function share a run: its result is data, which no test may change.

    Args:
        make: creates a component, and before it whatever it needs, and returns the component.
        ask: what to ask of the component afterwards, such as `lambda table: table.alarms(AlarmSettings())`.
    """
    deployed, preview = (_isolated(make, ask, preview=preview) for preview in (False, True))
    for run in (deployed, preview):
        _check_tree(run)
    _check_same(deployed, preview)
    return Built(**{f.name: getattr(deployed, f.name) for f in fields(deployed)}, preview=preview)


def _isolated(make: Callable[[], Any], ask: Callable[[Any], Any], *, preview: bool) -> Run:
    """One run; all of the SDK's state is in context variables, so a context of its own keeps runs apart."""
    loop = asyncio.new_event_loop()
    loop.set_default_executor(_InlineExecutor(max_workers=1))
    # Whoever waits for a failed registration fails as well; the first failure is the one that is raised.
    loop.set_exception_handler(lambda _loop, _context: None)
    run = functools.partial(loop.run_until_complete, _run(make, ask, preview=preview))
    # The SDK makes objects by the hundred thousand, and the collector looks through its millions each time.
    gc.disable()
    try:
        # The SDK would read the source of every frame below each resource, and pytest has many frames.
        with (
            patch.object(pulumi.runtime.resource, "_get_stack_trace", source_pb2.StackTrace),
            patch.object(pulumi.runtime.mocks, "_sync_await", _at_once),
        ):
            return contextvars.copy_context().run(run)
    finally:
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
        gc.enable()


def _at_once(coroutine: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - whatever it returns
    """What a coroutine returns that waits for nothing, as answers are plain values.

    The SDK runs the loop inside of the loop for it, one in another, until a large stack is deeper than Python goes.
    """
    try:
        coroutine.send(None)
    except StopIteration as done:
        return done.value
    message = "an answer of the mocks is no plain value"
    raise AssertionError(message)


async def _run(make: Callable[[], Any], ask: Callable[[Any], Any], *, preview: bool) -> Run:
    mocks = AwsMocks(preview=preview)
    monitor = RecordingMonitor(mocks)
    SETTINGS.outputs, SETTINGS.package_refs, SETTINGS.base_providers_by_ref = set(), {}, {}
    set_mocks(mocks, project="shop", stack="dev", preview=preview, monitor=monitor)
    made: list[Any] = []

    async def program() -> None:
        made.append(make())

    await run_pulumi_func(program)
    component = made[0]
    answer = await _resolved(ask(component))
    registered = {
        urn: _registration(urn, request, mocks)
        for urn, request in monitor.requests.items()
        if request.type != "pulumi:pulumi:Stack"
    }
    if not isinstance(component, pulumi.Resource):
        return Run(registered, None, {}, {}, answer)
    urn = await component.urn.future()
    attributes = {
        name: await _resolved(value)
        for name, value in vars(component).items()
        if not name.startswith("_") and name not in ("id", "urn") and not isinstance(value, pulumi.Resource)
    }
    outputs = monitor.registered_outputs.get(urn or "", {})
    return Run(registered, registered[urn or ""], outputs, attributes, answer)


def _registration(urn: str, request: resource_pb2.RegisterResourceRequest, mocks: AwsMocks) -> Registration:
    identity, timeouts = (request.type, request.name), request.customTimeouts
    return Registration(
        type=request.type,
        name=request.name,
        urn=urn,
        parent=request.parent,
        inputs=_read(mocks.seen[identity].inputs),
        outputs=_read(mocks.answered[identity]),
        options=Options(
            protect=request.protect,
            retain_on_delete=request.retainOnDelete,
            ignore_changes=tuple(request.ignoreChanges),
            depends_on=frozenset(_name_of(other) for other in request.dependencies),
            delete_before_replace=request.deleteBeforeReplace if request.deleteBeforeReplaceDefined else None,
            timeouts=(timeouts.create, timeouts.update, timeouts.delete),
        ),
    )


async def _resolved(value: Any) -> Any:  # noqa: ANN401 - any tree
    """A value with its outputs resolved, those of fields of dataclasses too."""
    if isinstance(value, pulumi.Output):
        return _read(await value.future(with_unknowns=True)) if await value.is_known() else UNKNOWN
    if isinstance(value, Mapping):
        return {key: await _resolved(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [await _resolved(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: await _resolved(getattr(value, f.name)) for f in fields(value) if f.init})
    return value


def _check_tree(run: Run) -> None:
    """Whatever a component makes is called after it and lies below it."""
    top = run.component
    if top is None:
        return
    inside = {top.urn}
    # A parent is registered before its children.
    for one in run.registered.values():
        if one.parent in inside:
            inside.add(one.urn)
            assert one.name.startswith(f"{top.name}-"), f"{one.name} is not called after {top.name}"
        elif one.urn != top.urn:
            assert not one.name.startswith(f"{top.name}-"), f"{one.name} lies beside {top.name}, not in it"


def _check_same(deployed: Run, preview: Run) -> None:
    """A preview registers what the deployment does; exactly what is made of AWS's answers is unknown in it."""
    once = set(deployed.registered) ^ set(preview.registered)
    assert not once, f"{', '.join(map(_name_of, once))}: in a deployment or in a preview only"
    made_up = {text for one in deployed.registered.values() for text in _texts(_made_up(one))}
    for urn, one in deployed.registered.items():
        other = preview.registered[urn]
        _check_value(f"{one.name}: inputs", one.inputs, other.inputs, made_up)
        # No preview depends on what an unknown value would have led to, such as a route table in awsx's list.
        assert other.options.depends_on <= one.options.depends_on, one.name
        assert replace(other.options, depends_on=one.options.depends_on) == one.options, one.name


def _made_up(one: Registration) -> dict[str, Any]:
    return {key: value for key, value in one.outputs.items() if value is not UNKNOWN and key not in one.inputs}


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - any tree
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    # A short text, such as a record's type, also stands where nobody made it of an answer.
    return [value] if isinstance(value, str) and len(value) > 8 else []


def _check_value(where: str, known: Any, preview: Any, made_up: set[str]) -> None:  # noqa: ANN401 - any tree
    if preview is UNKNOWN:
        assert known is not None, f"{where} is made of an output that the mocks leave out"
    elif isinstance(known, dict) and isinstance(preview, dict):
        assert set(known) == set(preview), f"{where}: {set(known) ^ set(preview)} in one of both runs only"
        for key, value in known.items():
            _check_value(f"{where}.{key}", value, preview[key], made_up)
    elif isinstance(known, list) and isinstance(preview, list):
        assert len(known) == len(preview), where
        for position, value in enumerate(known):
            _check_value(f"{where}[{position}]", value, preview[position], made_up)
    else:
        assert known == preview, where
        answers = [text for text in made_up if isinstance(known, str) and text in known]
        assert not answers, f"{where} is {known} in a preview, before AWS has answered"


def statements(policy: str) -> dict[str, dict[str, Any]]:
    """The statements of a policy document, by Sid."""
    return {statement["Sid"]: statement for statement in json.loads(policy)["Statement"]}
