# What `kepu init` asks and says.

init-begin = A new station. Enter takes what stands in brackets, or leaves a question open.
init-id = Id of the station: lower-case letters, digits, hyphens
init-name-zh = Its name in Chinese
init-name-en = Its name in English
init-venue = Kind of place, by number or word
init-division = Code of the administrative division, 12 digits
init-languages = Languages, the default first
init-panel = Picture on the panel: width x height in millimetres, as in 527x296, or its diagonal in inches
init-upright = Does the panel stand upright? y/n
init-not-a-panel = this is no panel size
    .hint = Write millimetres as in 527x296, or inches as in 24.
init-not-shipped = there are no texts in “{ $tag }”
    .hint = Choose among: { $shipped }.
init-pin = PIN for the staff, 6 to 12 digits; Enter: later, at the screen
init-pin-again = The PIN once more
init-pin-differs = The two are not the same.
init-ended = the answers ended before the questions; nothing was made
    .hint = Run kepu init again, or give options and --yes.
init-no-id = nobody can be asked here, and the station has no id
    .hint = Give it with --id; kepu init --help names the other options.
init-there = `{ $path }` is there already and was left alone
    .hint = Edit it with a text editor, or move it away first.
init-made = Station “{ $id }” is set up. Its settings: { $path }
init-kept = The settings were there already and stay: { $path }
init-pin-set = The PIN is set.
init-pin-later = No PIN is set yet: the staff screen asks for one at its first use.
init-next = Next: kepu play --data { $data }

venue-museum = science museum
venue-science-station = science e-station
venue-school = school
venue-village = village hall
venue-community = community centre
venue-mobile = touring van or exhibition
venue-other = another place

# What is wrong with a value in station.ron. The code follows `station-`; `.hint` says what to do.

station-bad-division = `{ $field }` must be a code of 12 digits
    .hint = Write all 12, in quotation marks, as in `"330102001000"`.
station-bad-hotline = `{ $value }` in `{ $field }` must be one of: { $allowed }
    .hint = Write the id of a line that the program knows; kepu check names them, too.
station-bad-id = `{ $field }` must be 1 to 32 lower-case letters, digits and hyphens, a letter or digit first
    .hint = Write something like `"east-gate-2"`.
station-bad-key = `{ $value }` in `{ $field }` is not a minisign public key
    .hint = Copy the second line of the .pub file: 56 characters that begin with RW.
station-bad-language = `{ $value }` in `{ $field }` is not a language tag
    .hint = Write tags like zh-CN or en.
station-bad-name = `{ $field }` in `{ $language }` must be 1 to 60 characters on one line
    .hint = Shorten it, and leave no space before or after it.
station-bad-path = `{ $value }` in `{ $field }` is not a full path, one that begins with /
    .hint = Write the whole path, as in `"/media"`.
station-bad-phone = the number of `{ $value }` in `{ $field }` must be 3 to 20 digits, with single hyphens between them
    .hint = Write it in quotation marks, as in `"0731-12345678"`, or None where there is no such line.
station-bad-packs-from = `{ $field }` must be an address that begins with http:, https: or s3:, without a name or password in it
    .hint = Passwords belong in the environment or in the file upload.credentials.
station-bad-upload = `{ $field }` must be a full path or an address that begins with file:, http:, https: or s3:, without a name or password in it
    .hint = Passwords belong in the environment or in the file upload.credentials.
station-not-one-of = `{ $field }` must be one of: { $allowed }
    .hint = Choose one of them, spelt like this.
station-out-of-range = `{ $field }` must be from { $least } to { $most }
    .hint = Write a number within these limits.
station-too-many = `{ $field }` may have at most { $most }
    .hint = Take some out.
station-twice = `{ $value }` stands twice in `{ $field }`
    .hint = Keep one of them.
