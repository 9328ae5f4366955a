import { shellWord } from "../output/shell-word.ts";

/** What a person types to finish a project whose cluster nobody has named yet. */
const CONFIGURE = [
  "pulumi config set --path coppice:clusters.main.endpoint https://pve1.example.org:8006",
  "pulumi config set --path coppice:clusters.main.caFile pve-root-ca.pem",
  "pulumi config set --plaintext --path coppice:clusters.main.token.env PVE_TOKEN",
];

/** What the lines depend on. */
export interface StepOptions {
  readonly name: string;
  readonly folder: string;
  readonly hasCluster: boolean;
  /** The command as it is typed in the project. */
  readonly command: string;
}

/** What is printed when a project was made: every line is typed as it stands. */
export function nextSteps({ name, folder, hasCluster, command }: StepOptions): string[] {
  const configure = hasCluster ? [] : CONFIGURE.map((line) => `  ${command} ${line}`);
  return [
    `The project ${name} is in ${folder}. Next:`,
    `  cd ${shellWord(folder)}`,
    "  npm install",
    `  ${command} pulumi stack init dev`,
    ...configure,
    `  ${command} cluster check --storage nas`,
    `  ${command} pulumi up`,
    "index.ts says what is made: template 9000 on storage nas, 25 seats. Change that",
    "first. Keep copies of 'passphrase', which decrypts the stack's secrets, and of",
    "'.pulumi', which knows whose each machine is. README.md says the rest.",
  ];
}
