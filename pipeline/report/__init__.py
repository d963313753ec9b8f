"""Reports: what one batch did, for the browser and for the terminal."""

from pipeline.report.html import render, write_batch, write_report

__all__ = ["render", "write_batch", "write_report"]
