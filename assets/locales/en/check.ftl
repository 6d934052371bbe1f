# What `kepu check` says. The code of a problem follows `check-`; `.hint` says what to do.

check-error = error
check-warning = warning
check-help = help
check-question = question “{ $id }”
check-summary = { $packs ->
    [one] { $packs } pack
   *[other] { $packs } packs
 }, { $questions ->
    [one] { $questions } question
   *[other] { $questions } questions
 }: { $errors ->
    [one] { $errors } error
   *[other] { $errors } errors
 }, { $warnings ->
    [one] { $warnings } warning
   *[other] { $warnings } warnings
 }
check-progress = { $done } of { $packs } packs checked
check-no-pack = there is no pack in `{ $path }`
    .hint = A pack is a folder with the files pack.ron and questions.ron.

check-abbreviation = the abbreviation “{ $word }” is not explained
    .hint = Write it out, or explain it in brackets right after it.
check-absolute-options = words such as “{ $word }” stand in wrong options only and give them away
    .hint = Take them out, or use them in the right option as well.
check-alt-long = { $found } words are said of the picture; { $most } at most are heard to their end
    .hint = Say what has to be seen to answer, and no more.
check-alt-tells = what is said of the picture has the words of the right answer: “{ $word }”
    .hint = Say what is to be seen, and let the visitor name it.
check-alt-twice = what is said of the picture is what stands beside it, and would be heard twice
    .hint = Say what the picture shows: shapes, things, who does what.
check-avoided-topic = { $topic ->
    [blood-pressure] guidelines draw the line of normal blood pressure in different places
    [salt-six-grams] 6 g of salt a day is from an older guideline
    [wet-towel] the fire authority calls the wet towel in smoke a misconception
    [earthquake-corner] sources disagree about where to shelter in an earthquake
    [choking] what to do about choking, and about infants, changed in 2025
    [cpr-numbers] lay people need no numbers for chest compressions
    [burn-minutes] sources differ in how long a burn is to be cooled
    [lightning-crouch] crouching in lightning is older advice
    [theme-lines] this line was merged or replaced in many places
    [drowning-list] several variants of this list go round
    [transfer-delay] the rule on delayed transfers may have changed
    [penalties] limits and penalties change
    [rain-thresholds] provinces set their own thresholds for rain warnings
    [pesticide-lists] lists of pesticides change, and the days depend on the product
    [retired-labels] this label scheme has been changed
    [infectious-lists] the law on infectious diseases was revised
    [vaccine-schedules] vaccination schedules change
    [blood-donation] law and technical standard differ on giving blood
    [sensitive] this is out of scope for a quiz
    [literacy-share] the share changes with every survey
    [deadliest] such statistics are soon out of date
   *[other] this is better not asked about
 } (“{ $found }”)
    .hint = Ask about something else, or add `waived: [(rule: "Q20", reason: "…", by: "…")]` and answer for it.
check-bad-date = “{ $value }” is not a date
    .hint = Write year, month and day like 2026-11-21.
check-bad-id = “{ $value }” cannot be an id
    .hint = Use 1 to 64 lower-case letters, digits and hyphens.
check-bad-language = “{ $value }” is not a language tag in its usual form
    .hint = Write tags like zh-CN or en.
check-bad-media-name = “{ $value }” cannot be the name of a media file
    .hint = Write media/, a name of lower-case letters, digits, hyphens and underscores, and one of these endings: { $endings }.
check-bad-version = a pack’s version begins with 1
    .hint = Write 1, and a higher number with every change.
check-bad-waiver = the rule “{ $rule }” cannot be waived
    .hint = Only { $allowed } can; mend the question instead.
check-brand = “{ $word }” is a brand
    .hint = Say what it is without a name, as in “a chat app”.
check-catch-all-option = an option must stand for itself, and “{ $word }” speaks of the others
    .hint = Write an answer of its own; visitors see the options in another order.
check-colour-alone = only its colour tells this picture from another one, and not everybody sees colours
    .hint = Choose pictures that differ in shape, and say how they do.
check-difficulty = the difficulty is neither 1, 2 nor 3
    .hint = 1 is easy, 2 is middle, 3 is hard.
check-double-negative = with “{ $word }” this says no twice
    .hint = Ask the question the right way round.
check-duplicate-field = the field “{ $name }” is given twice
    .hint = Keep one of them.
check-duplicate-language = the language “{ $language }” is given twice
    .hint = Keep one of them.
check-duplicate-option = the option id “{ $value }” is used twice in this question
    .hint = Give each option an id of its own.
check-duplicate-question = another question of this pack has the same id
    .hint = Give each question an id of its own, and never use an old one again.
check-empty-list = the list “{ $name }” is empty
    .hint = Name at least one.
check-empty-pack = the pack has no questions
    .hint = Add questions to the list.
