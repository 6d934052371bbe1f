# What `kepu upload`, `collect`, `simulate` and the staff screen say of results on their way.
# The code of a trouble follows `upload-trouble-`; `.hint` says what to do.

upload-sealed = Sealed { $sessions ->
    [one] { $sessions } session
   *[other] { $sessions } sessions
 }.
upload-sent = Sent { $batches ->
    [one] { $batches } batch
   *[other] { $batches } batches
 } with { $sessions ->
    [one] { $sessions } session
   *[other] { $sessions } sessions
 }; read back and found the same.
upload-nothing = Nothing waits to be sent.
upload-waiting = Still waiting: { $batches ->
    [one] { $batches } batch
   *[other] { $batches } batches
 } with { $sessions ->
    [one] { $sessions } session
   *[other] { $sessions } sessions
 }.
upload-unsealed = Not yet ready to leave: { $sessions ->
    [one] { $sessions } session
   *[other] { $sessions } sessions
 }. Only whole past days are sent.
upload-progress = Sending: batch { $done } of { $all }
upload-demonstration = this is a demonstration, and its results are nobody’s
    .hint = Give the station an id with kepu init, or write it into station.ron.
upload-no-address = it is not said where to send to
    .hint = Say --to with a folder or an address, or write it into station.ron as the field upload.
upload-address-form = the address of the place is not understood
    .hint = Write a full path, https://host/path/ for WebDAV, or s3://bucket/prefix?endpoint=https://host for S3.
upload-address-secret = the address holds a name or a password
    .hint = Take it out. Names and passwords come from the environment or from the file upload.credentials.
upload-credentials-open = others can read the passwords in { $path }
    .hint = Let only its owner read it: chmod 600, and change the passwords if others could read them.
upload-credentials-form = the file { $path } cannot be understood
    .hint = Write one NAME=value a line, with the names that kepu upload --help tells.
upload-credentials-unreadable = the file { $path } cannot be read
    .hint = Look at who owns it, and whether the disk is sound.

upload-trouble-denied = the place refuses access
    .hint = Check user and password, or the keys, and whether they may write there. It is tried again every hour.
upload-trouble-no-place = there is no such place
    .hint = Check the address. A stick must be plugged in; a folder or bucket must be there already.
upload-trouble-full = the place is full
    .hint = Free room there, or ask whoever runs it for more. Nothing is lost here.
upload-trouble-read-only = the place cannot be written
    .hint = Look whether the stick is write-protected, and whether this user may write in the folder.
upload-trouble-busy = the place is busy
    .hint = Wait: it is tried again by itself.
upload-trouble-certificate = the server cannot prove that it is the right one
    .hint = Check the address. If it is right, the server’s certificate has expired or this machine does not know who issued it.
upload-trouble-clock = the clock of this machine is wrong
    .hint = Set date and time. Nothing is lost.
upload-trouble-network = the network is down or too slow
    .hint = Check cable or wireless. It is tried again by itself.
upload-trouble-broken = what was read back is not what was sent
    .hint = Try again. If it happens again, the stick is faulty or the server is; use another one.
upload-trouble-conflict = something else lay there under the name of a batch; the batch lies beside it now
    .hint = Tell whoever runs the place. Look whether another station has the same id.
upload-trouble-records = the results of this station cannot be read or written: { $reason }
    .hint = Look whether the disk is full or failing. Nothing was marked as sent.

collect-progress = Collecting: batch { $done } of { $all }, { $sessions } new sessions
collect-done = { $stations ->
    [one] { $stations } station
   *[other] { $stations } stations
 }: took in { $batches ->
    [one] { $batches } new batch
   *[other] { $batches } new batches
 } with { $sessions ->
    [one] { $sessions } new session
   *[other] { $sessions } new sessions
 }; { $known } had come before.
collect-all = In the file now: { $sessions ->
    [one] { $sessions } session
   *[other] { $sessions } sessions
 }.
collect-aside-name = station { $station }: { $name } is not called as a batch is
collect-aside-size = station { $station }: { $name } is larger than any batch
collect-aside-hash = station { $station }: { $name } is torn or damaged
collect-aside-gzip = station { $station }: { $name } cannot be unpacked
collect-aside-line = station { $station }: line { $number } of { $name } is not what a station writes; perhaps a newer program wrote it
collect-aside-unreadable = station { $station }: { $name } cannot be read
collect-aside-differs = station { $station }: { $name } has { $number ->
    [one] { $number } session that came before with other content
   *[other] { $number } sessions that came before with other content
 }; what came first stays
collect-aside-count = station { $station }: { $count ->
    [one] { $count } batch was set aside
   *[other] { $count } batches were set aside
 }
    .hint = The rest was taken in. Let the station send again, or look whether two have the same id; then collect again.

simulate-progress = Simulating: { $done } of { $all } stations
simulate-done = Wrote { $stations ->
    [one] { $stations } station
   *[other] { $stations } stations
 }, { $batches ->
    [one] { $batches } batch
   *[other] { $batches } batches
 }, { $sessions ->
    [one] { $sessions } session
   *[other] { $sessions } sessions
 }, { $answers ->
    [one] { $answers } answer
   *[other] { $answers } answers
 }; { $bytes ->
    [one] { $bytes } byte
   *[other] { $bytes } bytes
 } a session.
