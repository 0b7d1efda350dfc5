"""The pack as Pulumi's engine runs it."""
