"""Health claims and their disputes: vocabulary, records, one reading of a store, and the rule of a dispute."""