check-empty-text = the text is empty
    .hint = Write it, or take the field out if it may be left out.
check-explanation-long = the explanation has a length of { $found }, and at most { $most } are read
    .hint = Keep the reason and one piece of advice. Chinese is counted in characters, other languages in words.
check-extension = RON extensions are not allowed in a pack
    .hint = Remove the line that begins with #!.
check-extra-language = the pack does not list the language “{ $language }”
    .hint = Add it to “languages” in pack.ron, or remove this text; it is not shown.
check-file-missing = the file is missing
    .hint = A pack needs both pack.ron and questions.ron.
check-file-too-large = the file is larger than { $limit } MiB
    .hint = Divide the questions among several packs.
check-file-unreadable = the file cannot be read: { $reason }
    .hint = Look at who may read it and whether the disk or stick is sound.
check-format-too-new = the pack is written in form { $format }, and this program knows forms up to { $newest }
    .hint = Use a newer version of Kepu.
check-hotline-outside-question = a telephone line stands in the texts of questions only
    .hint = Say it without the line; a pack has the same name everywhere.
check-hotline-review = the numbers of these lines were to be looked at again by { $value }: { $lines }. Where a station has no number of its own, the question is not asked any more
    .hint = Take a newer program, whose numbers were looked at since, or write the number under `hotlines` in station.ron.
check-incomplete-prompt = this does not end as a question
    .hint = End it with a question mark, or make it a TrueFalse statement.
check-key-count-multi = a Multi question needs at least two right options, and { $found ->
    [0] none is
    [one] { $found } is
   *[other] { $found } are
 } marked correct
    .hint = Mark the right ones with correct: true, or make it a Single question.
check-key-count-single = exactly one option must be right, and { $found ->
    [0] none is
    [one] { $found } is
   *[other] { $found } are
 } marked correct
    .hint = Mark the right one, and only that, with correct: true.
check-key-stands-out = the right option is much longer than the others
    .hint = Shorten it, or say more in the wrong ones.
check-letter-reference = “{ $found }” names an option by its letter
    .hint = Say what the option says; visitors see the options in another order and without letters.
check-missing-alt = the picture has no field “{ $name }”
    .hint = Add `alt: { "{" } "zh-CN": "…", "en": "…" { "}" }` that says what the picture shows.
check-missing-field = the field “{ $name }” is missing
    .hint = Add it.
check-missing-language = the text in “{ $language }” is missing
    .hint = Every text of a pack is given in every language that pack.ron lists.
check-missing-media = there is no file “{ $value }” in the pack
    .hint = Put it there, or remove the field.
check-missing-source-field = the field “{ $name }” is missing, so nobody can verify this question
    .hint = Name the title and issuer of the source, the day of the check and the day of the next review.
check-mixed-units = this option has another unit than the first
    .hint = Write all numbers in one unit.
check-more-problems = { $more ->
    [one] there is { $more } more problem
   *[other] there are { $more } more problems
 } in this pack
    .hint = Mend what is named first, then check again.
check-needless-waiver = there is nothing here that rule { $rule } forbids
    .hint = Remove the entry.
check-narration-stale = { $n ->
        [one] one recording by the computer voice is not played: its text was changed, has a person’s recording, or is gone
       *[other] { $n } recordings by the computer voice are not played: their texts were changed, have a person’s recording, or are gone
    }
    .hint = Run “kepu pack narrate” again: it speaks what is missing and removes what is not needed.
check-narration-unknown = nothing of this question with the id “{ $value }” can be read aloud here
    .hint = Name an option of this question; below “feedback”, one that has feedback.
check-negative-prompt = “{ $word }” asks for what is not so, and is easily overlooked
    .hint = Ask for what is so, or add negative: true so that it is stressed.
check-nesting = the brackets are nested too deeply
    .hint = Look for an opening bracket that is never closed.
check-no-distractor = every option is right
    .hint = Offer at least one wrong option.
check-none-current = every question of this pack is past its review date, so none is asked
    .hint = Review the questions and set new dates.
check-not-of-order = an Order question has no use for “{ $name }”
    .hint = Remove it. List the steps in the right order and mark none; visitors see them shuffled, tap all of them, and are told why by the explanation.
check-not-utf8 = the file is not UTF-8 text
    .hint = Save it as UTF-8 in your editor.
check-numbers-differ = the numbers differ: { $numbers } in “{ $language }”, { $other-numbers } in “{ $other-language }”
    .hint = Write the same numbers, as digits, in every language.
check-numbers-unsorted = the numbers are neither rising nor falling
    .hint = Sort the options.
check-option-count = { $found ->
    [one] there is { $found } option
   *[other] there are { $found } options
 }, and this kind of question has { $least } to { $most }
    .hint = Add or remove options.
check-option-lengths = this option is much longer than the shortest
    .hint = Make the options about as long as each other.
