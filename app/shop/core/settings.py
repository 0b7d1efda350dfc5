"""Settings, from the environment; a wrong one stops the start."""

from __future__ import annotations

import json
import sys
from functools import lru_cache
from typing import Annotated, Literal, NoReturn

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Settings(BaseSettings):
    """What the environment says. `PORT` and `DATABASE_…` are those that the platform hands over."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    port: int = Field(8000, ge=1, le=65535)
    environment: Literal["dev", "staging", "prod"] = "dev"
    release: str = "unknown"

    database_host: str = Field(min_length=1)
    database_port: int = Field(5432, ge=1, le=65535)
    database_name: str = Field("shop", min_length=1)
    database_secret_arn: str | None = None
    """Secret with `username` and `password`, read on every connect, so that it may rotate."""
    database_user: str | None = None
    """For development, instead of a secret."""
    database_password: SecretStr | None = None
    database_tls: Literal["disable", "require", "verify-full"] = "verify-full"
    database_ca: str = "system"
    """Certificates that sign the database's: a file, or `system`."""

    cache_url: SecretStr = SecretStr("")
    """`rediss://…`; the shop works without, more slowly."""

    jwt_secret: SecretStr = Field(min_length=32)
    jwt_secret_previous: SecretStr | None = None
    """Accepted, but not signed with: so the secret rotates without signing anybody out."""

    queue_url: str | None = None
    pictures_bucket: str | None = None
    suggestions_url: str | None = None
    """A neighbour that suggests products; the shop falls back where it is slow or away."""
    flags_url: str | None = None
    """The AppConfig agent beside the container, or any other address that answers with the flags."""
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Sites whose pages may call the API, separated by commas."""
    hops: int = Field(1, ge=0, le=5)
    """Proxies before the shop that add to X-Forwarded-For: a load balancer is 1, CloudFront before it 2."""

    sentry_dsn: SecretStr | None = None
    traces_endpoint: str | None = Field(None, validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT")
    retention_days: int = Field(730, ge=30)
    """Days after which orders no longer say who placed them."""

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _split(cls, value: str | tuple[str, ...]) -> tuple[str, ...]:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("allowed_origins")
    @classmethod
    def _named(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        if any("*" in origin or not origin.startswith(("https://", "http://localhost")) for origin in origins):
            raise ValueError("must be origins with https://, none of them *")
        return origins

    @model_validator(mode="after")
    def _has_credentials(self) -> Settings:
        if not self.database_secret_arn and not (self.database_user and self.database_password):
            raise ValueError("DATABASE_SECRET_ARN, or DATABASE_USER and DATABASE_PASSWORD, must be set")
        return self


@lru_cache
def settings() -> Settings:
    """The settings; whoever asks first finds out what is wrong with them."""
    try:
        return Settings()
    except ValidationError as error:
        _stop(error)


def _stop(error: ValidationError) -> NoReturn:
    """End with a line that names what is wrong, never the value."""
    for detail in error.errors(include_input=False, include_url=False, include_context=False):
        name = "_".join(str(part) for part in detail["loc"]).upper()
        message = f"{name}: {detail['msg']}" if name else detail["msg"]
        print(json.dumps({"level": "error", "message": f"wrong settings: {message}", "timestamp": _now()}), flush=True)
    sys.exit(78)


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat()
