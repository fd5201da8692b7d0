/**
 * Alerts and what belongs to them: states of rules, alerts, groups, silences, and the notice log, whose waiting lines are the
 * outbox. JSON beside what is searched; `open`: not over; `under`: key of an alert's rule, of a group, group of a notice.
 */
export const sql = `
CREATE TABLE desk (
  number INTEGER PRIMARY KEY AUTOINCREMENT, of TEXT NOT NULL, id TEXT NOT NULL, open INTEGER NOT NULL, at INTEGER NOT NULL,
  under TEXT NOT NULL, record TEXT NOT NULL, UNIQUE (of, id)
) STRICT;
CREATE INDEX desk_by_time ON desk (of, at);
CREATE INDEX desk_open ON desk (of, at) WHERE open = 1;
CREATE INDEX desk_under ON desk (of, under, at);
`;
