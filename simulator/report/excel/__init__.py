"""report.xlsx: the report as a workbook, with native charts and live formulas."""
