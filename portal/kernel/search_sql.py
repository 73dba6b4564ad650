"""The two statements of search. Values are parameters; nothing is put together from what people type.

`grams @> (SELECT …)` keeps the planner from guessing how common the word is, so that it always takes the bigram index;
`LIMIT` then stops reading rows. When `hits` is full the word is common, and only then the bounded walks run: exact and
beginning titles, titles, what comes next, what is newest. They and `hits` are ranked together: a few thousand rows at
most, however many match. Beginning titles are walked in the order of their index, in which the exact one is first.
"""

_COLUMNS = "id, kind, object_id, title_key, weight, happens_at, updated_at"
_MEANT = """audience && %(audience)s::varchar[]
        AND (%(kinds)s::text[] IS NULL OR kind = ANY(%(kinds)s::text[]))
        AND (%(areas)s::varchar[] IS NULL OR area_codes && %(areas)s::varchar[])"""
_WALKED = f"{_COLUMNS}, text_key, audience, area_codes"  # never the wide columns: they would be sorted along

_SHOWN = """
best AS (
    SELECT id, kind, object_id, happens_at,
        CASE WHEN title_key = %(whole)s THEN 0 WHEN title_key LIKE %(prefix)s THEN 1
             WHEN title_key LIKE ALL(%(likes)s::text[]) THEN 2 ELSE 3 END AS rank
    FROM candidates
    ORDER BY rank, weight DESC, (happens_at >= %(now)s) IS TRUE DESC,
        CASE WHEN happens_at >= %(now)s THEN happens_at END, coalesce(happens_at, updated_at) DESC, id
    LIMIT %(limit)s OFFSET %(offset)s
),
shown AS (SELECT *, row_number() OVER () AS place FROM best)
SELECT counted.n, shown.kind, shown.object_id, entry.title,
    substring(entry.body FROM greatest(
        1, strpos(entry.text_key, %(first)s) - length(entry.title_key) - 30) FOR 140),
    shown.happens_at, shown.rank < 3
FROM (SELECT count(*) AS n FROM hits) AS counted
LEFT JOIN shown ON true
LEFT JOIN kernel_searchentry AS entry ON entry.id = shown.id
ORDER BY shown.place
"""

BY_WORDS = f"""
WITH hits AS MATERIALIZED (
    SELECT {_COLUMNS} FROM kernel_searchentry
    WHERE grams @> (SELECT %(grams)s::text[]) AND text_key LIKE ALL(%(likes)s::text[]) AND {_MEANT}
    LIMIT %(cap)s
),
common AS MATERIALIZED (SELECT count(*) > %(full)s AS it FROM hits),
titled AS MATERIALIZED (
    SELECT {_COLUMNS} FROM kernel_searchentry
    WHERE (SELECT it FROM common) AND title_grams @> (SELECT %(grams)s::text[])
        AND title_key LIKE ALL(%(likes)s::text[]) AND {_MEANT}
    LIMIT %(cap)s
),
walked AS (
    (SELECT {_WALKED} FROM kernel_searchentry
        WHERE (SELECT it FROM common) AND title_key LIKE %(prefix)s
        ORDER BY title_key USING ~<~ LIMIT %(pool)s)
    UNION ALL
    (SELECT {_WALKED} FROM kernel_searchentry
        WHERE (SELECT it FROM common) AND happens_at >= %(now)s ORDER BY happens_at LIMIT %(pool)s)
    UNION ALL
    (SELECT {_WALKED} FROM kernel_searchentry
        WHERE (SELECT it FROM common) ORDER BY updated_at DESC LIMIT %(pool)s)
),
candidates AS (
    SELECT {_COLUMNS} FROM hits
    UNION
    SELECT {_COLUMNS} FROM titled
    UNION
    SELECT {_COLUMNS} FROM walked WHERE text_key LIKE ALL(%(likes)s::text[]) AND {_MEANT}
),
{_SHOWN}
"""  # noqa: S608 - made of the constants above

BY_PREFIX = f"""
WITH hits AS MATERIALIZED (
    SELECT {_COLUMNS} FROM kernel_searchentry
    WHERE title_key LIKE %(prefix)s AND text_key LIKE ALL(%(likes)s::text[]) AND {_MEANT}
    LIMIT %(cap)s
),
candidates AS (SELECT * FROM hits),
{_SHOWN}
"""  # noqa: S608 - made of the constants above
