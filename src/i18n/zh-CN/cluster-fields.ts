/** 集群种类的参数，按 docs/clusters.zh-CN.md 的顺序。 */
const MARIADB = {
  data: "数据目录。",
  host: "其他成员和写入者到达它所用的主机。",
  port: "它的端口。",
  user: "以哪个系统用户运行。",
  programs: "程序所在目录；默认按 PATH。",
  config: "它读的唯一一个选项文件；默认为系统的那些。",
  role: "它的配置最后包含、别人都不写的选项文件：主库、备库，或已隔离。",
  unit: "运行它的 systemd 单元；默认以 `user` 启动程序。",
  pid: "它的 pid 文件：演练打击的就是它。",
  wait: "在 `synchronous` 的集群里，提交等待备库多少秒后自行继续；此后确认的内容可能丢失。默认一年。",
  drain: "备库升主之前，收到的内容要在多少秒内应用完。",
  undrained: "没应用完怎么办：不升主，或者升主并说明丢了什么。",
  connect: "它自己的对象如何到达它。",
  "connect.socket": "它的套接字；默认为客户端自己的。",
  "connect.host": "主机（不经套接字到达时）；同时用 `port`。",
  "connect.user": "拥有全部权限的账号：能越过 `read_only` 写入的那种。默认为客户端自己的。",
  "connect.password": "`{secret: 引用}`。",
  "connect.password.secret": "密钥的引用。",
  follow: "成员之间如何到达。",
  "follow.user": "可以复制的账号。",
  "follow.password": "`{secret: 引用}`。按 MariaDB 的惯例，它会存在成员的 `master.info` 里。",
  "follow.password.secret": "密钥的引用。",
  "follow.ssl": "成员之间使用 TLS。",
  clone:
    "在它的对象上执行、以 mbstream 输出主库副本的命令（`ssh db2 mariadb-backup --backup --stream=mbstream`）：写过主库没有的内容的成员重新复制，旧数据留在旁边。命令能用 `$WB_UP_HOST`、`$WB_UP_PORT`。默认拒绝这样的成员。",
  address: "应用写入所用的地址，从 watchbook 所在的机器看过去：代理、名字，或两台主机。",
  "address.host": "主机；多个用逗号隔开：第一个能写的。",
  "address.port": "端口；多个用逗号隔开。",
  "address.user": "可以建表的账号：演练的负载写在那里。",
  "address.database": "写入的数据库。",
  "address.password": "`{secret: 引用}`。",
  "address.password.secret": "密钥的引用。",
};

const POSTGRES = {
  data: "数据目录。",
  host: "其他成员和写入者到达它所用的主机。",
  port: "它的端口。",
  user: "以哪个系统用户运行：PostgreSQL 拒绝 root。",
  programs: "程序所在目录；默认 /usr/lib/postgresql/版本/bin。",
  config: "postgresql.conf 的路径（不在数据目录里时，如 Debian）。",
  unit: "运行它的 systemd 单元；默认由 pg_ctl 启动和停止。",
  synchronous: "有成员跟随时的 synchronous_standby_names；只用于 `synchronous` 的集群。",
  connect: "它自己的对象如何到达它。",
  "connect.host": "套接字所在目录或主机；默认为客户端自己的。",
  "connect.user": "超级用户；默认与 `user` 同名。",
  "connect.database": "询问时所用的数据库。",
  "connect.password": "`{secret: 引用}`。",
  "connect.password.secret": "密钥的引用。",
  follow: "成员之间如何到达。",
  "follow.user": "可以复制和回卷的角色；默认与 `connect` 相同。",
  "follow.password": "`{secret: 引用}`；默认与 `connect` 相同。",
  "follow.password.secret": "密钥的引用。",
  address: "应用写入所用的地址，从 watchbook 所在的机器看过去：代理、名字，或两台主机。",
  "address.host": "主机；多个用逗号隔开，写法同 libpq。",
  "address.port": "端口；多个用逗号隔开。",
  "address.user": "可以建表的角色：演练的负载写在那里。",
  "address.database": "写入的数据库。",
  "address.password": "`{secret: 引用}`。",
  "address.password.secret": "密钥的引用。",
};

/** Patroni 自己管理服务器、同步方式和成员之间的往来。 */
const SERVER = Object.fromEntries(
  Object.entries(POSTGRES).filter(([name]) => !/^(?:unit|synchronous|follow)(?:\.|$)/.test(name)),
);
const PATRONI = {
  ...SERVER,
  patroni: "它的 Patroni。",
  "patroni.url": "Patroni 的 REST API，从它自己的对象看过去。",
  "patroni.config": "Patroni 的配置文件：按它认出进程。",
  "patroni.unit": "运行 Patroni 的 systemd 单元；默认以 `user` 启动 `patroni 配置文件`。",
  "patroni.user": "REST API 的用户（需要登录时）。",
  "patroni.password": "`{secret: 引用}`。",
  "patroni.password.secret": "密钥的引用。",
  "patroni.ca": "给它签发证书的机构的文件，位于它自己的对象上。",
};

const of = (kind: string, fields: Readonly<Record<string, string>>) =>
  Object.entries(fields).map(([name, text]) => [`${kind}.${name}`, text] as const);

export const clusterFields: Readonly<Record<string, string>> = Object.fromEntries([
  ...of("mariadb", MARIADB),
  ...of("patroni", PATRONI),
  ...of("postgres", POSTGRES),
]);
