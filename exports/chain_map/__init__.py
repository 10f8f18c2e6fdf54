"""The chain map as a drawing: its layout, and one SVG text, for pages and for files that leave."""
