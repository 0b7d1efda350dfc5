"""Proves an application from outside: starts it or finds it running, asks it, and writes down what came of it."""
