# What `kepu check` says about questions as they are laid out on the screens.

check-measuring = laying out “{ $pack }”: { $percent } %
check-layout-unmeasured = note: whether the texts fit the screens was not measured; the program with the kiosk does it

check-text-overflow = the question “{ $id }” does not fit in { $language }: at { $size }, { $profile ->
    [large] large text
   *[standard] standard text
 }, something is cut on the screen { $screen ->
    [question] with the question
    [right] after the right answer
    [why] with the reason
   *[wrong] after a wrong answer
 } ({ $failing } of { $cases } screens)
    .hint = Make the longest of its texts shorter; if one word or number is wider than its box, divide it.
check-text-small = the question “{ $id }” fits in { $language } only with text that is too small: at { $size }, { $profile ->
    [large] large text
   *[standard] standard text
 }, on the screen { $screen ->
    [question] with the question
    [right] after the right answer
    [why] with the reason
   *[wrong] after a wrong answer
 } ({ $failing } of { $cases } screens)
    .hint = Make the longest of its texts shorter: the reason, what is said to a wrong answer, or the options.
