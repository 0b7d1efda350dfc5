"""What is asked: a check per module, named as in the table, each with `ask(subject)`."""
