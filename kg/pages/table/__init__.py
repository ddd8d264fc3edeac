"""The sortable table of claims."""
