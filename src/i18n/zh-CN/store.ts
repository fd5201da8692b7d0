import type { Same } from "../same.ts";
import type { store as source } from "../en/store.ts";

export const store = {
  errors: {
    "STORE-NEWER": {
      say: "{file} 由更新版本的 watchbook 写成：它的数据结构是第 {version} 版，本程序只认识到第 {ours} 版。",
      fix: "请改用新版本程序；状态数据不会降级。证据文件不受影响，任何版本都能校验。",
    },
    "STORE-FOREIGN": {
      say: "{file} 记载已执行第 {version} 步结构升级，但内容与本程序的不一致。",
      fix: "请用当初建立该文件的程序，或用 --data 另指一个目录。",
    },
    "STORE-CORRUPT": {
      say: "{file} 已损坏（{detail}）；没有从中读取，也没有写入任何内容。",
      fix: "先停掉所有使用它的 watchbook，把文件移到别处保留，再放回备份，或试用 `sqlite3 FILE .recover`；若是 samples/ 下的文件，移走即可，只丢失当天的采样。",
    },
    "STORE-READ-ONLY": {
      say: "{file} 无法写入：磁盘或目录是只读的（{detail}）；此前提交的数据没有变动。",
      fix: "请让当前用户对该目录可写，或用 --data 另指一个目录。",
    },
    "STORE-FULL": {
      say: "{file} 所在磁盘已没有空间（{detail}）；最后一次变更没有写入，之前的都安全。",
      fix: "请先腾出空间（`df -h`，再找最大的文件），然后重新执行命令。",
    },
    "STORE-HANGS": {
      say: "{folder} 所在的磁盘超过 {seconds} 秒没有应答。",
      fix: "请用 `dmesg | tail` 查看磁盘。期间照常通知；磁盘恢复后，已作的决定会写入。",
    },
    "STORE-BUSY": {
      say: "{file} 被另一个程序锁住超过 5 秒。",
      fix: "请结束占用它的程序（`fuser FILE` 可以查出）：可能是备份、sqlite3 终端，或另一个 watchbook。",
    },
    "STORE-IO": {
      say: "读写 {file} 时磁盘出错（{detail}）；最后一次变更没有写入。",
      fix: "请用 `dmesg | tail` 查看磁盘错误；继续之前先把数据目录复制到完好的磁盘上。",
    },
    "STORE-CANNOT-OPEN": {
      say: "无法打开 {file}（{detail}）。",
      fix: "请确认它所在的确实是目录且属于当前用户，或用 --data 另指一个目录。",
    },
    "STORE-JOURNAL": {
      say: "执行 {run} 的日志不完整：共 {last} 条，其中第 {seq} 条缺失、无法读取，或不是本程序所写。",
      fix: "该执行无法据此继续。请保留文件；从备份恢复 state.db，或到各对象上查明已做了什么（回执中有执行与步骤的名字），然后另起一次执行。",
    },
    "STORE-OWNED": {
      say: "另一个进程占用了 {path}，但没有留下进程号。",
      fix: "请用 `fuser` 查看该目录下 owner.db 的占用者，结束它后再试。",
    },
  },
} satisfies Same<typeof source>;
