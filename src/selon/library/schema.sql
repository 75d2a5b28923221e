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

-- Sources over all articles: the names articles give them, why each is taken for whom, and what people decided.
-- source_decision, source_entry and source_entry_name are kept; the rest can be made again from the readings.

UPDATE article_source SET source = NULL;
DELETE FROM source;
ALTER TABLE source ADD COLUMN key TEXT NOT NULL DEFAULT '';     -- by what it is known: a group of names, a decision, an entry
CREATE UNIQUE INDEX source_key ON source (key);
ALTER TABLE source ADD COLUMN articles INTEGER NOT NULL DEFAULT 0;  -- sources of articles that are this one
CREATE INDEX source_articles ON source (articles);

-- A name as articles write it, of one kind, and gender as titles and roles show it. A surname alone has a row for each
-- month, since who has it may change with time.
CREATE TABLE source_name (
  id INTEGER PRIMARY KEY,
  family TEXT NOT NULL,                 -- person, body or document: what cannot be one with another
  kind TEXT NOT NULL,
  written TEXT NOT NULL,
  gender TEXT NOT NULL,                 -- f, m, or '' where nothing shows it
  month TEXT NOT NULL,                  -- of a surname alone: '2024-11', or '' without a date; '' of all others
  folded TEXT NOT NULL,
  shape TEXT NOT NULL,                  -- see forms.py
  cluster TEXT NOT NULL,                -- the group of names that are one unless something contradicts
  block TEXT NOT NULL,                  -- the surname's key, or the acronym
  given TEXT NOT NULL,                  -- the given name's key; of a surname alone: its key, if it were one
  articles INTEGER NOT NULL,            -- sources of articles that have it
  source INTEGER REFERENCES source (id),  -- none where it is another one in each article
  reason TEXT NOT NULL,                 -- see reasons.py
  UNIQUE (written, kind, gender, month)
) STRICT;
CREATE INDEX source_name_cluster ON source_name (cluster);
CREATE INDEX source_name_block ON source_name (block, shape, given);
CREATE INDEX source_name_given ON source_name (given, shape);
CREATE INDEX source_name_folded ON source_name (folded);
CREATE INDEX source_name_source ON source_name (source);

