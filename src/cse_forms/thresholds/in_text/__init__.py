"""Conditions, measures and bands as short texts that people can edit, and the same read back.

    /signs/*/seen is yes, at least 2
    all of (measure score is 16 or more; not (/next/worse is no))
    sum of (/scale/* weighing (never: 0, often: 2); measure protective times -1), a gap counts as zero

`said` and `said_measures` write such texts. `reading` and `reading_measures` read them, to the JSON that a definition
holds. What is read from a written text is what was written, but for words that say no more than is so without them
(`"every": false`).
"""
