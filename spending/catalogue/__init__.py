"""The data sets as catalogues list them: DCAT for portals, schema.org for dataset search engines."""
