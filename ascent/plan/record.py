"""Records what a Pulumi program registers, without an engine, an AWS account or a network.

The program's own `__main__.py` runs against a resource monitor that answers as the engine does in a preview of an
empty stack. It stands on internals of the SDK (`MockSettings`, `run_in_stack`), which is why the SDK is pinned; the
tests that compare a plan with the real engine's preview hold the two together.
"""

from __future__ import annotations

import asyncio
import contextvars
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pulumi
from pulumi.runtime import resource as sdk_resource
from pulumi.runtime import settings as sdk_settings
from pulumi.runtime._callbacks import _CallbackServicer
from pulumi.runtime.config import set_all_config
from pulumi.runtime.mocks import MockSettings
from pulumi.runtime.proto import source_pb2
from pulumi.runtime.stack import run_in_stack

from ascent.plan.errors import PlanError
from ascent.plan.model import UNKNOWN, Plan, Resource
from ascent.plan.monitor import OrderedRpcs, PlanEngine, PlanMonitor
from ascent.plan.offline.collector import collector_paused
from ascent.plan.offline.program import aws_call, blocking_lookup, own_frames, program_environment, run_main
from ascent.plan.offline.recording import Recording
from policies.pack.types import PULUMI_PROVIDERS_AWS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Generator, Mapping


def record(
    directory: Path,
    project: str,
    stack: str,
    config: Mapping[str, str],
    secret_keys: Collection[str] = (),
    *,
    keep_modules: bool = False,
    boxes: bool = False,
    monitor: Callable[[str, str], PlanMonitor] | None = None,
    root: Path | None = None,
) -> Recording:
    """Run the program in `directory` and record its resources.

    Args:
        directory: holds the program's `__main__.py`.
        project: name of the Pulumi project.
        stack: name of the stack.
        config: configuration by full key (`project:key`), values as text, objects as JSON.
        secret_keys: keys of `config` whose values are secret.
        keep_modules: keep the program's own modules imported after the run, which makes the next run of the same
            program faster; right for a program whose modules create nothing when they are imported.
        boxes: record a component of another process that cannot be predicted as one box; otherwise refuse it.
        monitor: makes the monitor that answers the program, of project and stack; None for a preview's.
        root: where Pulumi.yaml is; None for the program's directory.

    Raises:
        PlanError: the program raised, or does what the offline plan does not cover.
    """
    directory = directory.resolve()
    if not (directory / "__main__.py").is_file():
        raise PlanError(f"{directory}: there is no __main__.py to run")
    # All of the SDK's state is in context variables, so a context of its own isolates each run.
    context = contextvars.copy_context()
    made = monitor(project, stack) if monitor else PlanMonitor(project, stack, boxes=boxes)
    return context.run(_record_here, directory, made, config, secret_keys, root or directory, keep_modules=keep_modules)


def _record_here(
    directory: Path,
    monitor: PlanMonitor,
    config: Mapping[str, str],
    secret_keys: Collection[str],
    root: Path,
    *,
    keep_modules: bool,
) -> Recording:
    engine = PlanEngine()
    _configure_sdk(monitor, engine, root)
    set_all_config(dict(config), list(secret_keys))
    with collector_paused(), program_environment(directory, keep_modules=keep_modules), monitor.attached():
        try:
            _run_to_end(lambda: run_main(directory))
        except (Exception, SystemExit) as error:
            raise _explained(error, directory, looked_up=bool(monitor.invoked)) from error
    resources = monitor.recorded()
    plan = Plan(
        project=monitor.project,
        stack=monitor.stack,
        tier=config.get("ascent:tier", ""),
        region=_region(resources, config),
        resources=resources,
        outputs=monitor.outputs,
    )
    lookups = tuple(sorted(set(monitor.invoked)))
    return Recording(plan, tuple(engine.diagnostics), tuple(monitor.reads), lookups, tuple(sorted(monitor.boxed)))


class _Unserved(_CallbackServicer):
    """Takes a program's hooks, and calls none: there is nothing that could change. The SDK's own starts a server."""

    def __init__(self, monitor: Any) -> None:  # noqa: ANN401 - the SDK wants a stub of the wire
        self._callbacks, self._transforms, self._state_migrations = {}, {}, {}
        self._monitor, self._target = monitor, ""


