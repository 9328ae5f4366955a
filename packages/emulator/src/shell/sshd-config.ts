/** What the node's sshd is told; everything unnamed is OpenSSH's default (MaxSessions 10 and so on). */
export function sshdConfig(sftpServer: string, uid: number): string {
  // OpenSSH gives root another default PATH than other users.
  const path = uid === 0 ? "" : "SetEnv PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n";
  return `HostKey /etc/ssh/ssh_host_ed25519_key
PermitRootLogin yes
KbdInteractiveAuthentication no
UsePAM no
PrintMotd no
AcceptEnv LANG LC_*
PidFile none
LogLevel VERBOSE
Subsystem sftp ${sftpServer}
${path}`;
}
