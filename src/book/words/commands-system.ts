import type { Tool } from "../shell/tool.ts";

const SIGNALS: Tool = {
  rules: [
    { match: /(^|\s)-(s\s*)?(9|KILL|SIGKILL)(\s|$)|--signal[= ](9|KILL|SIGKILL)/i, risk: "destructive", why: "kill-9" },
    { any: "-0 -l -L --list", risk: "read", why: "reads" },
    { risk: "write", why: "signals" },
  ],
};
const MDADM: Tool = {
  rules: [
    { any: "-D --detail --examine -E --query -Q", risk: "read", why: "reads" },
    { any: "--zero-superblock --stop -S --remove --fail", risk: "destructive", why: "destroys" },
    { risk: "write", why: "writes" },
  ],
};

/** Services, users, kernel, disks. */
export const SYSTEM: Readonly<Record<string, Tool>> = {
  systemctl: {
    values: "-t --type --state -p --property -n --lines -H --host -M --machine -s --signal",
    base: "read",
    read: `status is-active is-enabled is-failed list-units list-unit-files list-timers list-sockets list-dependencies
      list-jobs show cat help get-default show-environment is-system-running`,
    write: `start stop restart reload try-restart reload-or-restart try-reload-or-restart enable disable reenable mask
      unmask daemon-reload daemon-reexec reset-failed set-property edit link preset add-wants set-default set-environment
      import-environment revert`,
    destructive: "kill poweroff reboot halt rescue emergency isolate kexec suspend hibernate clean",
  },
  service: {
    rules: [
      { match: /--status-all|\sstatus$/, risk: "read", why: "reads" },
      { match: /\s(start|stop|restart|reload|force-reload|condrestart)$/, risk: "write", why: "writes" },
    ],
  },
  journalctl: {
    base: "read",
    rules: [
      { match: /--vacuum-/, risk: "destructive", why: "clears-log" },
      { any: "--rotate --flush --sync --setup-keys", risk: "write", why: "writes" },
    ],
  },
  loginctl: {
    base: "read",
    read: "list-sessions list-users show-session show-user session-status",
    write: "enable-linger disable-linger lock-session",
    destructive: "terminate-session terminate-user kill-session kill-user",
  },
  hostnamectl: { base: "read", read: "status hostname", write: "set-hostname set-deployment" },
  timedatectl: {
    base: "read",
    read: "status show list-timezones timesync-status",
    write: "set-timezone set-ntp set-time",
  },
  hostname: {
    rules: [
      { match: /^[^-\s]/, risk: "write", why: "writes" },
      { risk: "read", why: "reads" },
    ],
  },
  chronyc: { read: "tracking sources sourcestats activity ntpdata", write: "makestep burst online offline" },
  ntpq: { base: "read" },
  kill: SIGNALS,
  pkill: SIGNALS,
  killall: SIGNALS,
  skill: SIGNALS,
  fuser: { base: "read", rules: [{ any: "-k --kill", risk: "destructive", why: "kill-9" }] },
  sysctl: {
    rules: [
      { any: "-w -p --write --load --system", risk: "write", why: "kernel" },
      { match: /\S=/, risk: "write", why: "kernel" },
      { risk: "read", why: "reads" },
    ],
  },
  fdisk: {
    rules: [
      { any: "-l --list", risk: "read", why: "reads" },
      { risk: "destructive", why: "partitions" },
    ],
  },
  parted: {
    rules: [
      { any: "-l --list", risk: "read", why: "reads" },
      { match: /\sprint$/, risk: "read", why: "reads" },
      { risk: "destructive", why: "partitions" },
    ],
  },
  sfdisk: {
    rules: [
      { any: "-l -d --list --dump", risk: "read", why: "reads" },
      { risk: "destructive", why: "partitions" },
    ],
  },
  blkid: { base: "read" },
  mount: {
    rules: [
      { match: /^(-l)?$/, risk: "read", why: "reads" },
      { risk: "write", why: "mounts" },
    ],
  },
  umount: { rules: [{ risk: "write", why: "mounts" }] },
  smartctl: { base: "read", rules: [{ any: "-t --test -s", risk: "write", why: "writes" }] },
  mdadm: MDADM,
  zpool: {
    read: "list status iostat history get",
    write: "create add attach detach online offline scrub import export clear set replace upgrade",
    destructive: "destroy remove labelclear",
  },
  zfs: {
    read: "list get diff",
    write: "create snapshot set mount unmount send receive clone promote rename",
    destructive: "destroy rollback",
  },
  btrfs: {
    read: "subvolume+list filesystem+show filesystem+df filesystem+usage scrub+status device+stats",
    write: "subvolume+create subvolume+snapshot balance scrub+start",
    destructive: "subvolume+delete device+remove",
  },
  getenforce: { base: "read" },
  auditctl: {
    base: "read",
    rules: [
      { any: "-D -d", risk: "destructive", why: "destroys" },
      { any: "-w -a -e", risk: "write", why: "writes" },
    ],
  },
  ausearch: { base: "read" },
  aureport: { base: "read" },
  faillog: { base: "read" },
  fail2ban: { base: "unknown" },
  "fail2ban-client": { read: "status ping version get", write: "reload start stop set unban" },
  supervisorctl: {
    values: "-c -s -u -p",
    base: "read",
    read: "status avail pid tail maintail version",
    write: "start stop restart reload update reread add signal",
    destructive: "remove shutdown clear",
  },
  pm2: {
    read: "status list ls show describe info logs monit prettylist jlist env",
    write: "start stop restart reload save startup scale reset flush resurrect",
    destructive: "delete kill",
  },
  rc: { base: "unknown" },
  "rc-service": {
    rules: [
      { match: /\sstatus$/, risk: "read", why: "reads" },
      { match: /\s(start|stop|restart)$/, risk: "write", why: "writes" },
    ],
  },
  strace: { base: "read" },
  ltrace: { base: "read" },
  gdb: { base: "unknown" },
  perf: { base: "read", rules: [{ sub: "record", risk: "write", why: "writes" }] },
  sudo: { rules: [{ any: "-l -v --list", risk: "read", why: "reads" }] },
  loadkeys: { base: "write" },
  nvidia: { base: "unknown" },
  "nvidia-smi": { base: "read", rules: [{ any: "-r --gpu-reset -pm -pl -mig", risk: "write", why: "writes" }] },
  ipmitool: {
    read: "sensor sdr sel+list chassis+status fru lan+print mc+info power+status chassis+power+status",
    write: "chassis+identify",
    destructive: "power chassis+power sel+clear mc+reset",
    values: "-H -U -P -I -f",
  },
  nginx: {
    values: "-c -p -g -s -e",
    rules: [
      { any: "-t -T -v -V", risk: "read", why: "reads" },
      { risk: "write", why: "writes" },
    ],
  },
  apachectl: {
    read: "configtest status fullstatus",
    write: "start stop restart graceful",
    rules: [{ any: "-t -S -v -V -M", risk: "read", why: "reads" }],
  },
  apache2ctl: {
    read: "configtest status fullstatus",
    write: "start stop restart graceful",
    rules: [{ any: "-t -S -v -V -M", risk: "read", why: "reads" }],
  },
  sshd: { rules: [{ any: "-t -T", risk: "read", why: "reads" }] },
  haproxy: { rules: [{ any: "-c -v -vv", risk: "read", why: "reads" }] },
  named: { base: "unknown" },
  rndc: { read: "status", write: "reload reconfig flush" },
  certbot: {
    read: "certificates show_account",
    write: "renew certonly run install register",
    destructive: "delete revoke unregister",
    dry: "--dry-run",
  },
  openssl: {
    rules: [
      {
        match: /^(genrsa|genpkey|ecparam|req|ca|pkcs12|enc|rsautl|pkeyutl|dhparam|rand)\b[^|]*\s-out\s/,
        risk: "write",
        why: "writes",
      },
      {
        match:
          /^(x509|s_client|verify|version|ciphers|crl|ocsp|dgst|rsa|ec|pkey|asn1parse|speed|rand|req|pkcs12|errstr|sess_id)\b/,
        risk: "read",
        why: "reads",
      },
    ],
  },
  virsh: {
    read: "list dominfo domstate pool-list net-list vol-list snapshot-list dumpxml",
    write: "start shutdown reboot suspend resume define snapshot-create-as autostart",
    destructive: "destroy undefine snapshot-delete vol-delete pool-delete",
  },
};
