"""Numbers as they are spelt in English, Spanish and French, folded: twenty-eight, veintiocho, vingt-huit."""

ONES_AND_TEENS = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete "
    "veintiocho veintinueve",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
}
TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "fr": "vingt trente quarante cinquante soixante",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
}
WORDS = {word: number for spelt in ONES_AND_TEENS.values() for number, word in enumerate(spelt.split(), 1)} | {
    word: 10 * number for spelt in TENS.values() for number, word in enumerate(spelt.split(), 2)
}
