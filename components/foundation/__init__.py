"""What every layer stands on: names and tags, the provider, policy documents, roles, keys, buckets, logs, alarms."""
