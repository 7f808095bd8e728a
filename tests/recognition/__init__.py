"""Whether a recogniser hears what is announced: ``python -m tests.recognition``.

The judge is PocketSphinx with the American English model that it brings, and a grammar of every
call this centre can make: it says which letter, digits and counter it heard. What is judged is the
voice that is shipped, against a person who says the same words: a hundred calls, drawn once, as
bare letter, digits and counter. The other rows are for looking at.

What it does not show. The recordings of a person do not come with this program, so without
``--people`` nothing is judged. There is no recogniser for Vietnamese here: of Vietnamese there is
no figure at all. The judge has the accent of one country, hears one person, and does poorly with
single words even then; its figures compare voices and say nothing about ears in a noisy hall.

Last measured, with the recordings of Debian's asterisk-core-sounds-en-wav 1.6.1 and espeak-ng 1.51:
a person 72 letters and 70 counters of 100, 216 digits of 300; the shipped voice 43, 18 and 114.
The aim, as well as a person, is NOT met.
"""
