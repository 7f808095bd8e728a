"""Messages to phones whose screen is off, over the push services of their browsers (RFC 8030).

`routes` takes subscriptions, `subscriptions` keeps them until the day ends, `message` says what is
told, `sender` encrypts and sends it. Only the worker of the queue "push" sends.
"""
