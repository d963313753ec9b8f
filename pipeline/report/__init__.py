"""Reports: what one batch did, for the browser and for the terminal."""

from pipeline.report.html import page_of, render, write_batch, write_report

__all__ = ["page_of", "render", "write_batch", "write_report"]
