import type { Tool } from "../shell/tool.ts";

/** Clients that carry SQL or another language in their arguments: which options hold it. */
export const SQL_CLIENTS: Readonly<
  Record<string, { readonly options: string; readonly values: string; readonly file: string }>
> = {
  psql: {
    options: "-c --command",
    values: "-h --host -p --port -U --username -d --dbname -v --set -P -o -F",
    file: "-f --file",
  },
  mysql: {
    options: "-e --execute",
    values: "-h --host -P --port -u --user -D --database -S --socket --defaults-file",
    file: "",
  },
  mariadb: { options: "-e --execute", values: "-h --host -P --port -u --user -D --database -S --socket", file: "" },
  sqlite3: { options: "", values: "-cmd -separator", file: "-init" },
  "clickhouse-client": {
    options: "-q --query",
    values: "-h --host --port -u --user --password -d --database",
    file: "--queries-file",
  },
  clickhouse: { options: "-q --query", values: "-h --host --port -u --user --password -d --database", file: "" },
  cqlsh: { options: "-e --execute", values: "-u -p -k", file: "-f --file" },
  sqlcmd: { options: "-Q -q", values: "-S -U -P -d", file: "-i" },
  mongosh: { options: "--eval", values: "--host --port -u -p --authenticationDatabase", file: "-f --file" },
  mongo: { options: "--eval", values: "--host --port -u -p --authenticationDatabase", file: "" },
  cockroach: { options: "-e --execute", values: "--host --port", file: "-f" },
};

export const REDIS_READ =
  "get mget info ping keys scan ttl type exists llen lrange hget hgetall hlen smembers scard zrange zcard dbsize time role strlen config+get slowlog+get slowlog+len client+list client+info cluster+info cluster+nodes cluster+slots memory+usage memory+stats memory+doctor latency+latest latency+doctor latency+history lastsave object+encoding acl+list acl+whoami acl+getuser pttl sentinel+masters sentinel+master sentinel+slaves sentinel+replicas sentinel+get-master-addr-by-name xlen xinfo command module+list monitor";
export const REDIS_DESTROY =
  "flushall flushdb shutdown del unlink debug cluster+reset cluster+forget acl+deluser client+kill sentinel+remove script+flush function+flush swapdb";

const REDIS: Tool = {
  values: "-h -p -a -n -u -s --user --pass --cacert --cert --key -r -i",
  read: REDIS_READ,
  destructive: REDIS_DESTROY,
  write:
    "set mset setex incr decr expire persist rename lpush rpush lpop rpop sadd srem hset hdel zadd zrem config+set config+rewrite config+resetstat save bgsave bgrewriteaof slaveof replicaof failover cluster+failover cluster+meet cluster+addslots cluster+replicate sentinel+failover sentinel+monitor sentinel+set sentinel+reset publish eval auth select acl+setuser slowlog+reset latency+reset memory+purge wait migrate restore client+pause",
  rules: [
    {
      any: "--bigkeys --memkeys --hotkeys --stat --latency --latency-history --scan --intrinsic-latency",
      risk: "read",
      why: "reads",
    },
    { any: "--rdb", risk: "write", why: "writes" },
  ],
};

const KAFKA: Tool = {
  rules: [
    { any: "--delete --delete-offsets", risk: "destructive", why: "destroys" },
    { any: "--create --alter --reset-offsets --execute --add-config", risk: "write", why: "writes" },
    { any: "--list --describe --verify --version --generate", risk: "read", why: "reads" },
  ],
};
const kafka = (...names: readonly string[]): Record<string, Tool> =>
  Object.fromEntries(names.flatMap((name) => [name, `${name}.sh`]).map((name) => [name, KAFKA]));

