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
