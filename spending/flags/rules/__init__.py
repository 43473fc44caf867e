"""The rules, one module each. `spending/flags/register.py` lists them."""
