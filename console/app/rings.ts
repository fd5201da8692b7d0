/** Which queries are asked anew when something rings: the beginning of an event's kind → first parts of query keys. */
const RINGS: readonly (readonly [string, readonly string[]])[] = [
  ["checks", ["checks", "status", "services"]],
  ["check.", ["checks", "status", "services", "events"]],
  ["alert.", ["alerts", "silences", "services", "status", "events"]],
  ["duty.", ["duties", "inspections", "records", "status", "events"]],
  ["inspection.", ["duties", "inspections", "records", "status", "events", "evidence"]],
  ["run.", ["runs", "run", "changes", "services", "status", "events", "backups", "evidence"]],
  ["incident.", ["incidents", "problems", "alerts", "status", "events"]],
  ["problem.", ["problems", "incidents", "status", "events"]],
  ["channel.", ["status", "alerts", "events"]],
  ["emergency.", ["session", "status", "events"]],
  ["lock.", ["runs", "run", "events"]],
  ["book.", ["*"]],
  ["daemon.", ["*"]],
];

/** First parts of the keys of queries that an event of this kind makes old; of an unknown kind all. */
export const queriesOf = (kind: string): readonly string[] =>
  RINGS.find(([begin]) => kind === begin || kind.startsWith(begin))?.[1] ?? ["*"];
