"""How many persons a zone takes: parameters, postures, posts, the model and its rounding."""
