"""What the public sees and hears: kiosk, lobby board, phone ticket; speech."""
