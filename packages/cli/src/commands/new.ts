import type { AddCommand } from "./add-command.ts";

/** `coppice new <template> <folder>`: a project that runs as it stands. */
export const addNew: AddCommand = (program) => {
  program
    .command("new")
    .description("copy a template into a new folder")
    .argument("<template>", "for example lab-class")
    .argument("<folder>", "the new project's folder; its last part becomes the project's name")
    .action(async (template: string, folder: string) => {
      const { copyTemplate } = await import("../project/copy-template.ts");
      const made = await copyTemplate(template, folder);
      process.stdout.write(`${nextSteps(made.name, folder).join("\n")}\n`);
    });
};

function nextSteps(name: string, folder: string): string[] {
  return [
    `The project ${name} is in ${folder}. Next:`,
    `  cd ${folder}`,
    "  npm install",
    "  coppice pulumi stack init dev",
    "  coppice pulumi config set --path 'coppice:clusters.main.endpoint' https://pve1.example.org:8006",
    "  coppice pulumi config set --path 'coppice:clusters.main.token.env' PVE_TOKEN",
    "  coppice cluster check --storage nas",
    "  coppice pulumi up",
    "README.md there says the rest.",
  ];
}
