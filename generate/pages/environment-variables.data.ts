/** A variable that the product reads. */
export interface VariableFacts {
  readonly name: string;
  readonly sentence: string;
  /** What counts where it is not set. */
  readonly unset: string;
}

/** The cluster `main` of a stack that configures none. Names as in the Proxmox community's provider, where it has them. */
export const clusterVariables: readonly VariableFacts[] = [
  {
    name: "PROXMOX_VE_ENDPOINT",
    sentence:
      "The API of any node, `https://pve1.example.org:8006`. Counts only where `coppice:clusters` names none, and never for documents.",
    unset: "there is no such cluster",
  },
  {
    name: "PROXMOX_VE_API_TOKEN",
    sentence: "The API token, `user@realm!name=secret`.",
    unset: "refused",
  },
  {
    name: "PROXMOX_VE_PASSWORD",
    sentence: "Refused beside a token: there is no login by a password.",
    unset: "the token counts",
  },
  {
    name: "PROXMOX_VE_CA_FILE",
    sentence: "File of the authority that signed the node's certificate. Ours alone.",
    unset: "public authorities count",
  },
  {
    name: "PROXMOX_VE_FINGERPRINT",
    sentence: "SHA-256 fingerprint of the node's certificate, instead of an authority. Ours alone.",
    unset: "public authorities count",
  },
  {
    name: "PROXMOX_VE_INSECURE",
    sentence: "Refused when true: whoever is on the way could read the token.",
    unset: "certificates are verified, always",
  },
  {
    name: "PROXMOX_VE_SSH_PRIVATE_KEY",
    sentence: "The text of the private key by which the nodes are reached over SSH.",
    unset: "machines are made through the API alone",
  },
  { name: "PROXMOX_VE_SSH_USERNAME", sentence: "Who logs in on the nodes.", unset: "`root`" },
  {
    name: "PROXMOX_VE_SSH_HOST_KEYS",
    sentence: "The nodes' host keys, a line each, as `pve1 ssh-ed25519 AAAA…`. Ours alone.",
    unset: "no node is connected to",
  },
];

/** What the engine keeps, and how `coppice pulumi` and `coppice env` set it for a project. */
export const projectVariables: readonly VariableFacts[] = [
  {
    name: "PULUMI_BACKEND_URL",
    sentence:
      "Where stacks keep their state, those of documents too. Counts before `backend` in `Pulumi.yaml`.",
    unset:
      "`backend: url: file://.` in `Pulumi.yaml` means that file's folder, from wherever in it a command is typed",
  },
  {
    name: "PULUMI_CONFIG_PASSPHRASE",
    sentence: "The passphrase of the stack's secrets itself; an empty one counts.",
    unset: "the file named by the next one",
  },
  {
    name: "PULUMI_CONFIG_PASSPHRASE_FILE",
    sentence: "The file that holds it.",
    unset: "the file `passphrase` beside `Pulumi.yaml`, where there is one",
  },
  {
    name: "PULUMI_STACK",
    sentence:
      "The stack that counts, for `coppice cluster check`, `reconcile` and `overlay flatten` as for the engine.",
    unset: "the one that `pulumi stack select` or `init` selected",
  },
  {
    name: "PULUMI_HOME",
    sentence: "Where the engine notes which stack is selected; commands that look at a stack look there.",
    unset: "`.pulumi` in the home of the account, whatever `HOME` says",
  },
];

/** Where described stacks have their state, and what else the engine is told for them. */
export const homeVariables: readonly VariableFacts[] = [
  {
    name: "COPPICE_HOME",
    sentence: "The folder with the state of described stacks, its passphrase, and the registered clusters.",
    unset: "`coppice` in the folder of the user's data",
  },
  { name: "XDG_DATA_HOME", sentence: "The folder of the user's data.", unset: "`~/.local/share`" },
  {
    name: "DATABASE_URL",
    sentence: "A PostgreSQL of your own for reservations, `postgres://user:password@host:5432/database`.",
    unset: "an embedded one, in that home",
  },
  {
    name: "PULUMI_HOME",
    sentence: "The engine's own folder. For described stacks it is `engine` in their home.",
    unset: "the engine's own: `.pulumi` in the home of the account, whatever `HOME` says",
  },
];

/** Where tools are found and kept. */
export const toolVariables: readonly VariableFacts[] = [
  {
    name: "PATH",
    sentence:
      "Where `pulumi`, `node`, `npm`, `go`, `qemu-img` and `sshd` are looked for; a suitable engine there comes first.",
    unset: "the cached engine",
  },
  {
    name: "XDG_CACHE_HOME",
    sentence: "The folder of caches; the engine that was downloaded or built is in `coppice` there.",
    unset: "`~/.cache`",
  },
  { name: "HOME", sentence: "The user's own folder.", unset: "what the system says" },
  {
    name: "USER",
    sentence: "The user's name, which the engine asks for.",
    unset: "LOGNAME, else the user's number: containers have neither",
  },
  { name: "LOGNAME", sentence: "The same by its older name.", unset: "the user's number" },
  {
    name: "NODE_COMPILE_CACHE",
    sentence: "Where Node keeps what it compiled of the packages that a program loads.",
    unset: "`.cache/node-compile` in the `node_modules` that it loads",
  },
  {
    name: "PULUMI_SKIP_UPDATE_CHECK",
    sentence: "Set to `true` for every engine that is started: no run asks the internet for a newer one.",
    unset: "it is set",
  },
];
