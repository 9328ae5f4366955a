import { mkdtempDisposableSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { containing } from "../fixtures/containing.ts";
import { startFakeServer } from "../fixtures/fake-server.ts";
import { makeCertificate } from "../fixtures/make-certificate.ts";
import { nothing } from "../parse/parser.ts";
import { PveClient } from "../pve-client.ts";
import { firstContact } from "./first-contact.ts";
import type { TlsTrust } from "./tls-trust.ts";

const authority = makeCertificate({ name: "cluster CA" });
const stranger = makeCertificate({ name: "cluster CA" });
const yesterday = new Date(Date.now() - 86_400_000);
const good = makeCertificate({ name: "pve1", hosts: ["127.0.0.1"], issuer: authority });
const expired = makeCertificate({
  name: "pve1",
  hosts: ["127.0.0.1"],
  issuer: authority,
  notAfter: yesterday,
});
const elsewhere = makeCertificate({
  name: "pve2",
  hosts: ["192.0.2.7", "pve2.example.org"],
  issuer: authority,
});
const token = { value: "tester@pve!tls=00000000-0000-4000-8000-000000000000" };

/** What becomes of one request, and how many requests the server got to see. */
async function outcome(certificate: typeof good, tls: TlsTrust): Promise<readonly [string, number]> {
  await using server = await startFakeServer(() => ({ json: { data: null } }), certificate);
  await using client = new PveClient({ endpoint: server.endpoint, tls, credentials: { token } });
  const result = await client.put("/x", { parse: nothing }).then(
    () => "accepted",
    (error: unknown) => String(error).replace(/^PveError: /, ""),
  );
  return [result, server.seen.length];
}

describe("the server's certificate", () => {
  test.each([
    ["the pinned certificate", good, { fingerprint: good.fingerprint }],
    [
      "the pinned certificate in another spelling",
      good,
      { fingerprint: `sha256 ${good.fingerprint.replaceAll(":", "").toLowerCase()}` },
    ],
    ["a pinned certificate that has expired", expired, { fingerprint: expired.fingerprint }],
    ["a pinned certificate for another host", elsewhere, { fingerprint: elsewhere.fingerprint }],
    ["a certificate of the named authority", good, { ca: authority.cert }],
  ])("is accepted: %s", async (_name, certificate, tls) => {
    expect(await outcome(certificate, tls)).toEqual(["accepted", 1]);
  });

  test.each([
    ["another one than the pinned", good, { fingerprint: elsewhere.fingerprint }, "pinned is"],
    [
      "one of another authority with the same name",
      good,
      { ca: stranger.cert },
      "certificate signature failure",
    ],
    ["one of no known authority", good, {}, "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    ["an expired one", expired, { ca: authority.cert }, "its certificate has expired"],
    ["one for another host", elsewhere, { ca: authority.cert }, "its certificate is for another host name"],
  ])("is refused before anything is sent: %s", async (_name, certificate, tls, why) => {
    const [message, requests] = await outcome(certificate, tls);
    expect(message).toContain(why);
    expect(requests).toBe(0);
  });

  test("a mismatch names both fingerprints and has its own code", async () => {
    await using server = await startFakeServer(() => ({ json: { data: null } }), good);
    await using client = new PveClient({
      endpoint: server.endpoint,
      tls: { fingerprint: elsewhere.fingerprint },
      credentials: { token },
    });
    const work = client.get("/version", { parse: nothing });
    await expect(work).rejects.toMatchObject({
      code: "pve.certificate-mismatch",
      message: containing(good.fingerprint),
    });
  });

  test("is verified on every new connection, also after one was accepted", async () => {
    await using server = await startFakeServer(
      () => ({ status: 500, reason: "closes the connection" }),
      good,
    );
    await using client = new PveClient({
      endpoint: server.endpoint,
      tls: { fingerprint: good.fingerprint },
      credentials: { token },
    });
    for (let round = 0; round < 3; round += 1)
      await expect(client.get("/x", { parse: nothing })).rejects.toMatchObject({ code: "pve.failed" });
    expect(server.connections()).toBe(3);
  });

  test("an authority is read from its file, and a missing file says so", async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), "coppice-ca-"));
    const caFile = join(folder.path, "ca.pem");
    expect((await outcome(good, { caFile }))[0]).toContain("it does not exist");
    writeFileSync(caFile, authority.cert);
    expect(await outcome(good, { caFile })).toEqual(["accepted", 1]);
  });

  test.each([
    { ca: authority.cert, fingerprint: good.fingerprint },
    { fingerprint: "12:34" },
    { fingerprint: "" },
  ])("settings without a clear meaning are refused: %#", async (tls) => {
    const [message, requests] = await outcome(good, tls);
    expect(message).toContain("The TLS settings cannot be used");
    expect(requests).toBe(0);
  });

  test("a first contact shows the fingerprint and sends no request", async () => {
    await using server = await startFakeServer(() => ({ json: { data: null } }), good);
    expect(await firstContact(server.endpoint)).toMatchObject({
      fingerprint: good.fingerprint,
      subject: "CN=pve1",
      issuer: "CN=cluster CA",
    });
    expect(server.seen).toEqual([]);
  });
});
