"""The code of the stack's Lambda functions, a module each; nothing here is imported by the program."""
