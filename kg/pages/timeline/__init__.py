"""The timeline: who said what when."""
