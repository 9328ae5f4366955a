import { spawn } from "node:child_process";
import { CoppiceError } from "@coppice/core";
import { findProgram } from "../shell/find-program.ts";

/**
 * Refuses a machine on which nodes could have no disks or no shell. An emulator itself looks only when the first
 * shell is opened; whoever starts one for a person asks before.
 *
 * @example await checkMachine(); // throws "the program 'sshd' was not found …"
 */
export async function checkMachine(): Promise<void> {
  for (const program of ["qemu-img", "sshd", "nsenter", "unshare"]) findProgram(program);
  const user = process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"];
  const probe = spawn(findProgram("unshare"), ["--mount", "--uts", "--pid", "--fork", ...user, "true"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaint = "";
  probe.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    probe.on("error", reject);
    probe.on("close", resolve);
  });
  if (code !== 0) throw noNamespaces(complaint.trim().split("\n")[0] ?? "");
}

function noNamespaces(why: string): CoppiceError {
  return new CoppiceError("emulator.namespace", {
    what: "the nodes' shells cannot be set up",
    why: why === "" ? "this machine makes no private mount namespaces" : why,
    wayOut: "Run as root, or allow unprivileged user namespaces (kernel.unprivileged_userns_clone=1)",
  });
}
