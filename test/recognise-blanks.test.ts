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
