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

const TREE = {
  path: "被复制的目录，连同属主、权限和时间。",
  exclude: "不复制的模式：`./cache` 从根算起，`*.tmp` 任何位置。",
  changing: "复制期间文件可以变化（日志）；否则拒绝这样的副本。",
  quiesce: "复制目录期间让写入者静止。",
  "quiesce.before": "让写入者静止的命令：`systemctl stop node`。",
  "quiesce.when":
    "只有写入者在工作时才以 0 结束的命令；否则对它什么也不做。`systemctl stop 单元` 的默认值：该单元是否在运行。",
  "quiesce.limit": "超过这么多秒后由对象自己放行写入者，这份副本则被拒绝。默认一小时。",
  "quiesce.after": "让它继续的命令；无论如何都会执行，复制失败时也一样。",
};

/** 备份种类参数的中文说明，按“种类.字段”；英文说明写在各种类自己的文件里。 */
export const backupFields: Readonly<Record<string, string>> = {
  ...under("volume", {
    volume: "卷名，与 docker volume ls 所列一致；Compose 的是 `项目_卷`。",
    still: "复制期间对使用它的容器做什么；none：它们继续写。默认 pause（暂停）。",
    limit: "超过这么多秒后由对象自己让它们继续，这份副本则被拒绝。默认一小时。",
    exclude: TREE.exclude,
    changing: TREE.changing,
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
    escrow: "保存在别处的仓库口令：每次备份、每次检查都证明它能打开仓库。有几个仓库时，对每一个都证明。",
    "escrow.secret": "密钥的引用名。",
    escrows: "按仓库编号给出同样的口令，用于口令各不相同的仓库。",
    gone: "pgBackRest 中永远没有了、配置里也已去掉的仓库编号：在那里有副本的备份集，查看和清理时不再找它。",
    repos: "除第一个仓库以外，每次备份还要写入的 pgBackRest 仓库编号。从同一编号的第二存放处恢复时，只读该仓库。",
    replay: "最新时点指 WAL 归档的末尾；否则指副本结束时。",
  }),
  ...under("files", TREE),
  ...under("archive", { ...TREE, name: "归档的名字，不含后缀。", compress: "压缩方式。" }),
  ...under("restic", {
    path: "被复制的目录。",
    repository: "对象上的目录，或 restic 的仓库地址（`sftp:`、`rest:`、`s3:`），不含密码。",
    password: "仓库的密码。",
    "password.secret": "密钥的引用名。",
    credentials: "restic 连接仓库所需的变量，例如 AWS_SECRET_ACCESS_KEY。",
    options: "restic 的扩展选项（`-o`），例如 `sftp.command`。",
    prune: "遗忘快照后立即收回空间。",
    create: "没有仓库时创建它。",
    exclude: "restic 的模式，匹配的不复制。",
    escrow: "仓库的第二把密钥，保存在别处：每次检查都证明它能打开仓库。",
    "escrow.secret": "密钥的引用名。",
    gone: "以前的备份集用过、而永远没有了的仓库：清理这些备份集时不再找它。",
    check: "检查时完整读取什么：这个快照，还是整个仓库。",
  }),
  ...under("key", {
    path: "密钥文件；除属主外谁也不许读。",
    fingerprint: "必须是这把密钥，换了就拒绝。不写：换了也照取，并如实告知。",
    recipient: "唯一能打开副本的人：age 接收者（`age1…`）或 PEM 证书。不写：不加密。",
    private: "接收者的私钥，保存在别处：恢复时需要；给了它，每次检查都证明能打开副本。",
    "private.secret": "密钥的引用名。",
  }),
};
