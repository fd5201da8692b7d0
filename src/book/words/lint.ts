/** Words that the lint rules recognise, Chinese and English. */
export const REFERENCES = /参考(?:资料|文档|文献)|引用文件|references?|related documents/iu;
export const CHECK_SCRIPT = /health|check|backup|monitor|watch|prune|cleanup|rotate/i;
/** Folders whose files are written once and dated. */
export const REPORT_FOLDER = /(?:^|\/)(?:\d+-)?(?:reports?|inspections?|incidents?|报告|巡检记录)\//iu;
/** Folders whose files live on under one name. */
export const UNDATED_KINDS = /(?:^|\/)(?:\d+-)?(?:sops?|policies|policy|runbooks?|checklists?|规程|制度)\//iu;

/** Data of a backup table → pattern of the file names a script copies for it. */
export const BACKUP_DATA: readonly { readonly words: RegExp; readonly files: RegExp }[] = [
  { words: /密钥|私钥|身份|identity|\bkeys?\b|secret/iu, files: /identity|\.key\b|\.pem\b|id_(?:rsa|ed25519)|secret/i },
  { words: /配置|config/iu, files: /config|\.ya?ml\b|\.conf\b|\.toml\b/i },
  { words: /证书|certificate/iu, files: /cert|\.crt\b|\.pem\b/i },
  { words: /数据库|database/iu, files: /dump|\.sql\b|pg_|mysql|mariadb/i },
];
/** Files that come and go beside what is kept. */
export const PASSING_FILE = /\.(?:tmp|temp|part|partial|swp|lock|pid|log|err|out)\b|^(?:tmp|temp)|^\.\w/i;
/** Storage that is named by a quality, not by a place. */
export const UNNAMED_STORAGE =
  /^(?:安全存储|安全的?地方|某处|待定|secure storage|a?\s*safe place|somewhere safe|tbd)$/iu;
export const CONNECTIONS = /连接|connections?|peers?/iu;
export const APPROVED = /^(?:已批准|已审批|已发布|批准|approved|released|final)$/iu;
export const UNSIGNED = /待签|待定|未签|pending|to be signed|tbd|_{3,}/iu;
/** Signs of a log that other laws than the team's own keep. */
export const AUDIT_LOG = /审计|audit/iu;
export const NETWORK_LOG = /日志|logs?|journal/iu;
/** Setting names that mean the same limit. */
export const CONNECTION_METRIC = /^(?:最大)?连接数|^(?:max(?:imum)?\s*)?connections?$|在线连接/iu;
export const PREPARE = /备份|backup|save|保存/iu;
/** Products with the day their support ended; sources in docs/findings.md. */
export const END_OF_LIFE: readonly {
  readonly words: RegExp;
  readonly product: string;
  readonly ended: string;
  readonly instead: string;
}[] = [
  {
    words: /\bCentOS(?: Linux)? 8\b(?!\s*Stream)/i,
    product: "CentOS Linux 8",
    ended: "2021-12-31",
    instead: "Rocky Linux 9, AlmaLinux 9, Debian 12",
  },
  {
    words: /\bCentOS(?: Linux)? 7\b/i,
    product: "CentOS Linux 7",
    ended: "2024-06-30",
    instead: "Rocky Linux 9, AlmaLinux 9, Debian 12",
  },
  { words: /\bUbuntu (?:Server )?18\.04\b/i, product: "Ubuntu 18.04", ended: "2023-05-31", instead: "Ubuntu 24.04" },
  { words: /\bUbuntu (?:Server )?20\.04\b/i, product: "Ubuntu 20.04", ended: "2025-05-31", instead: "Ubuntu 24.04" },
  { words: /\bDebian (?:GNU\/Linux )?10\b/i, product: "Debian 10", ended: "2024-06-30", instead: "Debian 12" },
  {
    words: /\bPostgreSQL (?:1[0-2]|9)(?:\.\d+)?\b/i,
    product: "PostgreSQL 12 or older",
    ended: "2024-11-21",
    instead: "PostgreSQL 16 or newer",
  },
  { words: /\bMySQL 5\.7\b/i, product: "MySQL 5.7", ended: "2023-10-31", instead: "MySQL 8.4" },
  {
    words: /\bNode(?:\.js)? ?(?:1[0-8])\b/i,
    product: "Node.js 18 or older",
    ended: "2025-04-30",
    instead: "Node.js 24",
  },
  { words: /\bPython ?2(?:\.7)?\b/i, product: "Python 2", ended: "2020-01-01", instead: "Python 3" },
  { words: /\bRedis 6\.0\b/i, product: "Redis 6.0", ended: "2022-02-28", instead: "Redis 7.2 or Valkey 8" },
];
/** Some product of the list stands in the text, with a number behind it: digits are rarer than letters, so they come first. */
export const ANY_PRODUCT =
  /\d(?<=(?:centos|ubuntu|debian|postgresql|mysql|node(?:\.js)?|python|redis)(?: linux| server| gnu\/linux)? ?\d)/i;
