"""An approved publication to one message per recipient, each sent once."""
