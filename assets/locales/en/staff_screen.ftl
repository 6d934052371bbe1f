# What staff see on the screen: the PIN pad, then a group a tab.

pad-busy = One moment
pad-known = Enter your PIN
pad-new = Choose a PIN
pad-new-how = 6 to 12 digits that are hard to guess. Keep them where visitors cannot see them.
pad-again = Enter the PIN once more
pad-waiting = Please wait
pad-seconds = Too many wrong tries. Try again in { $s ->
    [one] { $s } second
   *[other] { $s } seconds
 }.
pad-minutes = Too many wrong tries. Try again in { $m } { $s ->
    [0] min.
   *[other] min { $s } s.
 }
pad-broken = The staff area stays closed
pad-broken-what = The file with the PIN is lost or damaged. Ask whoever runs your stations to reset the PIN.
pad-wrong = That is not the PIN. { $n ->
    [one] { $n } try
   *[other] { $n } tries
 } left.
pad-differs = The two were not the same. Choose a PIN again.
pad-failed = That did not work: the disk may be full or failing. Try again.
pad-ok = OK
pad-delete = Delete a digit
pad-close = Close
pad-forgotten = Forgotten?

reset-title = Set another PIN
reset-send = 1. Send exactly this line to whoever runs your stations:
reset-sign = 2. They save it as { $file }, sign that file with their key, and give you a stick with it and its signature.
reset-plug = 3. Plug in the stick, wait a moment, and tap the button below. Then choose a new PIN.
reset-read = Read the stick

staff-title = Staff
staff-demonstration = Demonstration, not set up
staff-lock = Lock
staff-back = Back
staff-wait = Please wait. Do not pull out the stick or switch off.
staff-reading = One moment
staff-unread = The records could not be read.
staff-unread-hint = The quiz goes on. Restart the program under Health; if this comes again, have the disk looked at.
staff-failed = That could not be done.
staff-failed-hint = Nothing has changed. Try again; if this comes again, restart the program under Health.
staff-between = { ", " }
staff-size-kb = { $n } KB
staff-size-mb = { $n } MB
staff-size-gb = { $n } GB
staff-page = Page { $n } of { $of }
staff-page-before = Before
staff-page-next = Next

staff-tab-today = Today
staff-tab-packs = Packs
staff-tab-records = Records
staff-tab-station = Station
staff-tab-health = Health

staff-today-today = Today
staff-today-week = This week
staff-today-month = This month
staff-today-started = Started
staff-today-answered = Answered
staff-today-completed = Completed
staff-today-answers = Answers
staff-today-what = Started, answered and completed count sessions, never people. Second attempts, robot and staff play are not counted.
staff-today-none = Nobody has played yet today.
staff-today-requests-topic = Wanted next, in all
staff-today-requests-form = In which form, in all
staff-today-hours = Sessions by hour
staff-today-topics = Sessions by topic
staff-today-more = { $n ->
    [one] And { $n } more topic
   *[other] And { $n } more topics
 }

staff-packs-search = Look for new packs
staff-packs-search-again = Look again
staff-packs-searching = Looking for new packs
staff-packs-copying = Copying and checking the pack
staff-packs-installing = Installing the pack
staff-packs-going-back = Going back
staff-packs-removing = Removing the pack
staff-packs-installed = { $title }, version { $version }, is installed.
staff-packs-gone-back = The version before is in use again: { $id }
staff-packs-removed = The pack was removed: { $id }
staff-packs-row = { $id }, version { $version }, { $n ->
    [one] { $n } question
   *[other] { $n } questions
 }
staff-packs-built-in = built in
staff-packs-on-disk = installed
staff-packs-trial = on trial { $n } of { $of }
staff-packs-trial-what = On trial: { $n } of { $of } sessions have ended well. If the program fails before that, the version before comes back by itself.
staff-packs-past = { $n } past review
staff-packs-lineless = { $n } lacking a telephone line
staff-packs-lacks = { $n } not in { $language }
staff-packs-id = Id
staff-packs-version = Version
staff-packs-publisher = Publisher
staff-packs-from = Origin
staff-packs-questions = Questions
staff-packs-past-review = Past their review date, not asked
staff-packs-without-line = Lacking a telephone line, not asked
staff-packs-back-to = Back to version { $version }
staff-packs-back-to-built-in = Back to the built-in version { $version }
staff-packs-remove = Remove
staff-packs-none = No pack was found. Plug in a stick with .kepu files on it, wait a few seconds, and look again.
staff-packs-truncated = There is a lot on the sticks, and not all of it was looked at. Put packs in the top folder.
staff-packs-unreadable = { $n ->
    [one] { $n } folder could not be read.
   *[other] { $n } folders could not be read.
 }
staff-packs-on-stick = on a stick
staff-packs-on-server = on the server
staff-packs-signed = with a signature
staff-packs-unsigned = without a signature
staff-packs-signer = Signed with key
staff-packs-replaces = Replaces version
staff-packs-new = This pack is new here.
staff-packs-added = Questions added
staff-packs-changed = Questions changed
staff-packs-gone = Questions removed
staff-packs-unsigned-what = Nobody has signed this pack.
staff-packs-unsigned-how = Anybody may have written or changed it. Install it only if you got it from somebody you trust.
staff-packs-install = Install

