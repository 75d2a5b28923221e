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
