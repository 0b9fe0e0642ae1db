"""Letters out (SMTP), letters in (IMAP), and the robots of chat groups."""
