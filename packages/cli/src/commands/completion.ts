import { Argument } from "commander";
import type { AddCommand } from "./add-command.ts";

/** `coppice completion <shell>`: a script by which a shell completes this command's words, made of the commands themselves. */
export const addCompletion: AddCommand = (program) => {
  program
    .command("completion")
    .description('print what makes a shell complete these commands, for eval "$(coppice completion bash)"')
    .addArgument(new Argument("<shell>", "the shell that reads it").choices(["bash", "zsh", "fish"]))
    .action(async (shell: "bash" | "zsh" | "fish") => {
      const [{ commandPlaces }, { bashScript, zshScript }, { fishScript }] = await Promise.all([
        import("../completion/command-tree.ts"),
        import("../completion/bash-script.ts"),
        import("../completion/fish-script.ts"),
      ]);
      const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };
      process.stdout.write(scripts[shell](commandPlaces(program)));
    });
};
