"""The application: its routes, and what stands before them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from shop.core.telemetry import report_errors, trace_requests
from shop.web.errors import answer_errors
from shop.web.middleware import CORRELATION, REQUEST, Watch
from shop.web.routes import accounts, health, orders, products
from shop.web.state import State

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from shop.core.settings import Settings

UI = Path(__file__).parents[2] / "ui"
"""The pages. CloudFront serves them too; here they are for those who have none."""


def application(settings: Settings) -> FastAPI:
    """The application.

    Args:
        settings: of the process.
    """
    report_errors(settings)
    state = State.of(settings)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncGenerator[None]:
        # As many as the pool has connections: more would only wait for one.
        current_default_thread_limiter().total_tokens = 30
        yield
        if provider:
            provider.shutdown()
        state.database.engine.dispose()

    app = FastAPI(title="Shop", version="1", docs_url=None, redoc_url=None, lifespan=life)
    app.state.shop = state
    provider = trace_requests(app, state.database.engine, settings)
    answer_errors(app)
    for part in (health, accounts, products, orders):
        app.include_router(part.router)
    app.add_api_route("/", _page, include_in_schema=False)
    app.mount("/ui", StaticFiles(directory=UI), name="ui")
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.allowed_origins,
        allow_credentials=True,
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["Authorization", "Content-Type", REQUEST, CORRELATION],
        expose_headers=[REQUEST, CORRELATION, "Retry-After"],
        max_age=600,
    )
    app.add_middleware(Watch)
    return app


def _page() -> FileResponse:
    return FileResponse(UI / "index.html", media_type="text/html")
