"""What settings, the policy pack and the command line share: the product's words, and how input is read.

Everything stands on this package and it stands on nothing. Whatever people write is read here in one way: files with
the lines of their values, validation errors, and the one line that each problem gets.
"""