check-option-long = the option has a length of { $found }, and at most { $most } fit
    .hint = Shorten it. Chinese is counted in characters, other languages in words; older people need shorter texts.
check-options-alike = this option reads like another one in “{ $language }”
    .hint = Make the options differ in more than spaces, width and punctuation.
check-past-review = the question was to be reviewed by { $value } and is not asked any more
    .hint = Check it against its source and set new dates.
check-phone-number = the telephone number { $number } differs by place or changes
    .hint = { $token ->
        [none] Ask without the number. Emergency lines may stand as they are, others as { "{{" }hotline.ID{ "}}" } with one of these ids: { $known }
       *[other] Write { $token } instead; every station puts its own number there.
    }
check-picture-large = the picture has { $width } × { $height } pixels; no side may be longer than { $most }
    .hint = Make it smaller; 1600 pixels are enough for any screen.
check-picture-of-judgement = an answer that says true or false has a picture
    .hint = Put the picture above the answers, in the question’s own field image.
check-picture-of-map = the picture is a “{ $word }”, which may not be shown without a permit
    .hint = Take another picture.
check-picture-shape = the picture has { $width } × { $height } pixels: one side is more than { $most } times as long as the other, and little can be seen
    .hint = Cut it to what matters.
check-picture-small = the picture has { $width } × { $height } pixels and will look blurred; its longer side should have { $least }
    .hint = Take a larger one.
check-picture-unreadable = this is no PNG, JPEG or WebP picture, or it is damaged
    .hint = Save it again as PNG.
check-pictures-on-some = { $with } of { $of } answers have a picture, and this one has none
    .hint = Give every answer a picture, or none.
check-prompt-long = the question has a length of { $found }, and at most { $most } are read
    .hint = Shorten it. Chinese is counted in characters, other languages in words; older people need shorter texts.
check-prompt-short = the question is too short to be understood without its options
    .hint = Say what is asked about, in at least { $least } characters (Chinese) or words (other languages).
check-prompt-word-in-key = “{ $word }” stands in the question and in the right option only
    .hint = Use another word in one of them, or the same word in a wrong option.
check-ranges-overlap = this range overlaps the one before it
    .hint = Let every number belong to one option only.
check-rare-characters = not everybody can read “{ $found }”
    .hint = Use more common characters, or explain the word.
check-review-before-check = the day of the review is before the day of the check
    .hint = Set review_by to a day after checked_on.
check-review-too-late = the review is more than { $months } months after the check
    .hint = Facts change; choose an earlier day.
check-rumour-kind = only a TrueFalse question can be told as fact or rumour
    .hint = Write kind: TrueFalse and the options “true” and “false”, or remove rumour: true.
check-several-points = “{ $word }” makes this more than one question
    .hint = Ask one thing at a time.
check-source-undated = the source has neither a date nor a number
    .hint = Add `date: "2024-06-28"` or `number: "…"` so that the document can be found.
check-step-count = { $found ->
    [one] there is { $found } step
   *[other] there are { $found } steps
 }, and an Order question has { $least } to { $most }
    .hint = Add steps, or join those that belong together.
check-straight-quotes = a straight { $mark } is a sign for code, not for a text
    .hint = Write “ ” around what is quoted, ‘ ’ within it, and ’ as an apostrophe.
check-stray-han = there are Chinese characters in the English text: “{ $found }”
    .hint = Translate them; use English punctuation.
check-stray-latin = “{ $word }” is not translated
    .hint = Write it in Chinese, or use a symbol that everybody knows.
check-syntax = this cannot be read: { $reason }
    .hint = Look at commas, quotation marks and brackets here and on the line before.
check-too-many-questions = the pack has more than { $most } questions
    .hint = Divide them among several packs.
check-true-false-options = a TrueFalse question has exactly the options “true” and “false”, in this order
    .hint = Give two options with these ids.
check-units-differ = the number { $number } has another unit in “{ $language }” than in “{ $other-language }”
    .hint = Use the same unit in every language.
check-unknown-field = there is no field “{ $name }”
    .hint = { $meant ->
        [none] Remove it, or look up the right name.
       *[other] Did you mean “{ $meant }”?
    }
check-unknown-hotline = “{ $token }” is none of the telephone lines that stations know
    .hint = Write { "{{" }hotline.ID{ "}}" } with one of these ids: { $known }
check-unknown-value = “{ $value }” is not one of: { $allowed }
    .hint = { $meant ->
        [none] Choose one of them.
       *[other] Did you mean “{ $meant }”?
    }
check-unused-media = no question uses this file
    .hint = Remove it, or name it in a question.
check-url = “{ $found }” is an address, and visitors cannot follow it
    .hint = Name the organisation instead.
check-vague-option = “{ $word }” can be argued about
    .hint = Say when, how often or how many, or leave it out.
