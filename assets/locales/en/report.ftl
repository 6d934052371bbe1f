# The report: headings, columns, definitions.

report-title = Science quiz stations: report for { $period }
report-days = { $first } to { $last }
report-head-period = Period
report-head-edition = Edition
report-head-made-on = Made on
report-head-program = Program
report-head-sources = Counted from
report-edition-internal = Internal: exact numbers, not for publication
report-edition-public = Public: rounded, small numbers protected
report-footnote = Based on voluntary, self-selected kiosk sessions with self-reported audience groups; people may play more than once. Not a sample survey: it does not estimate the scientific or health literacy of residents, and no sampling error can be calculated.
report-notes = Notes
report-total = Total
report-not-given = not given
report-not-set = not set

report-overview = Overview
report-targets = Targets
report-targets-note = Targets are set by those who run the stations. “Not set” means that nobody has set one.
report-target-of = { $part }: { $name }
report-by-month = By month
report-by-audience = By audience
report-by-topic = By topic
report-by-audience-and-topic = By audience and topic
report-by-venue = By kind of place
report-by-division = By administrative division
report-by-division-note = Each level adds up to the total by itself; never add up levels. Where a place has no division at a level, the nearest one stands for it. The order is that of the codes, not a ranking.
report-by-county = By county or district
report-by-station = By station
report-by-language = By language
report-by-profile = By size of text
report-by-outcome = By outcome
report-by-hour = By hour of the day
report-by-hour-note = Hours are known only from a station’s own records: what stations send holds none.
report-requested-topics = What visitors would like to learn next
report-requested-forms = In which form they would like it
report-requested-note = Of sessions that reached the results, those in which this was tapped; most tap nothing. These are wishes for what is offered, no survey of needs.
report-by-pack = By question pack
report-questions = Questions
report-questions-note = The share of right answers is that of the answers given at these stations, hidden below 30 answers. It says something about the question, nothing about residents.
report-questions-public-note = The share of right answers is that of the answers given at these stations, at least 30 for each question shown, to the nearest 5 per cent. It says something about the question, nothing about residents.
report-past-review = Questions past their review date
report-past-review-note = Stations no longer ask these questions until they have been reviewed.
report-rounded-note = Rounded to the nearest 5; <10 means 1 to 9. Rows need not add up to the total.
report-left-out = The table “{ $title }” is left out: with it, small numbers could be worked out.
report-undated-note = Some sessions were played while a station’s clock was not set. Their day is not known, so they belong to no period and are in no table; the overview says how many were answered.
report-unknown-places = { $more ->
    [0] No name is known for these places, so they are shown by code: { $codes }. Add them to the table of places or correct the stations.
   *[other] No name is known for these places, so they are shown by code: { $codes } and { $more } more. Add them to the table of places or correct the stations.
 }
report-twice = Station { $station } is in more than one of the files counted. If they hold the same sessions, these are counted twice.

report-column-month = Month
report-column-audience = Audience
report-column-topic = Topic
report-column-language = Language
report-column-profile = Size of text
report-column-outcome = Outcome
report-column-hour = Hour
report-column-venue = Kind of place
report-column-level = Level
report-column-division = Division
report-column-station = Station
report-column-pack = Pack
report-column-version = Version
report-column-question = Question
report-column-what = What
report-column-number = Number
report-column-target = Target
report-column-reached = Reached
report-column-share-of-target = Share of target
report-column-started = Sessions started
report-column-answered = Sessions answered
report-column-completed = Sessions completed
report-column-answers = Answers
report-column-correct = Right answers
report-column-share-correct = Share right
report-column-days-active = Days active
report-column-most-chosen-wrong = Most chosen wrong answer
report-column-times-chosen = Times chosen
report-column-misconception = Misconception
report-column-second-answers = Second attempts
report-column-second-correct = Right at the second attempt
report-column-requested-topic = Requested topic
report-column-requested-form = Requested form
report-column-requests = Requests
report-column-review-by = To be reviewed by
report-stations-active = Stations active
report-townships-covered = Townships covered
report-undated = Sessions answered on an unknown day

report-profile-standard = standard
report-profile-large = large
report-level-province = province
report-level-prefecture = prefecture
report-level-county = county
report-level-township = township
report-level-village = village

report-definitions = Definitions
report-define-session = Session
    .text = One visitor’s round at a station, from the first question seen. Sessions are counted, never people: somebody who plays twice is two sessions. Never add sessions to the visits of a venue: a visitor of the venue would be counted twice.
report-define-started = Sessions started
    .text = Sessions in which a question was seen.
report-define-answered = Sessions answered
    .text = Sessions with at least one answer; the proposed basis for numbers of services.
report-define-completed = Sessions completed
    .text = Sessions that reached the results.
report-define-not-counted = Not counted
    .text = Tests by staff and rounds played by the program itself are in no number.
report-define-undated = Unknown day
    .text = Sessions played while the station’s clock was not set. They belong to no month and no year and are in no table.
report-define-audience = Audience
    .text = The group that visitors chose for themselves, as they liked. Nobody checks it.
report-define-division = Division
    .text = Where the station stands, by its code of 12 digits, rolled up: 2 digits province, 4 prefecture, 6 county, 9 township, 12 village. A municipality has no prefectures; a county governed by its province stands among the prefectures; a city without districts stands among the counties. Names are those of the stations’ own table on the last day of the period.
report-define-active = Days, stations, townships
    .text = A day, a station or a township counts if at least one session was answered.
report-define-share = Share right
    .text = Right answers divided by answers to one version of a question; hidden below 30 answers.
report-define-second = Second attempts
    .text = What was missed may be tried again once, right after the round. These answers are in columns of their own: they are no session, no answer and no part of any share right.
report-define-requests = Requests
    .text = After a round a visitor may tap one topic of a fixed list and one form. Each counts once a session, at most; nothing is written and nothing else is stored.
report-define-limits = What these numbers do not say
    .text = They rank no places, measure no literacy, have no margin of error and are no share of a population.
report-define-internal = This edition
    .text = The numbers are exact. Small ones could say something about single visitors: do not publish them.
report-define-rounded = Rounding
    .text = Numbers from 1 to 9 are shown as <10, all others to the nearest 5, each by itself; 0 is 0. Below 30 answered sessions there are no tables.
report-define-protected = Protection of small numbers
    .text = There are only tables by one thing at a time, of whole years. A table is left out if with it a number shown as <10 could be narrowed too far: what its rows may add up to must reach at least 5 beyond what is known of the total on either side. Requested topics and forms are shown without a sum, from 30 completed sessions on. A question’s share needs at least 30 answers, 10 right and 10 wrong ones, and as many sessions shown for its topic and audiences. Days, stations and townships are given only if no number is below 10. Publish one public edition for one set of stations and one year.

report-sign-off = Sign-off
report-sign-unit = Reporting unit
report-sign-prepared = Prepared by
report-sign-checked = Checked by
report-sign-approved = Approved by
report-sign-date = Date
report-sign-seal = Seal

report-written = { $files ->
    [one] Wrote { $files } file into { $folder }.
   *[other] Wrote { $files } files into { $folder }.
 }
report-warning = Note: { $note }
