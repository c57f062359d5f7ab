"""Which encoding a text that is not UTF-8 is in. A name is too short for statistics, so it goes by what nobody writes:
signs within words, capitals behind small letters, letters that no language of that encoding uses."""

import re

NAMES = {
    "utf-8": "UTF-8",
    "cp1252": "Western European",
    "cp1250": "Central European (Polish, Czech, Hungarian)",
    "cp1251": "Cyrillic (Windows)",
    "koi8-r": "Cyrillic (KOI8-R)",
    "cp1253": "Greek",
    "cp1254": "Turkish",
    "cp1255": "Hebrew",
    "cp1256": "Arabic",
    "cp1257": "Baltic",
    "iso-8859-2": "Central European (ISO)",
    "mac-roman": "Macintosh",
    "cp850": "DOS, Western European",
    "cp932": "Japanese",
    "gb18030": "Chinese (simplified)",
    "big5": "Chinese (traditional)",
    "cp949": "Korean",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16 (big-endian)",
}
GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ"
RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЭЮЯЁІЇЄҐ"
USUAL = {
    "cp1252": "äöüßéèêëàâçñóíáúôîïûùœæøåãõýÿòìÄÖÜÉÈÊËÀÂÇÑÓÍÁÚÔÎÏÛŒÆØÅÃÕÝ",
    "cp1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůžýáíéúČĎĚŇŘŠŤŮŽÝÁÍÉÚőűŐŰöüÖÜăâîşţĂÂÎŞŢđĐäôĺľŕÄÔĽß",
    "cp1254": "ışğçöüİŞĞÇÖÜâîû",
    "cp1257": "āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽąęėįųĄĘĖĮŲõäöüÕÄÖÜ",
    "cp1251": RUSSIAN,
    "koi8-r": RUSSIAN,
    "cp1253": GREEK,
    "cp1255": "".join(map(chr, range(0x5D0, 0x5EB))),
    "cp1256": "".join(map(chr, range(0x621, 0x64B))),
}
ALPHABETS = ("cp1251", "koi8-r", "cp1253", "cp1255", "cp1256")
VOWELS = "аеёиоуыэюяіїєАЕЁИОУЫЭЮЯІЇЄαεηιουωάέήίόύώϊΑΕΗΙΟΥΩΆΈΉΊΌΎΏ"
# lead bytes of the common letters of each: syllables, first-level characters
COMMON = {"cp949": (0xB0, 0xC8), "gb18030": (0xB0, 0xD7), "big5": (0xA4, 0xC6), "cp932": (0x82, 0x97)}
PUNCTUATION = "’‘“”„–—…·€£¥§©®™°«»¿¡\u00a0´`¨"
SAMPLE = 100_000
AGREED = 1.0  # per letter, of at most 2


def likeliest(raw: bytes) -> tuple[str, bool]:
    """The encoding, and whether nearly all of its letters are what its languages write."""
    lines = [line for line in raw[: SAMPLE * 4].splitlines(keepends=True) if not line.isascii()]
    sample = b"".join(lines)[:SAMPLE]
    scores = {name: score(sample, name) for name in (*USUAL, *COMMON)}
    best = max(scores, key=lambda name: scores[name])
    return best, scores[best] >= AGREED


def score(sample: bytes, name: str) -> float:
    """Points per letter that is not plain English; the more the likelier."""
    try:
        text = sample.decode(name, "strict" if len(sample) < SAMPLE else "ignore")
    except UnicodeDecodeError:
        return -10
    if name in COMMON:
        return _of_pairs(sample, text, name)
    strange = [c for c in text if not c.isascii()]
    points = sum(2 if c in USUAL[name] else 0.5 if c in PUNCTUATION else -1 for c in strange)
    points -= 3 * len(
        re.findall(r"(?<=[^\W\d_])[^\w\s'’.,;:|\t\"&/()-](?=[^\W\d_])|[£¤¥¦§¨©«¬®¯°±²³´¶¹º»¼½¾¿÷×](?=[^\W\d_])", text)
    )
    points -= 3 * len(re.findall(r"[a-zà-ÿа-яα-ω][A-ZÀ-ÝА-ЯΑ-Ω]", text))
    points -= 3 * len(re.findall(r"[A-Za-z][Ѐ-ӿͰ-Ͽ֐-ۿ]|[Ѐ-ӿͰ-Ͽ֐-ۿ][A-Za-z]", text))
    if name in ALPHABETS:
        strange = [c for c in strange if c.isalpha()] or strange
        share = sum(c in VOWELS for c in strange) / max(1, len(strange))
        points += len(strange) * (0.3 if name in ("cp1255", "cp1256") or 0.25 <= share <= 0.65 else -0.5)
    else:  # of the Latin alphabet: plain letters stand between
        points -= 2 * sum(map(len, re.findall(r"[^\W\d_a-zA-Z]{3,}|\b[^\W\d_a-zA-Z]{2,}\b", text)))
        points -= 3 * len(re.findall(r"õ(?![es])", text))  # Hungarian, read as Western
    return points / max(1, len(strange)) + {"cp1252": 0.35, "koi8-r": -0.2}.get(name, 0)


def _of_pairs(sample: bytes, text: str, name: str) -> float:
    """Two bytes a letter: how many begin where the common ones do."""
    low, high = COMMON[name]
    letters = [c for c in text if not c.isascii()]
    leads = [c.encode(name, "ignore")[:1] for c in letters]
    common = sum(low <= lead[0] <= high for lead in leads if lead)
    alone = len(re.findall(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])", sample))
    own = (
        sum("\uac00" <= c <= "\ud7a3" for c in letters)
        if name == "cp949"
        else sum("\u3041" <= c <= "\u30ff" for c in letters)
        if name == "cp932"
        else 0
    )
    if not letters:
        return -10
    mixed = len(re.findall(r"[A-Za-z][^\x00-\x7f]|[^\x00-\x7f][A-Za-z]", text))
    halves = sum("\uff61" <= c <= "\uff9f" for c in letters)
    return (1.6 * common + 0.3 * own - 2 * (len(letters) - common - own) - 3 * alone - 2 * mixed - 3 * halves) / len(
        letters
    )
