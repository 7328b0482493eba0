"""The same rules over a caseload: a file of people in, the same rows out, each with its verdict.

`columns` says which column answers which question, `cells` how a cell is read, `shape` what kind of file it is.
`rows` goes through a file row by row with the scalar evaluator; `bulk` does the same in DuckDB, from the SQL that
`rule_sql` and `cell_sql` write. `run` chooses between them, counts, and lets no row get lost.
"""
