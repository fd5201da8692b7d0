import type { Tool } from "../shell/tool.ts";
import { CONTAINERS } from "./commands-containers.ts";
import { DATABASES } from "./commands-databases.ts";
import { FILES } from "./commands-files.ts";
import { PACKAGES } from "./commands-packages.ts";
import { SYSTEM } from "./commands-system.ts";
import { NETWORK } from "./commands-network.ts";

/** Programs that only look, whatever their arguments; they may be followed by redirections, which are judged apart. */
export const READERS = `
  export set unset declare local readonly trap shopt : [ [[ (( alias arch base32 base64 basename blkid break cal cat cd cksum cmp column comm continue cut
  df diff dig dirname dirs dmidecode du echo egrep env exit expr factor false fgrep file findmnt fold free getconf
  getent getfacl getopts grep groups head hexdump history hostid host hash htop atop id iftop iostat iotop jobs jq
  last lastb lastlog less ll ldd locale locate logname ls lsattr lsb_release lsblk lscpu lshw lsmod lsof lspci lsusb
  lvs lvdisplay man md5sum mdatp minfo modinfo more mountpoint mpstat mtr nethogs nload nm nproc nslookup numfmt od
  paste pathchk pgrep pidof pidstat ping ping6 popd pr printenv printf ps pstree pushd pv pvs pvdisplay pwd pwdx
  read readelf readlink realpath return rev rg sar seq sha1sum sha256sum sha512sum shift shuf size sleep
  smem sort ss stat strings sum tac tail test time times top tr traceroute tracepath tree true tsort
  tty type ulimit umask uname unexpand uniq uptime users vgs vgdisplay vmstat w wait wc whatis whereis which who
  whoami xxd yes yq zcat zgrep zless zdiff xzcat bzcat nfsstat netstat arp numastat slabtop dstat glances
  ifstat bmon whois stern kubetail multitail sha224sum b2sum nl look apropos info promtool amtool lsns
  ack ag bat fd exa eza hostname-list pg_isready pg_controldata pg_waldump mysqlbinlog redis-check-aof zstdcat
`;

/** Programs that change something and destroy nothing by themselves. */
export const WRITERS = `
  cp mv mkdir touch chmod chown chgrp ln install mktemp tee split csplit patch rename setfacl chattr mknod mkfifo
  useradd usermod groupadd groupmod adduser addgroup passwd chpasswd chage chsh newgrp visudo gpasswd vipw
  mount umount swapon modprobe insmod depmod ldconfig update-initramfs update-grub grub-install resize2fs xfs_growfs
  pvcreate vgcreate lvcreate lvextend vgextend pvresize lvresize mkswap losetup cryptsetup
  gzip gunzip bzip2 bunzip2 xz unxz zstd unzstd zip 7z ar cpio logger wall mail mailx sendmail mutt write
  make cmake ninja gcc g++ cc ld configure
  ssh-keygen ssh-copy-id ssh-add ssh-agent scp sftp ftp lftp restorecon semanage setsebool setenforce chcon
  update-rc.d chkconfig update-alternatives dpkg-reconfigure localectl locale-gen dpkg-divert
  renice ionice-set taskset chrt setcap htpasswd newaliases postmap postfix vim vi nvim nano emacs pico ed joe
  vimdiff sudoedit at batch screen tmux byobu docker-entrypoint.sh pg_basebackup initdb createdb createuser
  vacuumdb reindexdb analyzedb mysql_upgrade mysql_secure_installation mysql_install_db pg_upgrade pgbench
  keytool jenkins-cli gitlab-ctl-reconfigure ntpdate chronyd-restart hwclock a2ensite a2dissite a2enmod a2dismod
  repmgr-promote logrotate unlink rmdir
`;

/** Programs whose very use destroys or cuts off. */
export const DESTROYERS = `
  shred srm wipefs mkfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mke2fs mkdosfs
  lvremove vgremove pvremove lvreduce userdel groupdel deluser delgroup dropdb dropuser
  shutdown reboot halt poweroff telinit init fdisk sfdisk gdisk cfdisk parted sgdisk swapoff
  pg_resetwal pg_resetxlog
`;

export const TOOLS: Readonly<Record<string, Tool>> = {
  ...FILES,
  ...SYSTEM,
  ...NETWORK,
  ...CONTAINERS,
  ...DATABASES,
  ...PACKAGES,
};

/** Programs whose name is also an English word: a line of prose may begin with them. */
export const ENGLISH_TOO = `
  make find watch kill at who test sort top cat host time more less head cut split join last free file service mail set
  export install write read type look wait exit return source local patch rename mount locate info size users strings
  tree history jobs start stop sleep continue break true false date which what touch tail column test ping scan
  screen paste fold move stat alias hash trap shift expand move print go R open go ls-less node consul restart reload
  note run use check
`;
