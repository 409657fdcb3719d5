"""The Compare page: two or more encoders on one collection."""
