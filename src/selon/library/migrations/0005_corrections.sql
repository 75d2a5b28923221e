-- What people say of readings: it wins over every reading, and is anchored to an article and its words.

CREATE TABLE correction (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  record TEXT NOT NULL,                 -- JSON: see corrections.py
  made TEXT NOT NULL
) STRICT;
CREATE INDEX correction_article ON correction (article);
