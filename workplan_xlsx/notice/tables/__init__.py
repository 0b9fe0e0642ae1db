"""Tables of tasks: drawn with pipes or boxes, a cell a line, or real ones -> tasks."""
