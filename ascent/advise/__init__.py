"""Which tier fits, and what to do next: the triggers for the next tier, and dollars per point of readiness."""
