"""The Pulumi program: the stack's settings, the platform they describe, and what its users must know."""

from datetime import UTC, datetime

import pulumi

from components.foundation.account.provider import second_provider, stack_context
from components.foundation.account.zones import check_zones
from components.foundation.memory import Memory, MemoryArgs
from components.platform import Platform, PlatformArgs
from settings.errors import SettingsError
from settings.load import load

try:
    stack = load(datetime.now(UTC).date().isoformat())
    memory = Memory("memory", MemoryArgs(settings=stack.settings))
    context, provider = stack_context(stack.settings, stack.provider, memory.agreed)
    second = second_provider(stack.settings, context, stack.provider, memory.agreed)
except SettingsError as error:
    # Pulumi prints this error's text alone, without a traceback.
    raise pulumi.RunError(str(error)) from None

for note in stack.notes:
    pulumi.log.warn(note)
check_zones(stack.settings, provider)
platform = Platform(
    context.prefix,
    PlatformArgs(context=context, settings=stack.settings, second=second),
    opts=pulumi.ResourceOptions(provider=provider),
)
for name, value in platform.outputs.items():
    pulumi.export(name, value)