/** A line that speaks of leaving a product, not of asking for it. */
export const LEFT_BEHIND =
  /\b(?:dropp?(?:ed|ing)?|removed?|no longer|not supported|unsupported|deprecated|end[- ]of[- ]life|eol|left behind|last release|legacy|formerly|previously|until|migrat\w+ (?:from|off)|upgrad\w+ from|older than|instead of|replac\w+)\b|不再|已停止|停止(?:支持|维护)|弃用|废弃|淘汰|旧版本?|历史|迁移自|请先升级|升级前/i;
/** Terms of one technology in a book that says it runs on another. */
export const MISFITS: readonly {
  readonly term: RegExp;
  readonly name: string;
  readonly unless: RegExp;
  readonly because: RegExp;
  readonly why: string;
}[] = [
  {
    term: /\bJVM\b/,
    name: "JVM",
    unless: /\b(?:Java|Kotlin|Scala|Tomcat|Elasticsearch 语言)\b/,
    because: /\bGo(?:lang)?\b/,
    why: "Go",
  },
  {
    term: /数据库查询缓存|query cache/iu,
    name: "query cache",
    unless: /\bMySQL 5\b|\bMariaDB\b/,
    because: /\bMySQL 8/,
    why: "MySQL 8",
  },
];

/** A label that announces a secret, then its value on the same line; prose after the label is not a value. */
export const PASSWORD_LABEL =
  /((?:(?<![\w-])[\w-]*(?:password|passwd|pwd|secret_key|api_?key|access_?token))|密码|口令)["'`*]*\s*[:=：＝]\s*["'`]?([!-~]{4,})/iu;
/** A password on a command line, where every user of the host can read it: mysql -pX, sshpass -p X, curl -u a:X. */
export const PASSWORD_ARGUMENT =
  /\b(mysql\w*|mariadb[\w-]*)\s(?:[^|;]*\s)?-p([^\s"'$<{*-][^\s"'|;]{3,})|\b(sshpass)\s+-p\s*["']?([^\s"'$<{*][^\s"'|;]{3,})|\b(curl)\s(?:[^|;]*\s)?(?:-u|--user)\s+["']?[^\s:"'$<{]+:([^\s"'$<{*][^\s"'|;]{3,})/;
/** Some such label stands in the text: one cheap look spares a look at every line. */
export const ANY_PASSWORD =
  /passw|passphrase|pwd|sshpass|\s-p\S|curl[^\n]{0,200}\s(?:-u|--user)\s|secret_key|api_?key|access_?token|密码|口令/iu;
/** Values that stand for a secret or refer to one. */
export const PASSWORD_STAND_IN =
  /^(?:<.*|\$.*|\{\{.*|%.*%|\*+.*|x{3,}.*|\.{3,}|your[-_].*|change-?me.*|env:.*|file:.*|vault.*|secret[-_]?ref.*|null|none|true|false|required|string|prompt|read|见.*|https?:\/\/.*|\(.*|\[.*|-.*|#.*|\/.*|\d{1,4}|example.*|password|passwd|pwd|secret|placeholder.*|redacted.*|os\..*|process\..*|getenv.*|!(?:vault|ref|sub|getatt|secret|env)\b.*|enc\[.*)$/iu;
