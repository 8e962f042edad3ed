"""Where the archive is kept, behind one small interface."""
