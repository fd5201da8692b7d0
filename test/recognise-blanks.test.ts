// What a reader must fill in before a block can run is never run as it stands, however it is written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fence, statesOf } from "./kit/blocks.ts";

const HELD: readonly (readonly [why: string, ...lines: string[]])[] = [
  ["a path of nowhere", "DATA=/path/to/data", "rm -rf $DATA/*"],
  ["your own name", "NAMESPACE=your-namespace", "kubectl -n $NAMESPACE delete pod --all"],
  ["letters for an address", "HOST=x.x.x.x", "ssh root@$HOST systemctl stop mysqld"],
  ["crosses in quotes", 'POD="xxx"', "kubectl delete pod $POD"],
  ["dots", "POD=...", "kubectl delete pod $POD"],
  ["a letter for a digit", "VERSION=1.2.x", "helm upgrade app ./chart --version $VERSION"],
  ["a host of the examples", "DOMAIN=example.com", "certbot certonly -n -d $DOMAIN"],
  ["a word in Chinese", "DB=数据库名", 'mysql -e "drop database $DB"'],
  ["the variable's own word", "DIR=DATA_DIR", "rm -rf /$DIR"],
  ["a name of a name", "POD=pod-name", "kubectl delete pod $POD"],
  ["the word for a password", "PASSWORD=password", "mysqladmin -uroot password $PASSWORD"],
  ["in front of a command", "NS=your-namespace helm uninstall web"],
  ["in a word of export", "export DIR=DATA_DIR", "rm -rf /$DIR"],
  ["a process of the author's", "PID=12345", "kill -9 $PID"],
  ["a pod of the author's", "POD=web-7d9f8b6c5d-x2x4z", "kubectl delete pod $POD"],
  ["a date that names a backup", "DATE=20240101", "tar xf /backup/db-$DATE.tar.gz -C /data"],
  ["the date of a backup by its name", "BACKUP_DATE=2024-01-01", "./restore.sh"],
  ["a date in braces", "DAY='2024-01-01'", 'tar xf "/srv/backup/${DAY}/db.tar" -C /data'],
  ["nothing behind the sign", "NS=", 'kubectl delete pod --all -n "$NS"'],
  ["nothing between the quotes", 'NS=""', 'kubectl delete pod --all -n "$NS"'],
  ["nothing, exported", "export NS=", 'kubectl delete pod --all -n "$NS"'],
];
for (const [why, ...lines] of HELD)
  test(`a variable that is to be filled in is ambiguous: ${why}`, async () => {
    assert.deepEqual(await statesOf(`Do it:\n\n${fence(...lines)}`), ["ambiguous"]);
  });

const RUNS: readonly (readonly [what: string, ...lines: string[]])[] = [
  ["a real path", "DATA=/srv/app/cache", "rm -rf $DATA/*"],
  ["a mode in capitals", "MODE=READ_ONLY", "./switch.sh $MODE"],
  ["an instance in capitals", "ORACLE_SID=PROD_DB", "./backup.sh"],
  ["a date that is made", "DATE=$(date +%Y%m%d)", "tar xf /backup/db-$DATE.tar.gz -C /data"],
  ["a date that names no backup", "SINCE=20240101", "./report.sh --since $SINCE"],
  ["set later", "NS=", "NS=$(cat /etc/app/namespace)", 'kubectl get pod -n "$NS"'],
  ["read", "NS=", "read -r NS < /etc/app/namespace", 'kubectl get pod -n "$NS"'],
  ["collected in a loop", "list=", 'for one in a b; do list="$list $one"; done', "echo $list"],
  ["emptied for one command", "http_proxy= curl -fsS http://127.0.0.1/health"],
  ["the separator of one read", "IFS= read -r line < /etc/app/version", 'echo "$line"'],
  ["options that may be none", 'OPTS=""', "rsync -a $OPTS /srv/app/ /backup/app/"],
  ["text for a reader", 'MSG="备份完成..."', 'logger "$MSG"'],
  ["a form of a date", "FORMAT=YYYYMMDD", "./report.sh --format $FORMAT"],
  ["options of a virtual machine", 'JAVA_OPTS="-Xmx2g -XX:+UseG1GC" ./start.sh'],
  ["a count that is no process", "PIDS_LIMIT=4096", "echo $PIDS_LIMIT > /sys/fs/cgroup/app/pids.max"],
];
for (const [what, ...lines] of RUNS)
  test(`a variable that says what it is stays runnable: ${what}`, async () => {
    assert.deepEqual(await statesOf(`Do it:\n\n${fence(...lines)}`), ["recognised"]);
  });

