"""Traces and errors: both leave only where an address is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sentry_sdk
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.instrumentation.sqlalchemy import SQLAlchemyInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from shop.core.logs import masked

if TYPE_CHECKING:
    from fastapi import FastAPI
    from sentry_sdk.types import Event, Hint
    from sqlalchemy import Engine

    from shop.core.settings import Settings

_QUIET_MS = 1000


def report_errors(settings: Settings) -> None:
    """Report unexpected errors, without request bodies, local variables and personal data.

    Args:
        settings: where to.
    """
    if settings.sentry_dsn:
        sentry_sdk.init(
            dsn=settings.sentry_dsn.get_secret_value(),
            environment=settings.environment,
            release=settings.release,
            send_default_pii=False,
            include_local_variables=False,
            max_request_body_size="never",
            before_send=_clean,
        )


def _clean(event: Event, hint: Hint) -> Event:
    return masked(event)


def trace_requests(app: FastAPI, engine: Engine, settings: Settings) -> TracerProvider | None:
    """Send spans of requests and queries to a collector, by OTLP over HTTP.

    Args:
        app: whose requests.
        engine: whose queries.
        settings: where to.
    """
    if not settings.traces_endpoint:
        return None
    provider = TracerProvider(resource=Resource.create({"service.name": "shop", "service.version": settings.release}))
    exporter = OTLPSpanExporter(endpoint=f"{settings.traces_endpoint.rstrip('/')}/v1/traces", timeout=2)
    provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=_QUIET_MS))
    trace.set_tracer_provider(provider)
    FastAPIInstrumentor.instrument_app(app, tracer_provider=provider, excluded_urls="health,ready")
    SQLAlchemyInstrumentor().instrument(engine=engine, tracer_provider=provider)
    return provider
