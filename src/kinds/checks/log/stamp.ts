const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `2026-11-20T08:33`, `2026/11/20 08:33` (nginx error log), `20/Nov/2026:08:33` (access log), `Nov 20 08:33` (syslog). */
const ISO = /(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d)/;
const CLF = /(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d)/;
const SYSLOG = /^(?:<\d+>)?([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d)/;
/** `"time":1795161180123` (pino), `"ts":1795161180.12` (zap): milliseconds or seconds since the epoch. */
const EPOCH = /"(?:time|ts|timestamp)": ?(\d{10})(\d{3})?(?:[.,}]|$)/;

/** How much of a line may stand before its time. */
const REACH = 400;

/**
 * Minutes since the epoch of the time a line carries, read as if it were UTC: only good for telling which lines of one
 * log belong together. Syslog lines carry no year and get 1972, a leap year.
 */
export function minuteOf(line: string): number | undefined {
  const head = line.slice(0, REACH);
  const minutes = (year: number, month: number, day: string, hour: string, minute: string): number =>
    Date.UTC(year, month, Number(day), Number(hour), Number(minute)) / 60_000;
  const iso = ISO.exec(head);
  if (iso) return minutes(Number(iso[1]), Number(iso[2]) - 1, iso[3]!, iso[4]!, iso[5]!);
  const clf = CLF.exec(head);
  if (clf) return minutes(Number(clf[3]), MONTHS.indexOf(clf[2]!), clf[1]!, clf[4]!, clf[5]!);
  const syslog = SYSLOG.exec(head);
  if (syslog) return minutes(1972, MONTHS.indexOf(syslog[1]!), syslog[2]!, syslog[3]!, syslog[4]!);
  const epoch = EPOCH.exec(head);
  return epoch ? Math.floor(Number(epoch[1]) / 60) : undefined;
}