/** Databases, queues, their dumps. */
export const DATABASES: Readonly<Record<string, Tool>> = {
  "redis-cli": REDIS,
  "valkey-cli": REDIS,
  mysqladmin: {
    values: "-h --host -P --port -u --user -S --socket -i",
    read: "ping status processlist proc version variables extended-status",
    write:
      "create flush-logs flush-hosts flush-tables flush-privileges flush-status refresh reload password start-slave stop-slave shutdown kill",
    destructive: "drop",
    rules: [{ sub: "shutdown", risk: "write", why: "service-state" }],
  },
  mysqldump: {
    base: "read",
    values: "-u -p -h -P -S --user --host --port --socket --ignore-table",
    rules: [
      { any: "-r --result-file -T --tab", risk: "write", why: "dumps" },
      { any: "--master-data --source-data -F --flush-logs", risk: "write", why: "dumps" },
    ],
  },
  mariadbdump: { base: "read" },
  "mariadb-dump": { base: "read", rules: [{ any: "-r --result-file", risk: "write", why: "dumps" }] },
  mysqlcheck: {
    base: "read",
    rules: [{ any: "-r -o --repair --optimize --auto-repair", risk: "write", why: "writes" }],
  },
  xtrabackup: {
    rules: [
      { any: "--backup --prepare", risk: "write", why: "dumps" },
      { any: "--copy-back --move-back", risk: "destructive", why: "restores-over" },
    ],
  },
  mariabackup: {
    rules: [
      { any: "--backup --prepare", risk: "write", why: "dumps" },
      { any: "--copy-back --move-back", risk: "destructive", why: "restores-over" },
    ],
  },
  innobackupex: { base: "write" },
  pg_dump: { base: "read", rules: [{ any: "-f --file", risk: "write", why: "dumps" }] },
  pg_dumpall: { base: "read", rules: [{ any: "-f --file", risk: "write", why: "dumps" }] },
  pg_restore: {
    rules: [
      { any: "-l --list", risk: "read", why: "reads" },
      { any: "-c --clean", risk: "destructive", why: "restores-over" },
      { risk: "write", why: "restores" },
    ],
  },
  pg_ctl: {
    values: "-D --pgdata -l --log -m --mode -o -t",
    read: "status",
    write: "start stop restart reload promote init initdb logrotate",
    destructive: "kill",
  },
  pg_ctlcluster: {
    rules: [
      { match: /\sstatus$/, risk: "read", why: "reads" },
      { risk: "write", why: "service-state" },
    ],
  },
  pg_lsclusters: { base: "read" },
  pg_dropcluster: { rules: [{ risk: "destructive", why: "destroys" }] },
  pg_rewind: {
    rules: [
      { any: "-n --dry-run", risk: "read", why: "rehearses" },
      { risk: "destructive", why: "restores-over" },
    ],
  },
  pgbackrest: {
    values: "--stanza --repo --config --type --target",
    read: "info check verify repo-ls version",
    write: "backup stanza-create start stop archive-push archive-get",
    destructive: "restore expire stanza-delete repo-rm",
  },
  barman: {
    read: "list-backup list-backups list-server check show-backup status diagnose",
    write: "backup cron switch-wal receive-wal sync-backup",
    destructive: "delete recover",
  },
  "wal-g": {
    read: "backup-list wal-show wal-verify",
    write: "backup-push wal-push wal-fetch",
    destructive: "delete backup-fetch",
  },
  patronictl: {
    values: "-c --config-file -d",
    read: "list show-config topology history version dsn",
    write: "restart reload switchover failover pause resume edit-config",
    destructive: "remove reinit flush",
  },
  repmgr: {
    values: "-f",
    read: "cluster+show node+status node+check cluster+matrix cluster+crosscheck cluster+event",
    write:
      "standby+promote standby+switchover standby+register primary+register standby+follow node+rejoin witness+register",
    destructive: "standby+clone primary+unregister",
    dry: "--dry-run",
  },
  mongodump: { base: "write" },
  mongoexport: { base: "write" },
  mongorestore: {
    rules: [
      { any: "--drop", risk: "destructive", why: "restores-over" },
      { risk: "write", why: "restores" },
    ],
  },
  mongoimport: {
    rules: [
      { any: "--drop", risk: "destructive", why: "restores-over" },
      { risk: "write", why: "restores" },
    ],
  },
  influx: {
    read: "ping version query bucket+list",
    write: "write backup restore",
    destructive: "delete bucket+delete",
  },
  rabbitmqctl: {
    values: "-n -p --node --vhost -t",
    read: "status cluster_status list_queues list_exchanges list_bindings list_connections list_channels list_consumers list_users list_vhosts list_permissions list_policies node_health_check report environment eval ping version",
    write:
      "start_app stop_app add_user set_permissions set_user_tags change_password add_vhost set_policy clear_policy join_cluster rotate_logs sync_queue await_startup stop",
    destructive:
      "reset force_reset delete_user delete_vhost delete_queue purge_queue forget_cluster_node close_connection close_all_connections clear_permissions",
  },
  "rabbitmq-diagnostics": { base: "read" },
  "rabbitmq-plugins": { read: "list", write: "enable disable" },
  ...kafka("kafka-topics", "kafka-consumer-groups", "kafka-configs", "kafka-reassign-partitions", "kafka-acls"),
  nodetool: {
    read: "status info ring tpstats cfstats tablestats compactionstats netstats gossipinfo describecluster version",
    write: "flush repair compact snapshot drain enablegossip disablegossip rebuild cleanup upgradesstables scrub",
    destructive: "decommission removenode assassinate clearsnapshot",
  },
};

