"""The checklist: rules about a stack as pure functions, and the adapter that puts them into Pulumi's engine."""
