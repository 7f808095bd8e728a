"""Whether a recogniser hears what is announced: ``python -m tests.recognition``.

The judge is PocketSphinx with the American English model that it brings, and a grammar of every
call this centre can make: it says which letter, digits and counter it heard. Its figures compare
voices with each other and with people; they say nothing about ears in a noisy hall.
"""