/** First words of SQL statements by what they do. */
export const SQL_READ =
  /^(select|show|explain|describe|desc|with|values|use|\\[dl]\w*\+?|\\conninfo|\\x|\\timing|\\c|\\q|\\pset|pragma\s+\w+\s*(;|$)|\.(tables|schema|databases|headers|mode|quit|exit)|help|set\s+(names|search_path))\b/i;
export const SQL_DESTROY = /^(drop|truncate|delete|purge|shutdown|kill|reset|flush\s+tables\s+with)\b/i;
export const SQL_WRITE =
  /^(insert|update|replace|merge|upsert|alter|create|grant|revoke|rename|vacuum|analyze|analyse|reindex|cluster|checkpoint|optimize|repair|flush|lock|unlock|set|start|stop|change|begin|commit|rollback|copy|load|import|call|do|comment|refresh|discard|notify|attach|detach|system|pragma)\b/i;
/** Functions that make a SELECT write or cut off. */
export const SQL_ACTING =
  /\b(pg_terminate_backend|pg_cancel_backend|pg_promote|pg_switch_wal|pg_reload_conf|pg_rotate_logfile|pg_drop_replication_slot|pg_create_\w+slot|pg_replication_slot_advance|setval|nextval|lo_(import|unlink|export)|dblink_exec|pg_(wal|xlog)_replay_(pause|resume)|pg_start_backup|pg_stop_backup|pg_backup_start|pg_backup_stop|sleep|pg_file_\w+)\s*\(|\binto\s+(outfile|dumpfile|table\b|\w+\s+from)\b/i;
/** Statements inside a WITH or EXPLAIN ANALYZE that change rows. */
export const SQL_INNER_WRITE = /\b(insert\s+into|update\s+\S+\s+set|merge\s+into)\b/i;
export const SQL_INNER_DESTROY =
  /\b(delete\s+from|truncate\s+|drop\s+(table|database|schema|index|view|user|role|column))\b/i;
/** Calls in a document database's shell. */
export const MONGO_DESTROY = /\.(drop\w*|remove|deleteMany|deleteOne|shutdownServer)\s*\(/;
export const MONGO_WRITE =
  /\.(insert\w*|update\w*|replaceOne|save|createIndex\w*|createUser|createCollection|stepDown|reconfig|initiate|add|compact|killOp|bulkWrite|setFeatureCompatibilityVersion)\s*\(|adminCommand/;
export const MONGO_READ =
  /(rs\.(status|conf|isMaster|printReplicationInfo|printSlaveReplicationInfo|printSecondaryReplicationInfo)|db\.(stats|serverStatus|currentOp|getReplicationInfo|version|isMaster|hello|hostInfo)|show (dbs|collections|users)|\.(find|findOne|count\w*|explain|stats|getIndexes|aggregate)\s*\()/;
