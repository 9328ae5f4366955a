import type { StepHook } from "@coppice/clusters";
import type { EmulatedCluster } from "@coppice/testkit";

/**
 * Perl loads this before the program on the node. After so many answers as it is told it lets the program go no further
 * until its connection is gone, as a slow storage would. Its clock always ticks, so that no answer waits for the next.
 */
const gate = `package Gate;
use strict;
use warnings;
use POSIX ();
my $ticks = 0;
{ no warnings "redefine"; *POSIX::times = sub { return ++$ticks }; }
open(my $real, ">&", \\*STDOUT) or die;
sub TIEHANDLE { return bless {} }
sub FILENO { return fileno $real }
sub PRINT {
    my (undef, @texts) = @_;
    for my $line (split /(?<=\\n)/, join "", @texts) {
        syswrite $real, $line;
        wait_open() if $line =~ /^ok\\t/ && -e "/root/gate/armed" && ++$Gate::answers == $Gate::most;
    }
    return 1;
}
sub wait_open {
    unlink "/root/gate/armed";
    select undef, undef, undef, 0.01 until -e "/root/gate/open";
}
if (open(my $armed, "<", "/root/gate/armed")) {
    $Gate::most = <$armed>;
    tie *STDOUT, "Gate";
}
1;
`;

/** Bash reads this before every command that comes over SSH. */
const bashrc = `echo $PPID >/root/gate/sshd.pid
export PERL5LIB=/root/gate PERL5OPT=-MGate
`;

/** A connection that will break. */
export interface Cut {
  /** For the run in which it breaks. */
  readonly hook: StepHook;
  /** Settles when the connection has broken and what ran on the node goes on; throws when it did not break. */
  broken(): Promise<void>;
}

/** Prepares that the SSH connection to a node breaks in the middle of a step, after so many answers of its batch. */
export async function cutConnection(
  cluster: EmulatedCluster,
  where: {
    readonly node: string;
    readonly step: string;
    readonly answers: number;
    /** What else happens to the node in this moment. */
    readonly besides?: () => void;
  },
): Promise<Cut> {
  const { node, step, answers, besides } = where;
  const shell = cluster.ssh(node);
  const run = shell.run.bind(shell);
  const breaking: Promise<void>[] = [];
  await cluster.shell(node, `rm -rf /root/gate; mkdir /root/gate`);
  await cluster.shell(node, `cat >/root/gate/Gate.pm <<'END'\n${gate}END\n`);
  await cluster.shell(node, `cat >/root/.bashrc <<'END'\n${bashrc}END\n`);
  let heard = Number.NEGATIVE_INFINITY;
  shell.run = async (script, onLine, options) =>
    await run(
      script,
      (line) => {
        onLine(line);
        if (!line.startsWith("ok\t") || ++heard !== answers) return;
        besides?.();
        breaking.push(breakConnection(cluster, node));
      },
      options,
    );
  const before = async (name: string) => {
    if (name !== step) return;
    heard = 0;
    await cluster.shell(node, `echo ${answers} >/root/gate/armed`);
  };
  const broken = async () => {
    if (breaking.length === 0) throw new Error(`the connection to ${node} did not break in '${step}'`);
    await Promise.all(breaking);
  };
  return { hook: { before, after: async () => undefined }, broken };
}

/** Kills the process that serves the connection, and lets the program find that nobody listens any more. */
async function breakConnection(cluster: EmulatedCluster, node: string): Promise<void> {
  const isGone = "[ ! -d /proc/$pid ] || grep -q '^State:.*Z' /proc/$pid/status";
  await cluster.shell(
    node,
    `read pid </root/gate/sshd.pid; kill -s KILL $pid; until ${isGone}; do sleep 0.01; done; : >/root/gate/open`,
  );
}
