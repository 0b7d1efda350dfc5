"""Work that no request waits for: queues, schedules, and what runs before a release."""
