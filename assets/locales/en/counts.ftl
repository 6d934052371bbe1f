counts-started = Started (saw a question): { $n }
counts-answered = Answered at least one question: { $n }
counts-completed = Completed a round: { $n }
counts-answers = Answers: { $n }
counts-rows = Counted sessions (visits to the quiz, not people):
counts-not-counted = Not counted (second attempts, robot and staff):
counts-row = { "  " }{ $mode }, { $outcome }, { $audience }, { $topic }: { $sessions ->
    [one] { $sessions } session
   *[other] { $sessions } sessions
 }, { $answers ->
    [one] { $answers } answer
   *[other] { $answers } answers
 }, { $correct } right

mode-visitor = visitor
counts-requests = What visitors would like to learn next:
counts-request = { "  " }{ $name }: { $n }

mode-retry = second attempt
mode-robot = robot
mode-staff = staff
outcome-open = open
outcome-completed = completed
outcome-abandoned = abandoned
outcome-timed-out = timed out
outcome-interrupted = interrupted
