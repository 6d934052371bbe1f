# Texts of pack.
