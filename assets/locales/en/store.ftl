# What `kepu pack install`, `list`, `rollback`, `remove` and the staff screen say of installed packs.
# The code of a refusal or an alarm follows `pack-`; `.hint` says what to do.

pack-installed = Installed { $id }, version { $version }.
pack-copying = Copying: { $percent } %
pack-unpacking = Unpacking: { $percent } %
pack-none-found = there is no built pack (.kepu) in `{ $folder }`
pack-none-installed = No pack is installed; those inside the program play.
pack-unreadable = cannot be read and was passed over: { $name }
pack-search-ended = the folder holds too much to search all of it; there may be more packs: name the file itself
pack-row = { $id } { $version }: { $title }, { $questions ->
    [one] { $questions } question
   *[other] { $questions } questions
 }
pack-row-before = ; before it: version { $version }
pack-row-built-in = ; inside the program: version { $version }
pack-row-trial = ; on trial for { $left ->
    [one] { $left } more session
   *[other] { $left } more sessions
 }
pack-back-to-before = { $id } went back from version { $from } to version { $to }.
pack-back-to-built-in = { $id } went back from version { $from } to version { $to }, the one inside the program.
pack-remove-question = Remove the pack { $id } with all its installed versions?
pack-not-removed = the pack { $id } was not removed; without a terminal to ask at, say --yes
pack-removed = Removed { $id }.

pack-built-in = the pack { $id } is part of the program and cannot be removed or taken back
    .hint = Only packs that were installed can be. To change this one, install a newer version of it.
pack-busy = another installation is going on
    .hint = Wait until it has ended, then try again.
pack-journal = nothing was changed, for it could not be noted in the journal: { $reason }
    .hint = Look whether the disk is full or the data folder is write-protected.
pack-no-space = there is not enough room on the station: { $needed } MB are needed, { $free } MB are free
    .hint = Remove packs that are not used any more, or free room on the disk. Nothing was changed.
pack-no-version-before = there is no version of { $id } to go back to
    .hint = If it must not play, remove it. If it is needed, install a newer version.
pack-not-installed = no pack { $id } is installed
    .hint = Look at the list of installed packs.
pack-older-version = version { $version } of { $id } is older than version { $in-use }, which is in use
    .hint = A station only takes newer versions. To return to an older one, take the pack back.
pack-has-errors = { $count ->
    [one] there is { $count } error
   *[other] there are { $count } errors
 } in the pack { $id }, the first of kind { $first }
    .hint = Nothing was changed. Send the pack back to whoever made it; kepu check names every error.
pack-pointer-rebuilt = the list of installed packs was damaged and was made anew from what is there
    .hint = See that the versions are those you want. If it happens again, have the disk checked.
pack-same-version = version { $version } of { $id } is in use already
    .hint = There is nothing to do. If questions were changed, the new pack needs a higher version.
pack-stage-differs = the file “{ $file }” changed while it was being installed
    .hint = Nothing was changed. Try again; if it happens again, have the disk checked.
pack-stick-read = the stick was removed or cannot be read: { $reason }
    .hint = Nothing was changed. Plug it in again, or try another stick.
pack-store-read = the folder of installed packs cannot be read: { $reason }
    .hint = Look at who may read the data folder, and whether the disk is sound.
pack-store-write = the folder of installed packs cannot be written: { $reason }
    .hint = The packs in use stay as they are. Look whether the disk is full or write-protected.
pack-unsigned-needs-consent = nobody known to this station has signed this pack
    .hint = Install it only if you know who made it. On the command line, say --accept-unsigned.
pack-unsigned-refused = nobody has signed this pack, and this station takes only signed ones
    .hint = Copy the file that ends in .minisig to the stick, beside the pack. If there is none, ask the publisher for it.

pack-damaged-before-plays = version { $version } of { $id } is damaged on the disk, so version { $instead } plays: { $file }
    .hint = Install the pack again. If it happens again, have the disk checked.
pack-damaged-built-in-plays = version { $version } of { $id } is damaged on the disk, so version { $instead } inside the program plays: { $file }
    .hint = Install the pack again. If it happens again, have the disk checked.
pack-damaged-none-plays = version { $version } of { $id } is damaged on the disk and does not play: { $file }
    .hint = Install the pack again. If it happens again, have the disk checked.
pack-withdrawn-to-before = the program kept crashing with version { $version } of { $id } and went back to version { $instead }
    .hint = Do not install this version again. Tell whoever made it.
pack-withdrawn-to-built-in = the program kept crashing with version { $version } of { $id } and went back to version { $instead } inside the program
    .hint = Do not install this version again. Tell whoever made it.
pack-withdrawn-to-none = the program kept crashing with version { $version } of { $id } and took it out of use
    .hint = Do not install this version again. Tell whoever made it.

pack-pin-question = Staff PIN: { "" }
pack-pin-needed = this needs the staff PIN: run it in a terminal, or name a file with --pin-file
pack-pin-wrong = this is not the PIN of this station
pack-pin-locked = the PIN has been tried too often; it can be tried again in { $seconds } s
pack-pin-broken = the PIN of this station cannot be read, so that nothing can be done here; it must be reset by a signed file

pack-download-address = the address of the packs is not understood, or holds a name or password
    .hint = Write https://host/path/ or s3://bucket/prefix?endpoint=https://host, and take names and passwords out.
pack-download-broken = the pack did not come as it should: what came is not what was asked for
    .hint = Nothing was changed. Try again; if it stays so, bring the pack on a stick.
pack-download-busy = the server with the packs is busy
    .hint = Nothing was changed. Try again in a few minutes.
pack-download-certificate = the server with the packs cannot prove that it is the right one
    .hint = Nothing was changed. Check the address; if it is right, its certificate has expired or is not known here.
pack-download-clock = the clock of this machine is wrong, so that no server can prove who it is
    .hint = Set date and time, then try again.
pack-download-credentials = the names and passwords in { $path } cannot be used
    .hint = Only its owner may read the file (chmod 600), and it has one NAME=value a line.
pack-download-denied = the server with the packs refuses access
    .hint = Tell whoever set up this station: the name and password for packs (KEPU_PACKS_USER, KEPU_PACKS_PASSWORD) or the keys do not fit. A stick works all the same.
pack-download-network = the server with the packs cannot be reached
    .hint = Nothing was changed. Check cable or wireless, then try again, or bring the pack on a stick.
pack-download-no-place = there is nothing at this address, or the server does not list its folder
    .hint = Check the address. On a web server that does not list folders, name one pack: an address that ends in .kepu.
