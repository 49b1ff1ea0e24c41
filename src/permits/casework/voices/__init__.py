"""What is said about a case from outside: notices, objections to them, ratings.

It stands in a stream of its own beside that of the case, so that whatever strangers write changes
no version that an officer has before them.
"""
