"""What a plan costs: prices and usage are data, a pricer per resource type turns them into dollars a month.

`book` has the prices, `usage` what a stack is used for in a month, `pricers` what each type of resource is charged
for, by way of a `meter` that yields `charges`; `estimate` adds them up, `savings` and `goals` say more of the sum, and
`costing` is all of it. `document` is the JSON. The figures are in `data`.
"""
