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

check-bad-date = “{ $value }” is not a date
    .hint = Write year, month and day like 2026-11-21.
check-bad-id = “{ $value }” cannot be an id
    .hint = Use 1 to 64 lower-case letters, digits and hyphens.
check-bad-language = “{ $value }” is not a language tag in its usual form
    .hint = Write tags like zh-CN or en.
check-bad-version = a pack's version begins with 1
    .hint = Write 1, and a higher number with every change.
check-difficulty = the difficulty is neither 1, 2 nor 3
    .hint = 1 is easy, 2 is middle, 3 is hard.
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
check-missing-field = the field “{ $name }” is missing
    .hint = Add it.
check-missing-language = the text in “{ $language }” is missing
    .hint = Every text of a pack is given in every language that pack.ron lists.
check-missing-source-field = the field “{ $name }” is missing, so nobody can verify this question
    .hint = Name the title and issuer of the source, the day of the check and the day of the next review.
check-more-problems = { $more ->
    [one] there is { $more } more problem
   *[other] there are { $more } more problems
 } in this pack
    .hint = Mend what is named first, then check again.
check-nesting = the brackets are nested too deeply
    .hint = Look for an opening bracket that is never closed.
check-no-distractor = every option is right
    .hint = Offer at least one wrong option.
check-none-current = every question of this pack is past its review date, so none is asked
    .hint = Review the questions and set new dates.
check-not-utf8 = the file is not UTF-8 text
    .hint = Save it as UTF-8 in your editor.
check-numbers-differ = the numbers differ: { $numbers } in “{ $language }”, { $other-numbers } in “{ $other-language }”
    .hint = Write the same numbers, as digits, in every language.
check-option-count = { $found ->
    [one] there is { $found } option
   *[other] there are { $found } options
 }, and this kind of question has { $least } to { $most }
    .hint = Add or remove options.
check-options-alike = this option reads like another one in “{ $language }”
    .hint = Make the options differ in more than spaces, width and punctuation.
check-past-review = the question was to be reviewed by { $value } and is not asked any more
    .hint = Check it against its source and set new dates.
check-review-before-check = the day of the review is before the day of the check
    .hint = Set review_by to a day after checked_on.
check-review-too-late = the review is more than { $months } months after the check
    .hint = Facts change; choose an earlier day.
check-source-undated = the source has neither a date nor a number
    .hint = Add date: "2024-06-28" or number: "…" so that the document can be found.
check-syntax = this cannot be read: { $reason }
    .hint = Look at commas, quotation marks and brackets here and on the line before.
check-true-false-options = a TrueFalse question has exactly the options “true” and “false”, in this order
    .hint = Give two options with these ids.
check-units-differ = the number { $number } has another unit in “{ $language }” than in “{ $other-language }”
    .hint = Use the same unit in every language.
check-unknown-field = there is no field “{ $name }”
    .hint = { $meant ->
        [none] Remove it, or look up the right name.
       *[other] Did you mean “{ $meant }”?
    }
check-unknown-value = “{ $value }” is not one of: { $allowed }
    .hint = { $meant ->
        [none] Choose one of them.
       *[other] Did you mean “{ $meant }”?
    }
