"""The whole site as files: written by `publish`, held against itself by `verify`."""
