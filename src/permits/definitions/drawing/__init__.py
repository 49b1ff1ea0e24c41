"""Draws a chart without any program beside Python: layers, places, routes, and SVG."""
