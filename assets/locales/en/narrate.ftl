# Reading packs aloud.

narrate-made = { $n ->
        [one] One sound was made.
       *[other] { $n } sounds were made.
    }
narrate-other-language = the pack does not list the language “{ $language }”
narrate-progress = Reading aloud: { $done } of { $all }
narrate-would = To be read aloud: { $make } texts. Done already: { $keep } texts. To be removed: { $remove } files.
pack-narrate-failed = the computer voice failed: { $reason }
    .hint = Try again; if it fails again, install espeak-ng anew.
pack-narrate-form = narration.ron cannot be read at line { $line }, column { $column }: { $reason }
    .hint = It is written by “kepu pack narrate”. Remove it and run that again.
pack-narrate-no-program = the computer voice is not installed
    .hint = Install espeak-ng, as with “apt install espeak-ng”.
pack-narrate-no-voice = espeak-ng has no voice for the language “{ $language }”
    .hint = Name the others with “--language”, and have this one recorded by a person.
pack-narrate-too-long = a text of the question “{ $id }” takes longer than { $limit } seconds to read
    .hint = Shorten it, or have it recorded by a person.
