/** The audit log: only ever appended to; nothing that runs here can change a line or take one out. */
export const sql = `
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, person TEXT NOT NULL, action TEXT NOT NULL, record TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_person ON audit (person, seq);
CREATE TRIGGER audit_kept BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is kept'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is kept'); END;
`;