CREATE TABLE source_word (              -- the words of names, for finding one by its beginning
  word TEXT NOT NULL,
  folded TEXT NOT NULL,
  PRIMARY KEY (word, folded)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_link (              -- the name of a source of an article; its source is article_source.source
  article_source INTEGER PRIMARY KEY REFERENCES article_source (id) ON DELETE CASCADE,
  name INTEGER NOT NULL REFERENCES source_name (id),
  decided INTEGER NOT NULL              -- 1: a decision on this article, whatever the name
) STRICT;
CREATE INDEX source_link_name ON source_link (name);

CREATE TABLE source_presence (          -- in which months full names with a surname stand
  block TEXT NOT NULL,
  month TEXT NOT NULL,
  name INTEGER NOT NULL REFERENCES source_name (id),
  articles INTEGER NOT NULL,
  PRIMARY KEY (block, month, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_acronym (           -- an acronym that an article gives an institution
  article_source INTEGER NOT NULL REFERENCES article_source (id) ON DELETE CASCADE,
  acronym TEXT NOT NULL,
  cluster TEXT NOT NULL,
  PRIMARY KEY (article_source, acronym)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_acronym_acronym ON source_acronym (acronym, cluster);
CREATE INDEX source_acronym_cluster ON source_acronym (cluster);

CREATE TABLE source_decision (          -- what a person decided, by names; the later one holds
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  made TEXT NOT NULL,
  verb TEXT NOT NULL CHECK (verb IN ('merge', 'split')),
  family TEXT NOT NULL,
  name TEXT NOT NULL,
  other_family TEXT NOT NULL,
  other TEXT NOT NULL,                  -- merge: whose name stays; split: whom it leaves
  article TEXT,                         -- split: the article's key, where only one is meant
  label TEXT,                           -- split: what the new source is called
  note TEXT
) STRICT;

CREATE TABLE source_entry (             -- the authority file
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  wikidata TEXT
) STRICT;

CREATE TABLE source_entry_name (
  family TEXT NOT NULL,
  folded TEXT NOT NULL,
  entry TEXT NOT NULL REFERENCES source_entry (id) ON DELETE CASCADE,
  written TEXT NOT NULL,
  number INTEGER NOT NULL,              -- 0 the name, then the aliases in their order
  PRIMARY KEY (family, folded)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_entry_name_entry ON source_entry_name (entry, number);

-- What decisions and entries come to: whose each name is. Made from the two.
CREATE TABLE source_claim (
  family TEXT NOT NULL,
  folded TEXT NOT NULL,
  article TEXT NOT NULL,                -- the key of the one article meant, or ''
  written TEXT NOT NULL,
  cluster TEXT NOT NULL,
  target TEXT NOT NULL,                 -- the key of the source
  shown TEXT NOT NULL,                  -- the name of the source
  alone INTEGER NOT NULL,               -- 1: the other names of its group do not follow
  reason TEXT NOT NULL,
  PRIMARY KEY (family, folded, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_claim_cluster ON source_claim (cluster);
CREATE INDEX source_claim_article ON source_claim (article) WHERE article <> '';
CREATE INDEX source_claim_target ON source_claim (target);

-- What is searched: words of statements and of whole texts by their keys (see search/words.py), and what filters go by.

CREATE VIRTUAL TABLE said_words         -- rowid: statement
  USING fts5 (said, content = '', tokenize = 'ascii');
CREATE VIRTUAL TABLE text_words         -- rowid: version
  USING fts5 (title, text, content = '', tokenize = 'ascii');

CREATE TABLE searched (                 -- the versions whose words are in the two, and by what they are chosen
  version INTEGER PRIMARY KEY REFERENCES version (id) ON DELETE CASCADE,
  day TEXT,
  outlet TEXT,
  section TEXT,
  language TEXT NOT NULL
) STRICT;
CREATE INDEX searched_day ON searched (day);
CREATE INDEX searched_outlet ON searched (outlet, day);

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

-- Echoes: the same statement in several articles, and articles that are copies of others.

CREATE TABLE echo_text (                -- what echoes need of a current version beside its statements
  version INTEGER PRIMARY KEY REFERENCES version (id) ON DELETE CASCADE,
  topic TEXT NOT NULL                   -- a JSON list: the names that it has most often
) STRICT;

CREATE TABLE echo_key (                 -- the keys of statements, by which a new one finds those it may echo
  key INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  PRIMARY KEY (key, statement)
) STRICT, WITHOUT ROWID;

CREATE TABLE copy_key (                 -- the keys of texts, by which a new one finds those it may be a copy of
  key INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (key, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE wire_copy (                -- an article that repeats an earlier one
  original INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
  copy INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
  shared REAL NOT NULL,                 -- the share of the shorter text that stands in both
  PRIMARY KEY (original, copy)
) STRICT, WITHOUT ROWID;
CREATE INDEX wire_copy_copy ON wire_copy (copy);

CREATE TABLE echo (                     -- two statements that are one
  earlier INTEGER NOT NULL REFERENCES statement (id) ON DELETE CASCADE,
  later INTEGER NOT NULL REFERENCES statement (id) ON DELETE CASCADE,
  relation TEXT NOT NULL,
  score REAL NOT NULL,
  differences TEXT NOT NULL,            -- JSON: what shows a misquotation or another source
  PRIMARY KEY (earlier, later)
) STRICT, WITHOUT ROWID;
CREATE INDEX echo_later ON echo (later);

CREATE TABLE echo_group (               -- one statement over all its articles, under the one that was seen first
  lead INTEGER PRIMARY KEY REFERENCES statement (id) ON DELETE CASCADE,
  members INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  independent INTEGER NOT NULL,         -- articles that are no copies of others among them
  languages INTEGER NOT NULL,
  misquoted INTEGER NOT NULL,           -- members that say it otherwise, or give it to somebody else
  last_day TEXT
) STRICT;
CREATE INDEX echo_group_size ON echo_group (independent, articles);

CREATE TABLE echo_member (
  statement INTEGER PRIMARY KEY REFERENCES statement (id) ON DELETE CASCADE,
  lead INTEGER NOT NULL
) STRICT;
CREATE INDEX echo_member_lead ON echo_member (lead);