const WRITTEN: readonly (readonly [why: string, ...lines: string[]])[] = [
  ["a password in Chinese", 'echo "新密码" | passwd --stdin root'],
  ["a password in Chinese through sudo", 'echo "新密码" | sudo passwd --stdin root'],
  ["a password on another host", "ssh db01 'echo 新密码 | passwd --stdin root'"],
  ["the word for a password", "echo 'root:password' | chpasswd"],
  ["a password in SQL", "mysql -e \"ALTER USER root@localhost IDENTIFIED BY '新密码'\""],
  [
    "the word for a password in SQL",
    "mysql -e \"UPDATE mysql.user SET authentication_string=PASSWORD('newpass') WHERE User='root'\"",
  ],
  ["the word for a password of a cache", "redis-cli -a password flushall"],
  ["a marked word in a path", "rm -rf /data/【项目名】/cache"],
  ["a word in a path", "rm -rf /data/项目名/*"],
  ["a quoted word in a path", 'rm -rf "/data/项目名"'],
  ["a host", "scp a.conf root@网关IP:/etc/"],
  ["the host of a copy", "rsync -av --delete /data/ 备机IP:/data/"],
  ["the host of an address", "curl -X POST http://服务器IP:8080/reload"],
  ["a directory", "rsync -av --delete 源目录/ /data/"],
  ["a unit", "systemctl restart 服务名.service"],
  ["what a stream editor puts in", "sed -i 's/旧IP/新IP/g' /etc/hosts"],
  ["a value in SQL", 'mysql -e "DELETE FROM orders WHERE id=订单号"'],
  ["a name in SQL, piped", 'echo "drop database 数据库名" | mysql'],
  ["a name in SQL, in a document", "mysql <<'SQL'", "drop database 数据库名;", "SQL"],
  ["a name in SQL, in a document that is piped", "cat <<'SQL' | mysql", "drop database 数据库名;", "SQL"],
  ["a log of the author's", "mysql -e \"PURGE BINARY LOGS TO 'mysql-bin.000123'\""],
  ["a session of the author's", 'mysql -e "KILL 12345"'],
  ["the name of a table", 'psql -c "drop table table_name"'],
  ["braces and capitals", "kubectl delete pod {POD}"],
  ["lines below", "kubectl delete pod __POD__"],
  ["percent signs", "kubectl delete pod %pod%"],
  ["double brackets", "kubectl delete pod [[pod]]"],
  ["angles of a book", "kubectl delete pod «pod»"],
  ["it goes here", "kubectl delete pod pod-name-here"],
  ["a stand-in", "kubectl delete pod the-pod"],
  ["a stand-in of several words", "docker rm -f some-old-container"],
  ["a stand-in behind its option", "kubectl drain --ignore-daemonsets the-node"],
  ["a stand-in for a host", "ssh root@that-server systemctl stop mysqld"],
  ["the name of a commit", "git reset --hard commit_id"],
  ["the word for a process", "kill -9 PID"],
  ["an address behind its option", "iptables -A INPUT -s IP_ADDRESS -j DROP"],
  ["a host behind its option", 'psql -h HOST -U app -d shop -c "drop table orders"'],
];
for (const [why, ...lines] of WRITTEN)
  test(`a place to fill in is ambiguous: ${why}`, async () => {
    assert.deepEqual(await statesOf(`Do it:\n\n${fence(...lines)}`), ["ambiguous"]);
  });

const MEANT: readonly (readonly [what: string, ...lines: string[]])[] = [
  ["a name that begins like a stand-in", "systemctl restart the-pod-watcher"],
  ["a path of an article", "rm -rf /srv/the-node/cache"],
  ["an image by its name", "docker pull the-lounge"],
  ["a form of a date", "date +%Y%m%d%H"],
  ["a form of a status", "curl -fsS -o /dev/null -w '%{http_code}' http://127.0.0.1/health"],
  ["a form of a list", "find /srv/app -printf '%p'"],
  ["colours of a log", "git log --oneline --pretty=format:'%Cred%h%Creset'"],
  ["a test", "if [[ -f /etc/app.conf ]]; then systemctl reload app; fi"],
  ["a program of awk", "ps aux | awk '{print $1}'"],
  ["names and places of a tool", "docker ps --format '{{.Names}}'"],
  ["several names of a file", "cp /etc/app.{conf,bak} /srv/"],
  ["a signal", "kill -TERM $(cat /run/app.pid)"],
  ["a chain", "iptables -A INPUT -j DROP"],
  ["chains of one's own", "iptables -A DOCKER_USER -s 10.0.0.0/8 -j LOG_DROP"],
  ["a question in SQL", 'psql -c "SELECT count(*) FROM pg_stat_activity"'],
  ["columns of a catalogue", 'psql -c "SELECT table_name FROM information_schema.tables"'],
  [
    "sessions by their state",
    "psql -c \"select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle'\"",
  ],
  ["values in Chinese", "mysql -e \"UPDATE orders SET status='已完成' WHERE state='待支付'\""],
  ["a pattern in SQL", "mysql -e \"SELECT id FROM hosts WHERE name LIKE '%pod%'\""],
  ["lines below of a language", "find /srv/app -name __pycache__ -exec rm -rf {} +"],
  ["a commit before this one", "git reset --hard HEAD~1"],
  ["a commit that is followed", "git reset --hard '@{u}'"],
  ["a word for a reader", 'echo "备份完成"'],
  ["a word for the log", "logger 重启完成"],
  ["a word to look for", "grep 错误 /var/log/app.log"],
  ["a message between marks", 'send-alert "【告警】磁盘"'],
  ["a file in Chinese", "cp -a /data/报表/日报.xlsx /backup/"],
  ["a room with a number", "touch /data/1号机房/状态.txt"],
  ["a template that is filled in", "sed -i 's/数据库IP/10.0.0.5/' /etc/app.conf"],
  ["a password that is made", "openssl rand -base64 12 | passwd --stdin root"],
];
for (const [what, ...lines] of MEANT)
  test(`what looks like a place to fill in and is none stays runnable: ${what}`, async () => {
    assert.deepEqual(await statesOf(`Do it:\n\n${fence(...lines)}`), ["recognised"]);
  });
