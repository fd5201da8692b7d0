/**
 * A word in Chinese that is the name of a value, by its end: 项目名, 网关IP, 订单号, 源目录. A file or directory may well
 * have a name in Chinese (报表, 巡检记录), so other words of a path are taken as they stand.
 */
export const HAN_NAME =
  /(?:名(?:称|字)?|地址|密码|口令|目录|路径|日期|时间戳|端口|编号|(?<!\d)号|号码|标识|域名|令牌|密钥|版本号|(?:目标|指定|旧|新)版本|(?:备份|目标|源)文件|I[PD]|ip|id)$/;
/** A word in Chinese that points at what only the reader knows, by its beginning. */
export const HAN_YOURS = /^(?:你的?|您的?|某个?|对应的?|具体的?|指定的?|实际的?)/;
/** Programs whose words in Chinese are text, except where a path or an address stands unquoted. */
export const HAN_PLACES = "git curl find";
/** Options whose value is text wherever they stand. */
export const TEXT_OPTIONS =
  "-m --message -d --data --data-raw --data-binary -H --header -F --form --author --title --body";

/** Programs that take what is piped into them as a password, as SQL or as commands. */
export const TAKES_PASSWORD = "passwd chpasswd smbpasswd";
export const TAKES_SQL = "mysql mariadb psql mysqladmin sqlplus sqlite3 clickhouse-client";
export const TAKES_TEXT = `${TAKES_PASSWORD} ${TAKES_SQL} sh bash`;
/** The word for a password where a password stands. */
export const WORD_FOR_PASSWORD = /^(?:the|new|old|your|my)?[-_]?(?:password|passwd|passw|pass|pwd|secret)\d*$/i;
export const SQL_SETS_PASSWORD = /\b(?:identified\s+by|password\s*[(=]?)\s*'([^']{1,60})'/i;

/** The name of a name where SQL wants the name of a thing. */
export const SQL_NAME =
  /\b(?:table|database|schema|index|user|role|view|from|into|update|join)\s+(?:if\s+(?:not\s+)?exists\s+)?[`"']?((?:table|db|database|schema|index|user|role|view|your)[_-]?name)\b/i;
/** A session by the word for it. */
export const SQL_SESSION = /\bkill\s+(?:(?:query|connection)\s+)?((?:(?:thread|process|connection|session)_?)?p?id)\b/i;
/** A session or a log that a server had once. */
export const SQL_ONCE =
  /\bkill\s+(?:(?:query|connection)\s+)?(\d+)\b|\bpg_(?:terminate|cancel)_backend\s*\(\s*(\d+)\s*\)|\b(?:purge\s+(?:binary|master)\s+logs\s+to|(?:master|source)_log_file\s*=)\s*'([^'\s]{1,80}\.\d{6,})'/i;
/** A word in Chinese where SQL wants a name or a value. */
export const SQL_HAN =
  /(?:[=<>(]|\b(?:by|database|table|schema|user|kill|to|from|into|update|like|in))\s*[`"']?([A-Za-z0-9_]{0,20}\p{Script=Han}[\p{Script=Han}\w]{0,40})/giu;

/** `commit_id`: the name of a name, of what only version control has. */
export const NAME_OF_COMMIT = /^(?:commit|revision)[-_](?:id|hash|sha|number)$/i;

/** Marks that make a word a place to fill in: `__POD__`, `[[pod]]`, `【项目名】`, `«pod»`. */
export const MARKED =
  /(?<!\w)__[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*__(?!\w)|\[\[[\p{L}][\p{L}\p{N}_-]{0,60}\]\]|【[^】\s]{1,40}】|«[^»\s]{1,40}»|‹[^›\s]{1,40}›/u;
/** `%pod%`, as another system writes a variable; a program that takes a form has percent signs of its own. */
export const PERCENTS = /(?<![%\w'"])%[a-z][a-z_-]{2,}%(?![%\w])/i;
export const PERCENT_MEANT = "date git hg printf find stat curl ps awk gawk strftime mysql mariadb psql rpm";

/** Programs of UPPER_MEANT with options whose value no one means in capitals. */
export const UPPER_ASKED: readonly (readonly [programs: string, options: string])[] = [
  [
    "iptables ip6tables",
    "-s -d -i -o --source --destination --src --dst --dport --sport --dports --sports --to-destination --to-source --to-ports",
  ],
  ["psql", "-h -U -d -p --host --username --dbname --port"],
  ["mysql mariadb", "-h -u -P -D --host --user --port --database"],
];
