-- Articles, their versions, readings, and what a reading says as rows.

CREATE TABLE article (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,             -- its address, or 'text:' and the hash of its text where it has none
  added TEXT NOT NULL                   -- UTC, ISO 8601
) STRICT;

-- One text of an article. The newest is current; the others stay readable.
CREATE TABLE version (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,              -- 1, 2, ... within the article
  current INTEGER NOT NULL CHECK (current IN (0, 1)),
  hash TEXT NOT NULL UNIQUE,            -- Article.id: of language, url, title and text
  language TEXT NOT NULL,
  title TEXT,
  byline TEXT NOT NULL,                 -- a JSON list
  section TEXT,
  outlet TEXT,                          -- as the article has it
  shown_outlet TEXT,                    -- the same, or the host of its address
  url TEXT,
  published TEXT,                       -- ISO date or date and time, as the article has it
  day TEXT,                             -- its first ten characters
  text TEXT NOT NULL,
  added TEXT NOT NULL,
  UNIQUE (article, number)
) STRICT;
CREATE UNIQUE INDEX version_current ON version (article) WHERE current;
CREATE INDEX version_day ON version (day) WHERE current;
CREATE INDEX version_outlet ON version (shown_outlet, day) WHERE current;

-- What an engine read in a version: the record without the words that stand in the version (see packed.py).
CREATE TABLE reading (
  version INTEGER PRIMARY KEY REFERENCES version (id) ON DELETE CASCADE,
  engine TEXT NOT NULL,
  models TEXT NOT NULL,                 -- a JSON list
  packed BLOB NOT NULL,
  made TEXT NOT NULL
) STRICT;

-- From here on: what the readings of current versions say, corrections included. All of it can be made again, and is
-- where a migration changed what there is of it.

CREATE TABLE rows_made (schema INTEGER NOT NULL) STRICT;  -- one row: the number of the schema they were made for

CREATE TABLE source (                   -- who or what says something, over all articles
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL
) STRICT;

CREATE TABLE article_source (           -- a source of one article
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
  number TEXT NOT NULL,                 -- its id in the reading: s1
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  named INTEGER NOT NULL,
  gender TEXT NOT NULL,
  speaks_for TEXT,                      -- the number of the one it speaks for
  source INTEGER REFERENCES source (id) ON DELETE SET NULL,  -- none for those without a name
  UNIQUE (version, number)
) STRICT;
CREATE INDEX article_source_source ON article_source (source);

CREATE TABLE statement (
  id INTEGER PRIMARY KEY,               -- kept over a reread as long as its passage stays
  version INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
  number TEXT NOT NULL,                 -- its id in the reading
  place TEXT NOT NULL CHECK (place IN ('text', 'title')),
  first INTEGER NOT NULL,               -- code points: where its first passage begins and its last one ends
  last INTEGER NOT NULL,
  form TEXT NOT NULL,
  kind TEXT NOT NULL,
  act TEXT NOT NULL,
  denied INTEGER NOT NULL,
  outermost INTEGER NOT NULL,
  words INTEGER NOT NULL,
  UNIQUE (version, number)
) STRICT;

CREATE TABLE said (                     -- who says which statement
  statement INTEGER NOT NULL REFERENCES statement (id) ON DELETE CASCADE,
  article_source INTEGER NOT NULL REFERENCES article_source (id) ON DELETE CASCADE,
  PRIMARY KEY (statement, article_source)
) STRICT, WITHOUT ROWID;
CREATE INDEX said_article_source ON said (article_source);
