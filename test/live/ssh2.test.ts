import { sshSuite } from "../suites/ssh.ts";

sshSuite("ssh2");
