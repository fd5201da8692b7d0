const under = (prefix: string, table: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(table).map(([name, text]) => [`${prefix}.${name}`, text]));

const MARIADB = {
  connect: "从对象上看，服务器在哪里。",
  "connect.socket": "服务器的套接字。默认：客户端自己的。",
  "connect.host": "主机（不走套接字时）。",
  "connect.port": "端口。",
  "connect.user": "数据库用户；在恢复出的服务器上以 localhost 身份使用。",
  "connect.password": "它的密码：`{secret: 引用}`。",
  "connect.password.secret": "秘密的引用。",
  "connect.database": "查询行时所在的数据库。",
  user: "恢复出的服务器以哪个系统用户运行。默认：mysql。",
  programs: "服务器程序所在目录（装有多个版本时）。默认：按 PATH。",
};

const POSTGRES = {
  connect: "从对象看过去，服务器在哪里。",
  "connect.host": "主机，或套接字所在目录；默认为客户端自己的。",
  "connect.port": "端口。",
  "connect.user": "数据库用户；默认与 `user` 同名。",
  "connect.database": "查询行时所用的数据库；默认 postgres。",
  "connect.password": "`{secret: 引用}`。",
  "connect.password.secret": "密钥的引用。",
  user: "以哪个系统用户运行程序：PostgreSQL 拒绝 root。",
  programs: "服务器程序所在目录；默认 /usr/lib/postgresql/版本/bin，取副本时用最新的。",
  settings: "恢复出的服务器另外需要的设置，如 `shared_preload_libraries`。隔离不受影响。",
};

/** 备份种类参数的中文说明，按“种类.字段”；英文说明写在各种类自己的文件里。 */
export const backupFields: Readonly<Record<string, string>> = {
  ...under("files", {
    path: "被复制的目录，连同属主、权限和时间。",
    exclude: "不复制的 tar 模式：`./cache`、`*.tmp`。",
    changing: "复制期间文件可以变化（日志）；否则拒绝这样的副本。",
  }),
  ...under("mariadb", {
    ...MARIADB,
    binlog: "服务器 binlog 或其归档所在目录：恢复到时点时需要。",
    increments: "连续这么多份只存自上一份以来的变化，然后再做一份全量。默认：0。",
  }),
  ...under("mariadb-dump", {
    ...MARIADB,
    databases: "要转储的数据库。默认：全部，含用户与权限。",
    compress: "用 gzip 压缩。默认：true。",
  }),
  ...under("redis", {
    connect: "从对象上看，服务器在哪里。",
    "connect.socket": "服务器的套接字。",
    "connect.host": "主机。默认：127.0.0.1。",
    "connect.port": "端口。默认：6379。",
    "connect.user": "访问控制表里的用户。默认：`default`。",
    "connect.password": "它的密码：`{secret: 引用}`。",
    "connect.password.secret": "秘密的引用。",
    user: "恢复出的服务器以哪个系统用户运行。默认：redis。",
  }),
  ...under("postgres", {
    ...POSTGRES,
    archive: "WAL 归档目录，恢复时只读；没有它就只能恢复到副本结束时。",
  }),
  ...under("postgres-dump", {
    ...POSTGRES,
    database: "只取这一个数据库；默认全部，各自为各自的一个时刻。角色总会一并带上。",
  }),
  ...under("pgbackrest", {
    ...POSTGRES,
    stanza: "stanza，与 pgBackRest 的配置一致。",
    config: "它的配置文件；默认为 pgBackRest 自己的。",
    type: "复制什么：全部，或自上次全量、上次副本以来的变化。",
    replay: "最新时点指 WAL 归档的末尾；否则指副本结束时。",
  }),
};
