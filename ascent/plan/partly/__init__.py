"""What of a value is known although a part of it is not: known text around the outputs of resources."""
