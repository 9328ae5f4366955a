#!/usr/bin/env node
// Committed, so that npm can link it before anything is built.
const major = Number(process.versions.node.split(".")[0]);
if (major < 22) {
  process.stderr.write(
    `The provider coppice needs Node 22.18 or newer and was started by Node ${process.versions.node}. ` +
      "Type `coppice pulumi …`, which puts a newer Node on PATH.\n",
  );
  process.exit(1);
}
const { runPlugin } = await import("@coppice/plugin");
await runPlugin(process.argv.slice(2));
