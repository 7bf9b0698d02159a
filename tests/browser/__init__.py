"""A package, so that its fixtures (see conftest.py) end before the tests of other folders begin."""
