# What is only said to people with a screen reader and not written on the screen.

access-language = { $other }, change the language
access-digits = { $n ->
    [one] { $n } digit entered
   *[other] { $n } digits entered
}
access-waiting = Not available yet
