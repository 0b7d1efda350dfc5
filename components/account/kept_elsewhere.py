"""What of the account is not this stack's to make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

if TYPE_CHECKING:
    from collections.abc import Mapping


class KeptElsewhere(pulumi.ComponentResource):
    """Tells whoever reads a plan, the rules among them, which services the account has from elsewhere.

    Nothing of it reaches AWS. That the services are really there is the word of who wrote the stack file.
    """

    def __init__(self, name: str, services: Mapping[str, str], opts: pulumi.ResourceOptions | None = None) -> None:
        """Say it.

        Args:
            name: logical name.
            services: service, in a stack file's words → what names it; empty text where nothing does.
            opts: Pulumi's options.
        """
        super().__init__("ascent:account:KeptElsewhere", name, {"services": dict(services)}, opts)
        self.register_outputs({})
