# Texts of init.
