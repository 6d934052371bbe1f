# What visitors see on the screen, a group a screen.

language-name = English
    .full = English
language-title = Choose a language

attract-title = Science Quiz
attract-teaser = Did you know?
attract-start = Touch to start

bar-leave = Leave
bar-larger = Larger
bar-smaller = Standard
bar-contrast = High contrast

audience-title = Which questions would you like?
audience-privacy = We count rounds only: no names, no photos, nothing about who you are.
audience-general = For everyone
audience-senior = Older people
audience-youth = Young people
audience-farmer = Farmers
audience-worker = Workers
audience-cadre = Officials

topic-title = What would you like to know about?
topic-back = Back
topic-chosen = Chosen: { $audience }
topic-name-health = Healthy living
topic-name-emergency = Emergencies
topic-name-antifraud = Spotting fraud
topic-name-agriculture = Farm and food
topic-about-health = Food, body and mind
topic-about-emergency = Earthquake, fire, flood: what to do first
topic-about-antifraud = See through what swindlers say
topic-about-agriculture = Good crops, safe spraying, honest trade

question-progress = Question { $n } of { $of }
question-choose-one = Choose one answer
question-choose-several = Choose { $n } answers
question-put-in-order = Tap them in the right order
question-take-back = Tap one again to take it back.
question-fact-or-rumour = Fact or rumour?
question-quoted = “
question-what-do-you-think = What do you think?
question-true-or-false = Is this true?
question-confirm = Done
question-more = Choose { $n } more
question-fewer = { $n } too many
question-more-steps = { $n ->
    [one] { $n } step to go
   *[other] { $n } steps to go
 }
question-short-round = There { $n ->
    [one] is only { $n } question
   *[other] are only { $n } questions
 } of this kind at present, so this round is shorter.
question-picture-shows = The picture shows: { $alt }

narration-hear = Listen
narration-stop = Stop
narration-again = Again
narration-no-sound = No sound here
narration-synthetic = Computer voice

feedback-right = That’s right!
feedback-wrong = Not this time
feedback-right-fact = That’s right, it is a fact!
feedback-right-rumour = That’s right, it is a rumour!
feedback-wrong-fact = Not this time: it is a fact
feedback-wrong-rumour = Not this time: it is a rumour
feedback-right-order = The right order
feedback-in-its-place = In its place
feedback-put-at = You put it { $n ->
    [1] first
    [2] second
    [3] third
    [4] fourth
   *[other] fifth
 }
feedback-chosen-right = You got it
feedback-chosen-wrong = Your choice
feedback-is-right = Right answer
feedback-why = Why
feedback-see-why = See why
why-back = Back to the answer
feedback-source = Source: { $title }, { $issuer }
feedback-source-article = Source: { $title }, { $count ->
        [one] Article
       *[other] Articles
    } { $article }, { $issuer }
feedback-and = { ", " }
feedback-about = “{ $option }”: { $said }
feedback-next = Next question
feedback-results = See how it went

results-score = { $n } of { $of } right
results-all = All of them! Tell your family what you know.
results-most = Well done! A few more things are clear now.
results-some = For those you missed, you now know why.
results-few = Every question taught something. Try another round!
results-again = Play again
results-retry = Retry missed
results-requests = What next?
results-retried-all = All right this time!
results-finish = Finish

requests-topics = What would you like to learn next?
requests-forms = In which form?
requests-hint = Tap one of each, or none. We ask no names.
requests-thanks = Noted, thank you! Tap again to take it back.
requests-back = Back

idle-title = Are you still there?
idle-seconds = Back to the start in { $n ->
    [one] { $n } second
   *[other] { $n } seconds
 }
idle-keep-going = Keep going
idle-start-over = Back to the start

resting = This station is being looked after. Please come back later.
