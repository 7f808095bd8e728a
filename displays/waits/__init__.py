"""The waits of a centre for everybody, at home too: come now, later, or to another centre."""
