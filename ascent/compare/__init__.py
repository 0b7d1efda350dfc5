"""What changes between two stacks, or between two tiers of one: resources, data at risk, rules, readiness, dollars."""
