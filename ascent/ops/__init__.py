"""What people do to a deployed stack when it must come back: each a list of steps that can be looked at, run, resumed.

Nothing here is loaded by planning.
"""
