"""How ready a stack is: the checklist as data, its proofs, and a score from a plan.

Pure apart from `checklist`, `documents`, `attestations` and `outcomes`, which read files once, before anything is
judged: the same plan, verdicts, texts and date give the same answer.
"""
