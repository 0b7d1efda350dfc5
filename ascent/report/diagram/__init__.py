"""The diagram of a stack, drawn from its plan."""
