"""What the rules say of a plan.

`judge` holds a plan against the rules, `judged` is a stack with all that was found in it, `findings` says what a result
means for its reader, `references` judges where references are not known, `rule_text` shows the rules themselves.
"""
