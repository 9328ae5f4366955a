import type { Emulator } from "@coppice/emulator";

const MAKES = /^(?:POST|PUT|DELETE)/;

/** Calls that change something, as the cluster hears them, until it is stopped. */
export function countWrites({ control }: Pick<Emulator, "control">): {
  readonly paths: string[];
  stop(): void;
} {
  const { faults } = control;
  const usual = faults.take.bind(faults);
  const paths: string[] = [];
  faults.take = (point, subject) => {
    const { method = "", path = "" } = subject;
    if (point === "request" && MAKES.test(method)) paths.push(`${method} ${path}`);
    return usual(point, subject);
  };
  return {
    paths,
    stop: () => {
      faults.take = usual;
    },
  };
}
