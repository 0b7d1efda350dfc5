"""What a probe is told of an application: a file such as probe.yaml. Whatever it leaves out has a usual value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from common.fields import Words
from common.problems import InputError, RefusedError, closest
from common.validation import Translation
from common.yaml_text import read_with_rows

if TYPE_CHECKING:
    from pathlib import Path

TEXT: Final = "{text}"
"""Stands in a request for what a check puts there."""

_PLACE: Final = re.compile(r"\{([a-z]+(?:\.[a-z]+)?)\}")
_PLACES: Final = (
    "port",
    *(f"{name}{part}" for name in ("database", "cache", "errors", "traces") for part in ("", ".host", ".port")),
)
_ADDRESS: Final = r"^[A-Za-z0-9.-]+:\d{1,5}$"

UrlPath = Annotated[str, Field(pattern=r"^/[^\s#]*$")]
Variable = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Request(_Part):
    """A request; `{text}` in its path or body stands for what a check puts there."""

    path: UrlPath = Field(description="path and query, from the root")
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = Field("GET", description="HTTP method")
    body: dict[str, Any] | None = Field(None, description="sent as JSON")
    signed: bool = Field(False, description="whether it carries a token, as `token` says")

    def path_with(self, text: str) -> str:
        """The path with a text in it.

        Args:
            text: put in place of `{text}`, quoted.
        """
        return self.path.replace(TEXT, quote(text, safe=""))

    def body_with(self, text: str) -> dict[str, Any] | None:
        """The body with a text in it.

        Args:
            text: put in place of `{text}`.
        """
        return _filled(self.body, text)


def _filled(value: Any, text: str) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        return value.replace(TEXT, text)
    if isinstance(value, dict):
        return {key: _filled(inner, text) for key, inner in value.items()}
    return [_filled(inner, text) for inner in value] if isinstance(value, list) else value


class Paths(_Part):
    """Where the application answers what."""

    health: UrlPath = Field("/health", description="answers 200 while the process lives")
    ready: UrlPath = Field("/ready", description="answers 200 while requests can be served, else 503")
    openapi: UrlPath = Field("/openapi.json", description="the OpenAPI document, where there is one")
    page: UrlPath = Field("/", description="a page or answer that everybody may see")


class Listing(_Part):
    """A list that comes in pages."""

    path: UrlPath = Field(description="path of the list; answers JSON")
    limit: Words = Field("limit", description="query parameter for the number of entries of a page")
    entries: Words = Field("items", description="field that holds the entries")
    next: Words = Field("next", description="field that leads to the next page: an address, a path or a cursor")
    cursor: Words = Field("cursor", description="query parameter that takes the cursor, where `next` is one")
    most: int = Field(1000, ge=1, le=100_000, description="most entries that any page may hold")


class Token(_Part):
    """How the application knows its callers: JSON Web Tokens."""

    secret: Variable = Field(description="environment variable that holds the signing secret")
    algorithm: Literal["HS256", "HS384", "HS512"] = Field("HS256", description="how tokens are signed")
    claims: dict[str, Any] = Field(default_factory=dict, description="claims beside exp, iat and nbf")
    protected: UrlPath = Field(description="a path that answers 200 to a good token and 401 without one")


class Dependency(_Part):
    """What the application talks to over TCP; the probe puts a proxy before it that can fail."""

    address: str = Field(pattern=_ADDRESS, description="host:port")

    @property
    def place(self) -> tuple[str, int]:
        """Host and port."""
        host, _, port = self.address.rpartition(":")
        return host, int(port)


class Load(_Part):
    """A bounded load."""

    rate: int = Field(40, ge=1, le=500, description="requests a second")
    seconds: int = Field(5, ge=1, le=60, description="how long")
    p95: int = Field(200, ge=1, le=10_000, description="bound in milliseconds")
    requests: tuple[Request, ...] = Field((), description="asked in turn; the page where none is named")


class Wrong(_Part):
    """A value that must stop the start."""

    variable: Variable = Field(description="environment variable")
    value: str | None = Field(None, description="the wrong value; the variable is missing where there is none")


class About(_Part):
    """What a probe is told of an application."""

    environment: dict[Variable, str] = Field(
        default_factory=dict,
        description="variables of the process; {port}, {database}, {cache}, {errors} and {traces} stand for "
        "addresses, {database.host} and {database.port} for their parts",
    )
    port: Variable = Field("PORT", description="variable that names the port")
    start: int = Field(30, ge=1, le=600, description="seconds until it must be ready")
    paths: Paths = Field(default_factory=Paths, description="where it answers what")
    listing: Listing | None = Field(None, description="a list that comes in pages")
    search: Request | None = Field(None, description="a request that looks for {text}")
    write: Request | None = Field(None, description="a request that stores {text}, shown by the list or the search")
    sign_in: Request | None = Field(None, description="a request that sets the session's cookie; {text} is a password")
    limited: Request | None = Field(None, description="a request that is limited")
    limit: int = Field(200, ge=1, le=5000, description="requests after which it must have been limited")
    provoke: Request | None = Field(None, description="a request that fails while the database is dead")
    token: Token | None = Field(None, description="how callers are known")
    origin: str | None = Field(None, pattern=r"^https?://[^/\s*]+$", description="a site that may call from a browser")
    database: Dependency | None = Field(None, description="the database")
    cache: Dependency | None = Field(None, description="the cache")
    load: Load = Field(default_factory=Load, description="the load that it must bear")
    secrets: tuple[Variable, ...] = Field((), description="variables whose values must never reach the log")
    wrong: tuple[Wrong, ...] = Field((), description="values that must stop the start")

    @field_validator("environment")
    @classmethod
    def _has_known_places(cls, environment: dict[str, str]) -> dict[str, str]:
        for value in environment.values():
            for place in _PLACE.findall(value):
                if place not in _PLACES:
                    near = closest(place, _PLACES)
                    raise RefusedError(
                        f"{{{place}}} stands for nothing; there are {', '.join(_PLACES)}",
                        f"write {{{near}}}" if near else "leave it out",
                    )
        return environment

    @model_validator(mode="after")
    def _names_what_is_there(self) -> Self:
        used = {place.partition(".")[0] for value in self.environment.values() for place in _PLACE.findall(value)}
        for name in ("database", "cache"):
            if name in used and getattr(self, name) is None:
                raise RefusedError(f"environment speaks of {{{name}}}", f"say where it is: {name}: {{address: …}}")
        for variable in (*self.secrets, *([self.token.secret] if self.token else ())):
            if variable not in self.environment:
                raise RefusedError(f"{variable} is no variable of environment", f"add {variable} to environment")
        return self

    def environment_at(self, places: dict[str, str]) -> dict[str, str]:
        """The variables with addresses in them.

        Args:
            places: `host:port` by name, `port` alone for the process's own.
        """

        def address(found: re.Match[str]) -> str:
            name, _, part = found[1].partition(".")
            whole = places.get(name, found[0])
            host, _, port = whole.rpartition(":")
            return {"host": host, "port": port}.get(part, whole)

        return {key: _PLACE.sub(address, value) for key, value in self.environment.items()}

    def mentions(self, place: str) -> bool:
        """Whether a variable holds an address.

        Args:
            place: `errors`, `traces`, `database` or `cache`.
        """
        return any(f.partition(".")[0] == place for v in self.environment.values() for f in _PLACE.findall(v))


def read_about(path: Path) -> About:
    """Read what is said of an application.

    Args:
        path: a YAML file.

    Raises:
        InputError: it cannot be read or something in it is wrong; a line for each problem.
    """
    content, rows = read_with_rows(path)
    try:
        return About.model_validate({} if content is None else content)
    except ValidationError as error:
        translation = Translation(model=About, fix="write it as docs/probe.md shows", rows=rows)
        raise InputError("\n".join(p.line(path.name) for p in translation.problems(error))) from None
