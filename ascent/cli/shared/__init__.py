"""What several commands share: options, words for wrong ones, what is deployed."""
