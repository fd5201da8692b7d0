import { sshSuite } from "../suites/ssh.ts";

sshSuite("openssh");
