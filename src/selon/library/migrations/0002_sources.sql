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
