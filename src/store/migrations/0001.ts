/** First schema. Records are JSON beside the columns that are searched; every time is milliseconds since the epoch. */
export const sql = `
CREATE TABLE duty (
  duty TEXT NOT NULL, period TEXT NOT NULL, revision INTEGER NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (duty, period)
) STRICT, WITHOUT ROWID;
CREATE INDEX duty_by_period ON duty (period);
CREATE TABLE inspection (id TEXT PRIMARY KEY, duty TEXT NOT NULL, started INTEGER NOT NULL, record TEXT NOT NULL) STRICT;
CREATE INDEX inspection_by_duty ON inspection (duty, started);
CREATE INDEX inspection_by_start ON inspection (started);
CREATE TABLE event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, data TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_kind ON event (kind, seq);
CREATE TABLE book (digest TEXT PRIMARY KEY, json TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE value (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE sample (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, probe TEXT NOT NULL, target TEXT NOT NULL, at INTEGER NOT NULL,
  value REAL NOT NULL, facts TEXT
) STRICT;
CREATE INDEX sample_by_series ON sample (probe, target, at);
CREATE TABLE floor (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL) STRICT;
`;
