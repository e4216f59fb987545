"""The shapes of the answers, as JSON has them. Quantities are numbers in the measure; rates are percent, one decimal.

Dates are ISO. `name` is in the plan's own language, `name_en` in English. Null means: there is none.

Rows are named tuples, which are made several times as fast as dataclasses; a module holds what is asked together, so
that a command makes few of them at its start. A shape that one report alone has stands with that report.
"""
