# Texts of staff.
