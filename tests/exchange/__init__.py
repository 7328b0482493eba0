"""Promise: what other programs get, and what they give back, holds the same numbers and hours as `cst` itself."""
