"""The day report: figures and charts of one day, to read, print and take along as CSV."""
