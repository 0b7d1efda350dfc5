"""The application that is probed: how it is asked, and what the probe can do to it."""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ascent.probe.process import Running, free_port, until
from ascent.probe.proxy import FaultProxy
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    import httpx

    from ascent.probe.about import About, Request
    from ascent.probe.collector import Collector
    from ascent.probe.image import Image

PATIENCE: Final = 10.0
"""Seconds that any answer may take."""


@dataclass(frozen=True, kw_only=True)
class Start:
    """How an application is started.

    Attributes:
        arguments: the command; empty for an image.
        image: the image; None for a command.
        directory: where the command is started.
        shown: the command as it was given.
    """

    arguments: tuple[str, ...] = ()
    image: Image | None = None
    directory: Path = field(default_factory=Path)
    shown: str = ""


@dataclass(kw_only=True)
class Subject:
    """An application that answers.

    Attributes:
        about: what is known of it.
        url: where it answers, without a slash at the end.
        client: asks it.
        start: how it is started; None for one that was found running.
        running: its process; None for one that was found running.
        places: addresses by name, for its environment.
        database: the proxy before its database; None without one.
        cache: the proxy before its cache; None without one.
        errors: what it reports errors to; None without one.
        traces: what it reports traces to; None without one.
    """

    about: About
    url: str
    client: httpx.Client
    start: Start | None = None
    running: Running | None = None
    places: Mapping[str, str] = field(default_factory=dict)
    database: FaultProxy | None = None
    cache: FaultProxy | None = None
    errors: Collector | None = None
    traces: Collector | None = None

    def get(self, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own options
        """Ask for a path.

        Args:
            path: path and query.
            options: of httpx.
        """
        return self.client.get(self.url + path, **options)

    def send(self, request: Request, text: str = "", *, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """Send a request of the description.

        Args:
            request: which.
            text: what stands for `{text}` in it.
            headers: beside a token, where the request carries one.
        """
        signed = self.authorization() if request.signed else {}
        return self.client.request(
            request.method,
            self.url + request.path_with(text),
            json=request.body_with(text),
            headers={**signed, **(headers or {})},
        )

    def authorization(self) -> dict[str, str]:
        """The header with a good token; nothing where tokens are not described."""
        from ascent.probe.tokens import good

        return {"Authorization": f"Bearer {good(self.about)}"} if self.about.token else {}

    def status(self, path: str, *, seconds: float = PATIENCE) -> int:
        """The status of an answer; 0 where there is none.

        Args:
            path: path and query.
            seconds: how long to wait for it.
        """
        import httpx

        try:
            return self.get(path, timeout=seconds).status_code
        except httpx.HTTPError:
            return 0

    def ended(self) -> int | None:
        """How its process ended by itself; None if it answers, or does neither as long as a start may take."""
        running = self.running
        if running is None:
            return None
        health = self.about.paths.health
        until(lambda: running.exit_status is not None or self.status(health, seconds=1), self.about.start)
        return running.wait(1) if running.exit_status is not None else None

    def ready_again(self, seconds: float = 30) -> bool:
        """Whether it becomes ready, such as after a fault.

        Args:
            seconds: how long to wait.
        """
        return until(lambda: self.status(self.about.paths.ready, seconds=2) == 200, seconds)

    @contextmanager
    def another(self, changes: Mapping[str, str | None] | None = None, port: int | None = None) -> Generator[Subject]:
        """A second process of the same application; it may not be ready, or not even live.

        Args:
            changes: variables that it gets instead; None takes one away.
            port: where it listens; a free one without.

        Raises:
            InputError: it was found running, and cannot be started.
        """
        if self.start is None:
            raise InputError("ascent probe: an application that was found running cannot be started again")
        chosen = port or free_port()
        places = {**self.places, "port": f":{chosen}"}
        wanted = {self.about.port: str(chosen), **self.about.environment_at(places), **(changes or {})}
        environment = {key: value for key, value in wanted.items() if value is not None}
        image = self.start.image
        arguments = image.arguments(sorted(environment)) if image else list(self.start.arguments)
        with Running(arguments, environment, self.start.directory) as running:
            yield Subject(
                about=self.about,
                url=f"http://127.0.0.1:{chosen}",
                client=self.client,
                start=self.start,
                running=running,
                places=places,
                database=self.database,
                cache=self.cache,
                errors=self.errors,
                traces=self.traces,
            )


@contextmanager
def opened(about: About, target: Start | str) -> Generator[Subject]:
    """An application that answers: found at an address, or started for the probe and ended afterwards.

    Args:
        about: what is known of it.
        target: where it runs, an address without a slash at the end; or how to start it.

    Raises:
        InputError: it does not answer.
    """
    import httpx

    limits = httpx.Limits(max_connections=200, max_keepalive_connections=50)
    client = httpx.Client(timeout=PATIENCE, follow_redirects=False, limits=limits, trust_env=False)
    with client, ExitStack() as stack:
        if isinstance(target, str):
            found = Subject(about=about, url=target, client=client)
            try:
                found.get(about.paths.health)
            except httpx.HTTPError as error:
                raise InputError(
                    f"ascent probe --url {target}: does not answer ({error}); start it, or correct the address"
                ) from None
            yield found
            return
        yield stack.enter_context(_started(about, target, client, stack))


@contextmanager
def _started(about: About, start: Start, client: httpx.Client, stack: ExitStack) -> Generator[Subject]:
    from ascent.probe.collector import Collector

    proxies = {
        name: stack.enter_context(FaultProxy(dependency.place))
        for name, dependency in (("database", about.database), ("cache", about.cache))
        if dependency and about.mentions(name)
    }
    collectors = {name: stack.enter_context(Collector()) for name in ("errors", "traces") if about.mentions(name)}
    first = Subject(
        about=about,
        url="",
        client=client,
        start=start,
        places={name: one.address for name, one in {**proxies, **collectors}.items()},
        database=proxies.get("database"),
        cache=proxies.get("cache"),
        errors=collectors.get("errors"),
        traces=collectors.get("traces"),
    )
    with first.another() as found:
        running, ready = found.running, about.paths.ready
        end = time.monotonic() + about.start
        while found.status(ready, seconds=2) != 200:
            if running is not None and running.exit_status is not None:
                running.wait(1)
                raise InputError(
                    f"ascent probe: the application ended with {running.exit_status} before it was ready: "
                    f"{running.last_words}; give it what it needs under environment"
                )
            if time.monotonic() > end:
                words = running.last_words if running else ""
                raise InputError(
                    f"ascent probe: {ready} did not answer 200 within {about.start} s: {words}; "
                    "raise start, or correct paths.ready"
                )
            time.sleep(0.1)
        yield found
