"""`python -m shop`: answers requests until SIGTERM, then finishes what it has begun."""

from __future__ import annotations

import uvicorn

from shop.core import logs
from shop.core.settings import settings


def main() -> None:
    """Serve."""
    found = settings()
    logs.set_up()
    from shop.web.application import application

    uvicorn.run(
        application(found),
        host="0.0.0.0",
        port=found.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=25,
        # Longer than the load balancer keeps a connection, so that it is never the shop that closes one in use.
        timeout_keep_alive=75,
        limit_concurrency=500,
        backlog=1024,
    )


if __name__ == "__main__":
    main()
