"""The overview of a large dataset: topics and claims as a treemap."""