staff-ask-no = No, go back
staff-ask-unsigned = Install “{ $title }” although nobody has signed it?
staff-ask-unsigned-again = Are you sure where “{ $title }” comes from? Visitors will see its questions at once.
staff-ask-back = Go back from “{ $title }” to version { $version }?
staff-ask-back-again = Really? Visitors will get the older questions of “{ $title }” at once.
staff-ask-back-yes = Go back
staff-ask-remove = Remove “{ $title }” from this station?
staff-ask-remove-again = Really? To have “{ $title }” again you will need the stick.
staff-ask-restart = Restart the program?
staff-ask-restart-again = Really? The screen goes dark for a few seconds. Nothing stored is lost.

staff-records-stored = Stored at this station
staff-records-since = Since
staff-records-nothing = nothing yet
staff-records-size = Size of the database
staff-records-export = Export to a stick
staff-records-waiting = Not taken out yet
staff-records-last = Last export
staff-records-never = not yet
staff-records-no-stick = No stick was found. Plug one in, wait a few seconds, and look again.
staff-records-which = Where to? Reports and results are written into the folder kepu.
staff-records-free = { $size } free
staff-records-exporting = Writing, and reading back
staff-records-exported = { $files ->
    [one] { $files } file of reports
   *[other] { $files } files of reports
 } and { $sessions ->
    [one] { $sessions } new session
   *[other] { $sessions } new sessions
 } are on the stick. You can take it out now.

staff-station-id = Station
staff-station-name = Place
staff-station-languages = Languages
staff-station-lacks = Not in { $language }: { $n } of { $of } questions, { $texts } texts of the screens. The nearest language is shown instead.
staff-station-not-set = not set
staff-station-demonstration = This station plays as a demonstration. To set it up, run: kepu init
staff-station-round = Questions in a round
staff-station-idle = Wait before asking whether anyone is there
staff-station-patient = Wait for young and older people
staff-station-volume = Volume, 0 to 10
staff-station-width = Panel width
staff-station-height = Panel height
staff-station-questions = { $n }
staff-station-plain = { $n }
staff-station-seconds = { $n } s
staff-station-mm = { $n } mm
staff-station-unmeasured = not set
staff-station-ruler = Hold a ruler to the bar. If it is not { $n } mm long, change the panel width until it is.
staff-station-no-ruler = Set the panel width, and a bar to hold a ruler to is shown here.
staff-station-small = On a panel of this size, or from this far away, some buttons or letters are too small. A larger panel helps.
staff-station-save = Save
staff-station-saving = Saving
staff-station-saved = Saved. It holds from now on.

staff-health-good = Everything is in order.
staff-health-more = { $n ->
    [one] And { $n } more, in the log.
   *[other] And { $n } more, in the log.
 }
staff-health-version = Program version
staff-health-disk = Free on the disk
staff-health-records = Records
staff-health-recording = are being stored
staff-health-behind = wait for the disk
staff-health-off = are not being stored
staff-health-lost = some were lost
staff-health-unknown = not known
staff-health-restart = Restart
staff-health-restarting = Restarting

alarm-no-report = No report could be made, and nothing was written to the stick.
    .hint = Restart the program; if this comes again, have the disk looked at.
alarm-stick-full = The stick has { $free } MB free; { $needed } MB are needed.
    .hint = Free room on it, or use another one. Nothing was written.
alarm-records-off = Nothing is being recorded.
    .hint = The quiz goes on, but no session is counted. Restart the program; if this stays, have the disk looked at.
alarm-records-behind = { $n ->
    [one] { $n } record waits
   *[other] { $n } records wait
 } for the disk.
    .hint = Nothing is lost yet. Free space on the disk; do not switch off until this is gone.
alarm-records-lost = { $n ->
    [one] { $n } record was
   *[other] { $n } records were
 } lost.
    .hint = The disk could not take them. Free space on the disk or have it looked at, then restart the program.
alarm-records-closed = The records could not be opened at the start.
    .hint = The quiz goes on, but no session is counted. Restart the program; if this stays, have the disk looked at.
alarm-records-set-aside = The records were damaged. They are kept as { $file }, and new ones were begun.
    .hint = Nothing needs to be done here. Tell whoever makes the reports, and send them that file.
alarm-records-restored = The records were damaged. They are kept as { $file }, and last night’s copy took their place.
    .hint = Sessions since that copy may be missing. Tell whoever makes the reports, and send them that file.
alarm-copy-failed = The nightly copy of the records could not be made.
    .hint = The records themselves are being kept. Have the disk looked at: there may be too little room on it.
alarm-disk-full = The disk is full. Sessions are still counted, in the room that was kept for this.
    .hint = Have old files on the disk removed. This message goes away by itself when there is room again.
alarm-disk-low = The disk is nearly full.
    .hint = Have old files on the disk removed. When it is full, no session can be counted.
alarm-no-sound = There is no sound device, so questions cannot be read aloud.
    .hint = Have the loudspeaker and its cable looked at, then start again.
alarm-station-file = The settings of this station could not be read.
    .hint = The usual settings apply. Look at the fields under Station and save them again.
alarm-packs-unread = A folder with packs could not be read: { $folder }
    .hint = Its questions are not asked. See that the folder is there, then restart the program.
alarm-packs-none = There is no pack in { $folder }.
    .hint = Put a pack into the folder, or start the program without naming it.
alarm-pictures-missed = { $n ->
    [one] The picture { $file } cannot be shown; its words stand in its place.
   *[other] { $n } pictures cannot be shown; words stand in their place. One of them is { $file }.
 }
    .hint = Install the pack again.
alarm-pack-left-out = A pack has mistakes and is not used: { $folder }
    .hint = The other packs play. Give the pack back to whoever wrote it; kepu check names every mistake.
