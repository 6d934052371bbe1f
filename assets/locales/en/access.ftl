# What is only said to people with a screen reader and not written on the screen.

access-language = { $other }, change the language
access-waiting = Not available yet
