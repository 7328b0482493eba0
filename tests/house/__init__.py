"""How the house is kept: the walls between the rooms of `cst/`, whatever promise they serve."""
