"""stuifmail: members' news to an approved newsletter in every reader's mailbox, once."""
