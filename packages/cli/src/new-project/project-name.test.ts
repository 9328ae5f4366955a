import { expect, test } from "vitest";
import { projectName } from "./project-name.ts";

test.each([
  ["/home/ada/My Class", "my-class"],
  ["/srv/networks_101.b", "networks_101.b"],
  ["/srv/_hidden", "hidden"],
  ["/srv/.dot", "dot"],
  ["/srv/Übung", "bung"],
  ["/srv/node_modules", "lab"],
  ["/", "lab"],
  [`/srv/${"x".repeat(120)}`, "x".repeat(100)],
])("the folder %s becomes %s", (folder, name) => {
  expect(projectName(folder)).toBe(name);
});

test("a name that is given is taken as it is", () => {
  expect(projectName("/srv/x", "networks-101")).toBe("networks-101");
});

test.each(["My Class", "_x", ".x", "", "a/b", "node_modules", "x".repeat(101)])(
  "the name %j, which npm or Pulumi refuses, is refused with one that they take",
  (name) => {
    expect(() => projectName("/srv/x", name)).toThrow(
      /cannot be called .*Choose another name, for example \S+ \[/s,
    );
  },
);
