"""The network and its plea, in public: what it asks of the authorities, and what is done for it here.

It serves the plea's call to support the network and to show what works (E3). It refuses to embellish:
what is not there is said to be not there yet, and what is said to be done has a link that does it.
"""
