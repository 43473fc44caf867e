"""Following what is published: feeds and letters about a search, body, place, supplier or edition."""
