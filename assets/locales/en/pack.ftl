# Texts of pack.

pack-no-store = Packs cannot be changed here.
    .hint = Install the full program.
