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
