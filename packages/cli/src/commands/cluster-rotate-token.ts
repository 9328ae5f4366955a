import type { Asking } from "../new-cluster/asking.ts";
import type { Account, RotationWish } from "../token-rotation/rotate-cluster-token.ts";
import type { AddCommand } from "./add-command.ts";
import { whileAsking } from "./while-asking.ts";

interface RotateOptions {
  readonly user?: string;
  readonly passwordFile?: string;
  readonly passwordEnv?: string;
  readonly keepOld?: boolean;
}

/** `coppice cluster rotate-token <name>`: a new API token takes the place of the old one, while runs go on. */
export const addClusterRotateToken: AddCommand = (cluster) => {
  cluster
    .command("rotate-token")
    .description("replace a registered cluster's API token; what was broken off, the next call finishes")
    .argument("<name>", "a cluster that `list` shows")
    .option("--user <user@realm>", "who makes the token, where it may not itself; the password is asked for")
    .option("--password-file <file>", "a file that holds that user's password")
    .option("--password-env <name>", "or the environment variable that holds it")
    .option("--keep-old", "leave the old token for the next call to remove")
    .action(async (name: string, options: RotateOptions) => {
      process.exitCode = await whileAsking(async (asking) => await rotate(name, options, asking));
    });
};

async function rotate(name: string, options: RotateOptions, asking: Asking): Promise<number> {
  const [{ registryFolder }, { stopSignals }] = await Promise.all([
    import("../registry/registry-folder.ts"),
    import("../documents/stop-signals.ts"),
  ]);
  const { environment } = asking;
  const account = await accountOf(options, asking);
  const stopping = stopSignals((line) => process.stderr.write(`${line}\n`));
  const wish: RotationWish = {
    folder: registryFolder(environment),
    cluster: name,
    environment,
    account,
    keepOld: options.keepOld === true,
    signal: stopping.signal,
    tell: (line) => process.stderr.write(`${line}\n`),
  };
  try {
    return await replaced(wish, asking);
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    process.stderr.write(`Stopped: coppice cluster rotate-token ${name} goes on from here.\n`);
    return 130;
  } finally {
    stopping.end();
  }
}

async function replaced(wish: RotationWish, asking: Asking): Promise<number> {
  const { cluster: name } = wish;
  const { from, to, isOldGone } = await orByAccount(wish, asking);
  process.stdout.write(`'${name}' uses the token ${to}\n`);
  const left = `${from} is still valid; give the command again when nothing uses it any more`;
  process.stdout.write(isOldGone ? `${from} is removed\n` : `${left}\n`);
  return 0;
}

/** By the token itself; where it may not, by somebody whom the person at the terminal names. */
async function orByAccount(wish: RotationWish, { questions }: Asking) {
  const [{ rotateClusterToken }, { CoppiceError }] = await Promise.all([
    import("../token-rotation/rotate-cluster-token.ts"),
    import("@coppice/core"),
  ]);
  try {
    return await rotateClusterToken(wish);
  } catch (error) {
    const mayHelp = CoppiceError.is(error) && error.code === "cluster.rotation" && error.cause !== undefined;
    if (!mayHelp || wish.account !== undefined || questions === undefined) throw error;
    questions.tell([error.message]);
    const username = await questions.ask("Who may make it", "root@pam");
    const password = await questions.askSecret(`Password of ${username} (it is not shown or kept)`);
    return await rotateClusterToken({ ...wish, account: { username, password } });
  }
}

async function accountOf(
  { user, passwordFile, passwordEnv }: RotateOptions,
  { questions }: Asking,
): Promise<Account | undefined> {
  const { refused } = await import("../new-cluster/refused.ts");
  const isTold = passwordFile !== undefined || passwordEnv !== undefined;
  if (user === undefined && isTold) throw refused("A password is given of nobody", "Give --user as well");
  if (user === undefined) return undefined;
  if (isTold) {
    const { resolveSecret } = await import("@coppice/pve");
    const place = passwordFile === undefined ? { env: passwordEnv ?? "" } : { file: passwordFile };
    return { username: user, password: await resolveSecret(place) };
  }
  const password = await questions?.askSecret(`Password of ${user} (it is not shown or kept)`);
  if (password !== undefined) return { username: user, password };
  throw refused(`No password of ${user} is given`, "Give --password-file or --password-env");
}
