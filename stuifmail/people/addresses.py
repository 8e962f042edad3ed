"""Mail addresses as they are compared and sent to."""

from email_validator import EmailNotValidError, validate_email


def normalise_address(text: str) -> str:
    """Answer the address in lower case with its domain in punycode; no network is asked.

    The local part is put in lower case too: no mailbox of today minds, and an address that is
    written in two ways must not get two copies. Letters outside ASCII before the @ are refused,
    because many mail servers still refuse them.

    Args:
        text: one bare address.

    Raises:
        ValueError: it is none; the message says why.
    """
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise ValueError(str(error).rstrip(".")) from error
    return f"{found.local_part}@{found.ascii_domain}".lower()
