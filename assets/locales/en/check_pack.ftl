# What `kepu check` says of a pack as a whole, of questions that are alike, and of characters.

check-absolute-distractors = { $found } of { $options } options with words like “always” or “only” are wrong ones in “{ $language }”; up to { $most } could be chance
    .hint = Take these words out of wrong options, or use them in right ones, too: visitors learn to rule such options out.
check-bad-character = the text has characters that nobody can see or that turn text round: { $characters }
    .hint = Type the text again without them; they often come along when text is pasted. A station breaks lines by itself.
check-key-longest = the right answer is the longest option in { $found } of { $items } questions in “{ $language }”; up to { $most } could be chance
    .hint = Shorten right answers or say more in wrong ones until length tells nothing.
check-key-positions = the right answers of questions with { $options } options stand unevenly: { $counts } times, from the first place to the last
    .hint = { $order ->
        [kept] The options of these questions keep their order, so visitors see it: choose other wrong options, below or above the right one.
       *[other] Move right answers to the places where they are rare.
    }
check-key-run = the right answer stands in place { $position } in { $found } questions in a row; from this one on that is too many
    .hint = Move the right answer of this question to another place.
check-missing-glyph = the typeface of the stations lacks: { $characters }
    .hint = Write it in another way; for signs such as a tick use words.
check-near-duplicate = “{ $question }” in the pack “{ $pack }” reads like “{ $other }” in the pack “{ $other-pack }”: { $share } % are the same in “{ $language }”
    .hint = Take one of them out, or ask for something else.
check-plan-unmet = the plan wants { $least ->
    [one] { $least } question
   *[other] { $least } questions
 } of difficulty { $difficulty } for “{ $audience }”, and { $found ->
    [0] there is none
    [one] there is { $found }
   *[other] there are { $found }
 }
    .hint = Write more of them, or change the plan in pack.ron.
check-true-share = { $found } of { $items } statements are true
    .hint = Turn statements round until at least { $least } and at most { $most } of them are true: nobody may do well by tapping the same answer every time.

coverage-topic = topic
coverage-audience = audience
coverage-easy = easy
coverage-middle = middle
coverage-hard = hard
coverage-single = one
coverage-true-false = true/false
coverage-multi = several
coverage-order = steps
coverage-total = total
coverage-heard = Read aloud: { $pack }, { $language }: { $recorded } texts by a person, { $synthetic } by a computer voice, { $silent } not at all
