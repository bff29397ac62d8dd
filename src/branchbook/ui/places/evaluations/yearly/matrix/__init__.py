"""The matrix of members × opinions, and the editor of one member below it."""