def _configure_sdk(monitor: PlanMonitor, engine: PlanEngine, root: Path) -> None:
    settings = MockSettings(
        monitor=monitor,
        monitor_features=set(monitor.GetDeploymentInfo(None).supportedFeatures),
        engine=engine,
        project=monitor.project,
        stack=monitor.stack,
        root_directory=str(root),
        dry_run=True,
        organization="organization",
        callbacks=_Unserved(monitor),
    )
    sdk_settings.configure(settings)
    for name, fresh in {
        "rpc_manager": OrderedRpcs(),
        "outputs": set(),
        "package_refs": {},
        "base_providers_by_ref": {},
    }.items():
        setattr(sdk_settings.SETTINGS, name, fresh)
    sdk_settings.ROOT.set(None)


_LOOK_AGAIN_SECONDS: Final = 0.05


class _InlineExecutor(ThreadPoolExecutor):
    """Runs the SDK's calls to the monitor at once: they never wait, so threads would only cost time and order."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def _run_to_end(program: Callable[[], None]) -> None:
    """Run `program` inside a stack on an event loop of its own, until all of its registrations are done."""
    loop = asyncio.new_event_loop()
    loop.set_default_executor(_InlineExecutor(max_workers=1))
    # After a failure, tasks that wait for the failed one fail as well; the first failure is the one reported.
    loop.set_exception_handler(lambda _loop, _context: None)
    try:
        with _no_stack_traces():
            loop.run_until_complete(run_in_stack(lambda: _settling(program)))
    finally:
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()


@contextmanager
def _no_stack_traces() -> Generator[None]:
    """Keep the SDK from reading source files for each resource's stack trace, which a plan does not hold."""
    sdk = vars(sdk_resource)
    real = sdk["_get_stack_trace"]
    sdk["_get_stack_trace"] = source_pb2.StackTrace
    try:
        yield
    finally:
        sdk["_get_stack_trace"] = real


def _settling(program: Callable[[], None]) -> Awaitable[None]:
    """Run the program and answer with what the SDK should await before it closes the stack."""
    program()
    return _settled()


async def _settled() -> None:
    """Wait until nothing is outstanding or something failed; the SDK then says what.

    The SDK waits for one of all outstanding outputs at a time, which takes as long as their number squared.
    """
    outputs, manager = sdk_settings.SETTINGS.outputs, sdk_settings.SETTINGS.rpc_manager
    while manager.unhandled_exception is None:
        left = [task for task in (*manager.rpcs, *outputs) if not task.done()]
        if not left:
            return
        # Something that is only created meanwhile may fail, and what is left then waits for it in vain: look again.
        done, _ = await asyncio.wait(left, timeout=_LOOK_AGAIN_SECONDS, return_when=asyncio.FIRST_EXCEPTION)
        failed = [task for task in done if task.cancelled() or task.exception()]
        if failed:
            # Outputs leave the SDK's set when they are done; it must still meet the one that failed.
            outputs.update(failed)
            return


def _explained(error: BaseException, directory: Path, *, looked_up: bool) -> PlanError:
    """The error as the user should read it; `looked_up` says whether the program asked a provider for anything."""
    seen: BaseException | None = error
    met: list[BaseException] = []
    # An error that is raised once more while it is handled can be its own cause.
    while seen is not None and not any(seen is one for one in met):
        if isinstance(seen, PlanError):
            return seen
        if isinstance(seen, pulumi.RunError):
            return PlanError(str(seen))
        met.append(seen)
        seen = seen.__cause__ or seen.__context__
    if call := aws_call(error.__traceback__):
        what = (
            f"the program asks AWS itself while it is planned ({call}), which needs credentials: {_named(error)}; "
            "ask through the provider, with a get_…_output function, or have `pulumi preview --json` write a preview"
        )
    elif looked_up and (function := blocking_lookup(error.__traceback__)):
        what = f"{function}() needs an answer before anything is deployed; call {function}_output() instead"
    elif isinstance(error, SystemExit):
        what = f"the program ended itself with status {error.code}"
    else:
        what = _named(error)
    places = own_frames(error.__traceback__, directory)
    return PlanError(f"{what} (at {places})" if places else what)


def _named(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split()).removesuffix(":")


def _region(resources: tuple[Resource, ...], config: Mapping[str, str]) -> str:
    """Region of the first AWS provider; what is left out there comes from the configuration."""
    for resource in resources:
        region = resource.inputs.get("region")
        if resource.type == PULUMI_PROVIDERS_AWS and region and region != UNKNOWN:
            return str(region)
    return config.get("aws:region", "")
