"""What a plan costs: prices and usage are data, a pricer per resource type turns them into dollars a month."""
