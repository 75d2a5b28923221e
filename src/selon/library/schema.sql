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

-- What is searched: words of statements and of whole texts by their keys (see search/words.py), and what filters go by.

CREATE VIRTUAL TABLE said_words USING fts5 (said, content = '', tokenize = 'ascii');             -- rowid: statement
CREATE VIRTUAL TABLE text_words USING fts5 (title, text, content = '', tokenize = 'ascii');      -- rowid: version

CREATE TABLE searched (                 -- the versions whose words are in the two, and by what they are chosen
  version INTEGER PRIMARY KEY REFERENCES version (id) ON DELETE CASCADE,
  day TEXT,
  outlet TEXT,
  section TEXT,
  language TEXT NOT NULL
) STRICT;
CREATE INDEX searched_day ON searched (day);

CREATE TABLE statement_parts (          -- the passages of statements that have more than one
  statement INTEGER PRIMARY KEY REFERENCES statement (id) ON DELETE CASCADE,
  parts TEXT NOT NULL                   -- JSON: [[first, last], ...] in code points
) STRICT;

CREATE TABLE searched_with (signature TEXT NOT NULL) STRICT;  -- one row: the words that the index was made with

-- What people say of readings: it wins over every reading, and is anchored to an article and its words.

CREATE TABLE correction (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  record TEXT NOT NULL,                 -- JSON: see corrections.py
  made TEXT NOT NULL
) STRICT;
CREATE INDEX correction_article ON correction (article);

-- What each article rests on, in numbers that can be summed (see profiles.py). Words are those of outermost statements.

CREATE TABLE profile (
  version INTEGER PRIMARY KEY REFERENCES version (id) ON DELETE CASCADE,
  outlet TEXT,
  section TEXT,
  language TEXT NOT NULL,
  day TEXT,
  words INTEGER NOT NULL,               -- of the text
  attributed INTEGER NOT NULL,
  top INTEGER NOT NULL,                 -- of the source that carries most
  unnamed INTEGER NOT NULL,
  anonymous INTEGER NOT NULL,
  statements INTEGER NOT NULL,          -- the outermost
  said INTEGER NOT NULL,                -- those inside others too
  second_hand INTEGER NOT NULL,         -- of these
  hearsay INTEGER NOT NULL,             -- sentences
  single_source INTEGER NOT NULL CHECK (single_source IN (0, 1)),
  headline TEXT,                        -- whole, part, none; nothing without a headline
  women INTEGER NOT NULL,               -- statements by persons, by what the text shows
  men INTEGER NOT NULL,
  gender_unknown INTEGER NOT NULL,
  person_sources INTEGER NOT NULL,
  person_statements INTEGER NOT NULL,
  person_words INTEGER NOT NULL,
  institution_sources INTEGER NOT NULL,
  institution_statements INTEGER NOT NULL,
  institution_words INTEGER NOT NULL,
  group_sources INTEGER NOT NULL,
  group_statements INTEGER NOT NULL,
  group_words INTEGER NOT NULL,
  document_sources INTEGER NOT NULL,
  document_statements INTEGER NOT NULL,
  document_words INTEGER NOT NULL,
  outlet_sources INTEGER NOT NULL,
  outlet_statements INTEGER NOT NULL,
  outlet_words INTEGER NOT NULL,
  anonymous_sources INTEGER NOT NULL,
  anonymous_statements INTEGER NOT NULL,
  anonymous_words INTEGER NOT NULL
) STRICT;

CREATE TABLE quoted (                   -- what each source of an article carries
  article_source INTEGER PRIMARY KEY REFERENCES article_source (id) ON DELETE CASCADE,
  source INTEGER,                       -- over all articles: follows article_source
  version INTEGER NOT NULL,
  words INTEGER NOT NULL,
  statements INTEGER NOT NULL
) STRICT;
CREATE INDEX quoted_source ON quoted (source, version, words, statements) WHERE source IS NOT NULL;
CREATE TRIGGER quoted_follows AFTER UPDATE OF source ON article_source BEGIN
  UPDATE quoted SET source = new.source WHERE article_source = new.id;
END;
