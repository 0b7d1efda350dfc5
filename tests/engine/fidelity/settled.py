"""Whether a deployment became what its preview promised.

What a preview does not know may become anything but nothing: an input that vanished means that the output it was
taken from is missing, so that the program silently deployed less than it planned.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ascent.plan.model import SECRET_SIGNATURE, SIGNATURE_KEY, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ascent.plan.model import Plan


VANISHING = {"aws:ec2/subnet:Subnet": frozenset({"ipv6CidrBlock"})}
"""Type → inputs that may come to nothing: awsx derives a subnet's IPv6 range from its VPC's, which has none here."""


def broken_promises(preview: Plan, deployed: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """One line per resource or input that the preview promised and the deployment lacks or holds otherwise.

    `deployed` maps URNs to the inputs in the deployed state, as `pulumi stack export --show-secrets` writes them.
    """
    lines: list[str] = []
    for resource in preview.resources:
        if resource.urn not in deployed:
            lines.append(f"{resource.urn}: planned, not deployed")
        elif resource.custom:
            vanishing = VANISHING.get(resource.type, frozenset())
            planned = {key: value for key, value in resource.inputs.items() if key not in vanishing}
            lines.extend(_broken(resource.urn, _opened(planned), _opened(deployed[resource.urn])))
    return sorted(lines)


def _broken(where: str, planned: Any, deployed: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    if planned == UNKNOWN:
        if deployed is None or deployed == UNKNOWN:
            yield f"{where}: planned as unknown, still {deployed!r} after the deployment"
    elif isinstance(planned, dict) and isinstance(deployed, dict):
        for key, value in planned.items():
            yield from _broken(f"{where}.{key}", value, deployed.get(key))
    elif isinstance(planned, list) and isinstance(deployed, list) and len(planned) == len(deployed):
        for index, (one, other) in enumerate(zip(planned, deployed, strict=True)):
            yield from _broken(f"{where}[{index}]", one, other)
    elif planned != deployed:
        yield f"{where}: {planned!r} planned, {deployed!r} deployed"


def _opened(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """`value` with secrets as plaintext, whichever of the two forms (plan, state) they are in."""
    if isinstance(value, dict):
        if value.get(SIGNATURE_KEY) == SECRET_SIGNATURE:
            return _opened(json.loads(value["plaintext"]) if "plaintext" in value else value["value"])
        return {key: _opened(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_opened(item) for item in value]
    return value
