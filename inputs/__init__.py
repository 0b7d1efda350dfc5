"""What people write, read in one way: files, validation errors, and the one line that each problem gets.

Everything stands on this package and it stands on nothing: settings, the policy pack and the command line say what is
wrong with an input in the same words.
"""
