"""Traces."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from ascent.probe.answer import Said, failed, not_asked, proven

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_PATIENCE: Final = 15.0


def ask(subject: Subject) -> Said:
    """Whether spans of a request's trace reach a stand-in of a collector, by OTLP over HTTP."""
    if subject.traces is None:
        return not_asked(
            "no stand-in of a collector is in its environment",
            "set OTEL_EXPORTER_OTLP_ENDPOINT: http://{traces} and OTEL_EXPORTER_OTLP_PROTOCOL: http/protobuf there",
        )
    trace = secrets.token_hex(16)
    path = subject.about.listing.path if subject.about.listing else subject.about.paths.page
    subject.get(path, headers={"traceparent": f"00-{trace}-{secrets.token_hex(8)}-01"})
    found = subject.traces.wait_for(
        lambda one: (
            one.path.endswith("/v1/traces") and (bytes.fromhex(trace) in one.body or trace.encode() in one.body)
        ),
        _PATIENCE,
    )
    if found is None:
        others = "spans of other traces came" if subject.traces.deliveries else "no span came"
        return failed(
            f"no span of the trace that GET {path} was part of came within {_PATIENCE:.0f} s; {others}",
            "instrument it with OpenTelemetry, and go on with the trace in the header traceparent",
        )
    return proven(f"spans of GET {path} belong to the trace in its traceparent")
