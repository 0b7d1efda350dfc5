"""Which settings mend the findings of rules, for stacks of Ascent's own."""
