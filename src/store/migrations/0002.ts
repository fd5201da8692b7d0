/**
 * Runs. A plan is kept once per digest. `fence` is what every append is held against. Entries are appended in the order
 * they come, whatever their run, and found by an index over the run's number, not its name: the entries that ten runs
 * write in one transaction share a page or two, where a table sorted by run would dirty ten.
 */
export const sql = `
CREATE TABLE plan (digest TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
CREATE TABLE run (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL REFERENCES plan (digest),
  runbook TEXT NOT NULL, created INTEGER NOT NULL, open INTEGER NOT NULL, record TEXT NOT NULL
) STRICT;
CREATE INDEX run_by_creation ON run (created);
CREATE INDEX run_open ON run (created) WHERE open = 1;
CREATE TABLE fence (run INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;
CREATE TABLE journal (
  run INTEGER NOT NULL, seq INTEGER NOT NULL, epoch INTEGER NOT NULL, at INTEGER NOT NULL, entry TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX journal_by_run ON journal (run, seq);
CREATE TABLE lock (
  key TEXT PRIMARY KEY, run TEXT NOT NULL, person TEXT NOT NULL, reason TEXT NOT NULL, taken INTEGER NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
