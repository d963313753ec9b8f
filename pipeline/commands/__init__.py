"""The commands of `recert`: each parses its options, calls one plain function, and prints. No logic of its own."""
