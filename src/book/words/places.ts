const SEPARATOR = /\s*(?:[\u3001,\uff0c;\uff1b+\uff0b&]|\s(?:and|plus)\s|以及|和)\s*/;
const NOWHERE = /^(?:|-+|—+|n\/?a|none|无|不适用)$/i;

/** Places a cell names (`本地 + 远程`, `S3, off-site`). A slash does not split: paths have them. */
export const splitPlaces = (cell: string): readonly string[] =>
  cell
    .split(SEPARATOR)
    .map((place) => place.trim())
    .filter((place) => !NOWHERE.test(place));

/** Something a log or file can lie in: a path, an address, or a log system by name. */
export const LOG_PLACE =
  /[/\\]|\b(?:journalctl|journald|journal|syslog|stdout|stderr|loki|elasticsearch|elk|kibana|cloudwatch|splunk|stackdriver|datadog|graylog|victorialogs|docker logs|kubectl logs)\b|\.log\b|标准输出|日志平台|日志系统|集中日志/i;

/** Something a person can be reached by. */
export const REACHABLE =
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:^|[^\w])[#@][\p{L}\w-]{2,}|\+?\d[\d\s()-]{5,}\d|https?:\/\/|(?:slack|teams|pagerduty|opsgenie|微信|钉钉|飞书|分机|\bext\.?)\s*[:：#]?\s*\S+/iu;

/** A calendar date as people write it. */
export const DATE =
  /\b(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{1,2})?|\b\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3,9})[-/., ]+(?:19|20)?\d{2}\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (?:\d{1,2},? )?(?:19|20)\d{2}\b/i;
