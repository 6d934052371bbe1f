# Why a PIN is refused.

staff-pin-weak-short = A PIN needs at least 6 digits.
staff-pin-weak-long = A PIN has at most 12 digits.
staff-pin-weak-not-digits = A PIN has digits only.
staff-pin-weak-same = One digit over and over is guessed at once. Choose another PIN.
staff-pin-weak-run = Digits in a row are guessed at once. Choose another PIN.
staff-pin-weak-repeated = A repeated group is guessed at once. Choose another PIN.
staff-pin-weak-common = This PIN is among those tried first. Choose another one.
staff-pin-weak-date = A date is guessed easily. Choose another PIN.
